"""What a person types about a kit: three answers to begin with, the rest offered below."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from portal.kit.fields import KitFields, PartFields
from portal.kit.lines import MOST_BOXES, read_lines
from portal.kit.words import CONDITIONS, KINDS, LENDS_TO, WAYS
from portal.vocabulary.models import Word
from portal.web.choices import Boxes, choices_of
from portal.web.forms import Form
from portal.web.money import currencies

Pairs = Sequence[tuple[int, str]]


def days(label: Any, most: int, **more: Any) -> IntegerField:
    """A whole number of days."""
    rules = [InputRequired(_l("A number of days, like 14.")), NumberRange(0, most, _l("Between 0 and a year."))]
    return IntegerField(label, rules, **more)


class KitForm(Form):
    """A kit as its coordinator describes it. ``words`` are the region's, by kind."""

    title = StringField(_l("Title"), [DataRequired(_l("Give it a title.")), Length(max=200)])
    asset_code = StringField(_l("Number"), [Length(max=40)], description=_l("As it is painted on it: Box 7, NW-0031."))
    home = StringField(
        _l("Where it lives"),
        [DataRequired(_l("Say where it lives: whoever borrows it has to find it.")), Length(max=300)],
        description=_l("School, room, cupboard."),
    )
    contents = TextAreaField(_l("What is in it"), [Optional(), Length(max=20_000)])
    strapline = StringField(_l("In one sentence"), [Length(max=300)])
    about = TextAreaField(_l("More about it"), [Length(max=50_000)])
    kind = RadioField(_l("What it is"), choices=choices_of(KINDS.items()), default="box")
    way = RadioField(_l("How a class gets it"), choices=choices_of(WAYS.items()), default="lent")
    boxes = IntegerField(
        _l("Boxes that travel together"),
        [InputRequired(_l("How many? A number, like 1.")), NumberRange(1, MOST_BOXES, _l("Between 1 and 50."))],
        default=1,
    )
    subjects = Boxes(_l("Subjects"), coerce=int)
    phases = Boxes(_l("Ages"), coerce=int)
    collecting = TextAreaField(_l("Collecting and bringing back"), [Length(max=4000)])
    owner_organisation_id = SelectField(_l("Belongs to"), coerce=int)
    keeper_id = SelectField(_l("Keeper"), coerce=int)
    size = StringField(_l("Size"), [Length(max=120)])
    weight = StringField(_l("Weight"), [Length(max=60)])
    safety_note = TextAreaField(_l("Safety"), [Length(max=4000)])
    condition = RadioField(_l("Condition"), choices=choices_of(CONDITIONS.items()), default="good")
    condition_note = StringField(_l("More about its condition"), [Length(max=500)])
    lends_to = RadioField(_l("Who may borrow it"), choices=choices_of(LENDS_TO.items()), default="network")
    schools = Boxes(_l("Which schools"), coerce=int)
    most_days = days(_l("Longest loan, days"), 366, default=21)
    notice_days = days(_l("Notice, days"), 366, default=2)
    turn_round_days = days(_l("Days between two loans"), 366, default=2)
    needs_return = BooleanField(_l("A loan closes only when its use was told"), default=True)
    currency = SelectField(_l("Money of its parts"))
    seen = HiddenField()

    def __init__(
        self, words: Mapping[str, Sequence[Word]], people: Pairs, schools: Pairs, usual: str, *args: Any, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.subjects.choices = choices_of((word.id, word.label) for word in words.get("subject", ()))
        self.phases.choices = choices_of((word.id, word.label) for word in words.get("phase", ()))
        self.schools.choices = choices_of(schools)
        self.owner_organisation_id.choices = choices_of([(0, _("Nobody in particular")), *schools])
        self.keeper_id.choices = choices_of([(0, _("The coordinators")), *people])
        self.currency.choices = choices_of(currencies(usual, [self.currency.data or ""] if self.currency.data else []))
        self.read: list[PartFields] = []

    def validate_contents(self, field: Field) -> None:
        self.read, faults = read_lines(field.data or "", self.currency.data or "EUR")
        if faults:
            raise ValidationError(faults[0])

    def validate_schools(self, field: Field) -> None:
        if self.lends_to.data == "schools" and not field.data:
            raise ValidationError(_("Choose at least one school."))

    def validate_most_days(self, field: Field) -> None:
        if field.data is not None and field.data < 1:
            raise ValidationError(_("At least one day."))

    def said(self) -> KitFields:
        """What was typed, as operations want it."""
        data: dict[str, Any] = {name: self.data[name] for name in KitFields.__dataclass_fields__}
        data |= {name: tuple(self.data[name] or ()) for name in ("subjects", "phases", "schools")}
        data |= {name: self.data[name] or None for name in ("owner_organisation_id", "keeper_id")}
        for name in ("strapline", "about", "asset_code", "collecting", "size", "weight", "safety_note"):
            data[name] = data[name] or ""
        data["condition_note"] = data["condition_note"] or ""
        return KitFields(**data)

    def show(self, said: KitFields, row_version: int) -> None:
        """Fill the empty form with what stands there."""
        for name in KitFields.__dataclass_fields__:
            value = getattr(said, name)
            self._fields[name].data = list(value) if isinstance(value, tuple) else value
        self.owner_organisation_id.data = said.owner_organisation_id or 0
        self.keeper_id.data = said.keeper_id or 0
        self.seen.data = str(row_version)

    def keep_offering(self, currency: str, people: Pairs, schools: Pairs) -> None:
        """A keeper who left and a school that is here no longer stay with the kit that has them, and so does its money."""
        for field, pairs in ((self.keeper_id, people), (self.owner_organisation_id, schools), (self.schools, schools)):
            offered = cast("list[Any]", field.choices)
            known = {choice.value for choice in offered}
            field.choices = [*offered, *choices_of((id, name) for id, name in pairs if id not in known)]
        money = cast("list[Any]", self.currency.choices)
        if currency not in {choice.value for choice in money}:
            self.currency.choices = [*money, *choices_of([(currency, currency)])]

    def text_of(self, name: str) -> str:
        """What was typed into a field, answers by their labels, to be read beside another version."""
        field = self._fields[name]
        if isinstance(field, (SelectField, SelectMultipleField)):
            chosen = field.data if isinstance(field, SelectMultipleField) else [field.data]
            offered = cast("list[Any]", field.choices)
            return ", ".join(str(choice.label) for choice in offered if choice.value in (chosen or ()))
        return str(field.data if field.data is not None else "")

    @property
    def has_more(self) -> bool:
        """Whether anything of what is offered below was filled in, or is to be put right."""
        below = ("strapline", "about", "subjects", "phases", "collecting", "size", "weight", "safety_note")
        return any(self._fields[name].data for name in below) or any(
            self._fields[name].errors for name in self._fields if name not in ("title", "home", "contents")
        )
