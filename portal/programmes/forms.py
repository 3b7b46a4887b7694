"""A programme as a coordinator types it: hours in hours, days and months as numbers, what is left empty asks for nothing."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from babel.dates import get_month_names
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from portal.programmes.models import Programme
from portal.programmes.queries import CHANGED, values_of, version_of
from portal.programmes.words import IN_HOURS, KINDS, LABELS, ROUNDED, rounded, shown
from portal.web.choices import choices_of
from portal.web.forms import Form
from portal.web.tables_dates import Unreadable
from portal.web.tables_numbers import read_decimal, read_int

TOO_LONG = _l("Keep it under %(max)d characters.")
AN_HOUR = 60
# The least and most that each may be; None in the form asks for nothing where the column allows it.
WITHIN = {
    "year_begins_day": (1, 31),
    "minutes_a_year": (1, 2000),
    "most_minutes_a_year": (1, 2000),
    "minutes_a_week": (0, 60),
    "every_days": (1, 366),
    "first_every_days": (1, 366),
    "first_weeks": (1, 104),
    "silent_after_days": (1, 366),
    "within_days": (1, 366),
    "months_long": (1, 120),
    "minutes_a_unit": (1, 6000),
    "most_units_a_mentee": (1, 10_000),
    "most_units_a_year": (1, 10_000),
    "closes_on_day": (1, 31),
}
NEEDED = {"year_begins_day", "silent_after_days", "minutes_a_unit"}


def _text(key: str, longest: int, needed: Any = None, **more: Any) -> StringField:
    wanted = [DataRequired(needed)] if needed else []
    return StringField(LABELS[key], validators=[*wanted, Length(max=longest, message=TOO_LONG)], **more)


def _number(key: str, hint: Any = "", **more: Any) -> StringField:
    return StringField(LABELS[key], description=hint, **more)


class ProgrammeForm(Form):
    name = _text("name", 200, _l("Type what people call it, like Induction."))
    kind = SelectField(LABELS["kind"], default="induction", description=_l("A tag that stands beside hours."))
    organisation_id = SelectField(LABELS["organisation_id"], coerce=int, default=0)
    about = _text("about", 1000, description=_l("What a mentor should know of it."))
    year_begins_day = _number("year_begins_day", default="1")
    year_begins_month = SelectField(LABELS["year_begins_month"], coerce=int, default=9)
    minutes_a_year = _number("minutes_a_year", _l("For each pair. A pair that begins within the year owes its share."))
    most_minutes_a_year = _number("most_minutes_a_year", _l("Beyond it a pair is shown as over."))
    minutes_a_week = _number("minutes_a_week", _l("Over the weeks so far; 1 is an hour."))
    every_days = _number("every_days", _l("7 is weekly, 14 every second week."))
    first_every_days = _number("first_every_days", _l("Twice a week is 4."))
    first_weeks = _number("first_weeks", _l("Counted from the pair’s first day."))
    silent_after_days = _number("silent_after_days", _l("Kindly, on the mentor’s own page and yours."), default="30")
    within_days = _number("within_days", _l("After somebody asked for one."))
    months_long = _number("months_long", _l("24 is two years."))
    counts_group = BooleanField(LABELS["counts_group"], default=True)
    counts_support = BooleanField(LABELS["counts_support"], default=True)
    only_confirmed = BooleanField(LABELS["only_confirmed"])
    unit = _text("unit", 60, _l("Type how one is called, like hour."), default="hour")
    units = _text("units", 60, _l("Type how several are called, like hours."), default="hours")
    minutes_a_unit = _number("minutes_a_unit", default="60")
    round_to = SelectField(LABELS["round_to"], coerce=int, default=1)
    most_units_a_mentee = _number("most_units_a_mentee", _l("What a mentor may claim, in whole units."))
    most_units_a_year = _number("most_units_a_year", _l("For all her mentees together."))
    closes_on_day = _number("closes_on_day", _l("15 closes October on 15 November. Empty: months never close."))
    statement = TextAreaField(LABELS["statement"], validators=[Length(max=1000, message=TOO_LONG)])
    signed_by = _text("signed_by", 120, description=_l("Principal, programme lead. Empty: only the two sign."))
    frame_id = SelectField(LABELS["frame_id"], coerce=int, default=0)
    version = HiddenField(default="")

    def __init__(self, programme: Programme | None = None, given: dict[str, Any] | None = None) -> None:
        values = values_of(programme) | {"version": version_of(programme)} if programme else given or {}
        super().__init__(data={key: _typed(key, value) for key, value in values.items()})
        self.kind.choices = choices_of(KINDS.items())
        self.year_begins_month.choices = choices_of(get_month_names("wide", "stand-alone", get_locale()).items())
        steps = sorted({*ROUNDED, programme.round_to} if programme else ROUNDED)
        self.round_to.choices = choices_of((step, rounded(step)) for step in steps)

    def offer(self, organisations: Iterable[tuple[int, str]], frames: Iterable[tuple[int, str]]) -> "ProgrammeForm":
        self.organisation_id.choices = choices_of([(0, _("The network’s own")), *organisations])
        self.frame_id.choices = choices_of([(0, _("None")), *frames])
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """What no field can tell alone: the day exists, the least is not above the most, first weeks come in twos."""
        fine = bool(super().validate(extra_validators))
        self._read_numbers()
        if not self.errors:
            self._together()
        return fine and not self.errors

    def _read_numbers(self) -> None:
        for key, (least, most) in WITHIN.items():
            try:
                _number_within(self[key], key, least, most)
            except ValidationError as wrong:
                self[key].errors = [*self[key].errors, str(wrong)]

    def _together(self) -> None:
        typed = self.values()
        if typed["year_begins_day"] > _days_in(typed["year_begins_month"]):
            self.year_begins_day.errors = [_("That month has no such day.")]
        least, most = typed["minutes_a_year"], typed["most_minutes_a_year"]
        if least and most and most < least:
            self.most_minutes_a_year.errors = [_("The most is under the least. Did you mean it the other way round?")]
        if bool(typed["first_every_days"]) != bool(typed["first_weeks"]):
            self.first_weeks.errors = [_("Say both, how often and for how many weeks, or neither.")]

    def values(self) -> dict[str, Any]:
        """What was typed, by column, once the form was accepted."""
        read = {key: _number_within(self[key], key, *WITHIN[key]) for key in WITHIN}
        read |= {key: self[key].data or None for key in ("organisation_id", "frame_id")}
        return {key: read[key] if key in read else _said(self[key].data) for key in CHANGED}

    def shown(self, key: str) -> str:
        """One field in words, as it stands beside what somebody else saved meanwhile."""
        return shown(key, self.values()[key])


class ReaderForm(Form):
    person_id = SelectField(
        _l("Member"), coerce=int, default=0, validators=[InputRequired(_l("Choose a member of this network."))]
    )


def _said(value: Any) -> Any:
    return "" if value is None else value


def _typed(key: str, value: Any) -> Any:
    """A column as its field shows it."""
    if key in ("organisation_id", "frame_id"):
        return value or 0
    if value is None:
        return ""
    if key in IN_HOURS:
        return f"{value / AN_HOUR:g}"
    return str(value) if key in WITHIN else value


def _number_within(field: StringField, key: str, least: int, most: int) -> int | None:
    """A number that was typed, in minutes where it was typed in hours; None for an empty field that may be empty."""
    typed = field.data or ""
    if not typed:
        if key in NEEDED:
            raise ValidationError(_("Type a number from %(least)s to %(most)s.", least=least, most=most))
        return None
    try:
        number = read_decimal(typed) if key in IN_HOURS else read_int(typed)
    except Unreadable as unreadable:
        raise ValidationError(str(unreadable)) from unreadable
    # Rounded: a third of an hour is shown as 0.333333, and saved again it is twenty minutes still.
    minutes = round(number * AN_HOUR) if key in IN_HOURS else int(number)
    if not least <= number <= most or minutes < 1:
        raise ValidationError(_("Type a number from %(least)s to %(most)s.", least=least, most=most))
    return minutes


def _days_in(month: int) -> int:
    """Of that month in a leap year."""
    after = date(2024 + month // 12, month % 12 + 1, 1)
    return (after - date(2024, month, 1)).days
