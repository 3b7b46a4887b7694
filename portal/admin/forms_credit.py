"""A kind of credit as an administrator types it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from portal.credit.models import ROUNDINGS, CreditType
from portal.credit.queries_types import CHANGED, values_of, version_of
from portal.credit.type_words import LABELS, rounded, shown
from portal.networks.forms import TOO_LONG
from portal.web.choices import choices_of
from portal.web.forms import Form
from portal.web.tables_dates import Unreadable
from portal.web.tables_numbers import read_int, read_minutes

MOST_CATEGORIES, LONGEST_CATEGORY = 20, 120
# A unit of more than a hundred hours is a slip of the finger, and so is a century of keeping.
LONGEST_UNIT, MOST_YEARS = 6000, 99


def _text(key: str, longest: int, needed: Any = None, **more: Any) -> StringField:
    wanted = [DataRequired(needed)] if needed else []
    return StringField(LABELS[key], validators=[*wanted, Length(max=longest, message=TOO_LONG)], **more)


class CreditTypeForm(Form):
    name = _text("name", 120, _l("Type what it is called, like Clock hour."))
    authority = _text("authority", 200, description=_l("A state, a council. It stands beside the name."))
    unit = _text("unit", 60, _l("Type how one is called, like clock hour."), description=_l("As in “1 clock hour”."))
    units = _text(
        "units", 60, _l("Type how several are called, like clock hours."), description=_l("As in “2 clock hours”.")
    )
    minutes_a_unit = StringField(LABELS["minutes_a_unit"], default="60", description=_l("60; a CEU has 600."))
    round_to = SelectField(LABELS["round_to"], coerce=int, default=15)
    shortest = StringField(LABELS["shortest"], default="0", description=_l("In minutes; 0 for any."))
    categories = TextAreaField(LABELS["categories"], description=_l("One a line, like STEM."))
    needs_approval = BooleanField(LABELS["needs_approval"], default=True)
    needs_evaluation = BooleanField(LABELS["needs_evaluation"])
    needs_times = BooleanField(LABELS["needs_times"])
    years_kept = StringField(LABELS["years_kept"], default="7")
    statement = TextAreaField(LABELS["statement"], validators=[Length(max=1000, message=TOO_LONG)])
    blank_line = _text("blank_line", 120, description=_l("Like Licence number. It is printed empty and never stored."))
    version = HiddenField(default="")

    def __init__(self, kind: CreditType | None = None, **kwargs: Any) -> None:
        given = values_of(kind) | {"version": version_of(kind)} if kind else {}
        super().__init__(data={key: _typed(value) for key, value in given.items()}, **kwargs)
        steps = sorted({*ROUNDINGS, kind.round_to} if kind else ROUNDINGS)
        self.round_to.choices = choices_of((step, rounded(step)) for step in steps)

    def validate_minutes_a_unit(self, field: StringField) -> None:
        _within(_minutes(field), 1, LONGEST_UNIT)

    def validate_shortest(self, field: StringField) -> None:
        _within(_minutes(field), 0, LONGEST_UNIT)

    def validate_years_kept(self, field: StringField) -> None:
        _within(_whole(field), 1, MOST_YEARS)

    def validate_categories(self, field: TextAreaField) -> None:
        if len(_lines(field.data)) > MOST_CATEGORIES:
            raise ValidationError(_("At most %(count)s categories.", count=MOST_CATEGORIES))
        if any(len(one) > LONGEST_CATEGORY for one in _lines(field.data)):
            raise ValidationError(_("A category has at most %(count)s characters.", count=LONGEST_CATEGORY))

    def values(self) -> dict[str, Any]:
        """What was typed, once the form was accepted."""
        read = {"categories": _lines(self.categories.data), "years_kept": _whole(self.years_kept)}
        read |= {key: _minutes(self[key]) for key in ("minutes_a_unit", "shortest")}
        return {key: read.get(key, self[key].data) for key in CHANGED}

    def shown(self, key: str) -> str:
        """One field in words, as it stands beside what somebody else saved meanwhile."""
        return shown(key, self[key].data)


def _typed(value: Any) -> Any:
    """A column as its field shows it."""
    if isinstance(value, list):
        return "\n".join(value)
    return value if isinstance(value, bool | str) else str(value)


def _lines(typed: str | None) -> list[str]:
    """One a line, each once, in the order typed."""
    return list(dict.fromkeys(filter(None, (" ".join(line.split()) for line in (typed or "").splitlines()))))


def _minutes(field: StringField) -> int:
    try:
        return read_minutes(field.data or "")
    except Unreadable as unreadable:
        raise ValidationError(str(unreadable)) from unreadable


def _whole(field: StringField) -> int:
    try:
        return read_int(field.data or "")
    except Unreadable as unreadable:
        raise ValidationError(str(unreadable)) from unreadable


def _within(number: int, least: int, most: int) -> None:
    if not least <= number <= most:
        raise ValidationError(_("Type a number from %(least)s to %(most)s.", least=least, most=most))
