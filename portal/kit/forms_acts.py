"""The smaller forms: parts, retiring, the photo, days out of service, training, settling, refilling."""

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    Field,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from portal.files.forms import UploadField
from portal.kit.fields import PartFields
from portal.kit.lines import MOST_BOXES, MOST_QUANTITY, read_lines
from portal.kit.models import KitPart
from portal.kit.words import OUTCOMES
from portal.web import clock, money
from portal.web.choices import choices_of
from portal.web.forms import Form
from portal.web.tables_dates import Unreadable

COUNT = _l("A whole number, like 12.")
FARTHEST = timedelta(days=1500)


class LinesForm(Form):
    """Several parts at once."""

    contents = TextAreaField(_l("More that belongs in it"), [DataRequired(_l("Write one line for each thing."))])

    def __init__(self, currency: str, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.currency, self.read = currency, list[PartFields]()

    def validate_contents(self, field: Field) -> None:
        if len(field.data or "") > 20_000:
            raise ValidationError(_("That is too much at once. Bring it in two halves."))
        self.read, faults = read_lines(field.data or "", self.currency)
        if faults:
            raise ValidationError(faults[0])


class PartForm(Form):
    """One line of the contents."""

    title = StringField(_l("What it is"), [DataRequired(_l("Say what it is.")), Length(max=200)])
    quantity = IntegerField(
        _l("How many belong in it"), [InputRequired(COUNT), NumberRange(0, MOST_QUANTITY, _l("Between 0 and 9,999."))]
    )
    there = IntegerField(
        _l("How many are there now"), [InputRequired(COUNT), NumberRange(0, MOST_QUANTITY, _l("Between 0 and 9,999."))]
    )
    box = IntegerField(
        _l("In which box"), [InputRequired(COUNT), NumberRange(1, MOST_BOXES, _l("Between 1 and 50."))], default=1
    )
    cost = StringField(_l("What one costs to replace"), [Length(max=40)])
    is_consumable = BooleanField(_l("It is meant to be used up"))
    note = StringField(_l("Note"), [Length(max=300)], description=_l("Where it lies, what to look at."))

    def __init__(self, currency: str, part: KitPart | None = None) -> None:
        super().__init__(data=_values(part, currency) if part else None)
        self.currency = currency
        self.amount: int | None = None

    def validate_there(self, field: Field) -> None:
        if field.data is not None and self.quantity.data is not None and field.data > self.quantity.data:
            raise ValidationError(_("More than belong in it. Raise that number first."))

    def validate_cost(self, field: Field) -> None:
        self.amount = amount_of(field.data, self.currency)

    def said(self) -> PartFields:
        return PartFields(
            self.title.data or "", self.quantity.data or 0, self.box.data or 1, bool(self.is_consumable.data),
            self.amount, self.note.data or "", self.there.data or 0,
        )  # fmt: skip


class RetireForm(Form):
    why = StringField(_l("Why"), [DataRequired(_l("Say why in a few words.")), Length(max=300)])


class PhotoForm(Form):
    photo = UploadField(_l("Picture"))
    words = StringField(
        _l("What it shows, in words"),
        [DataRequired(_l("Say what it shows, for those who can’t see it.")), Length(max=300)],
        description=_l("Like: leads on the left, boards in their foam on the right."),
    )


def not_years_away(form: Form, field: Field) -> None:
    """A year like 20262 is a slip of the pen, and no calendar reaches it."""
    if field.data and abs(field.data - clock.now().date()) > FARTHEST:
        raise ValidationError(_("This day is years away. Look at the year once more."))


class ServiceForm(Form):
    """Days on which it can't be lent."""

    starts_on = DateField(_l("From"), [InputRequired(_l("Choose the first day.")), not_years_away])
    ends_on = DateField(_l("Until"), [Optional(), not_years_away], description=_l("Leave it empty until you know."))
    why = StringField(_l("Why"), [Length(max=300)], description=_l("Like: two leads are being mended."))


class EndForm(Form):
    ends_on = DateField(_l("Last day out of service"), [InputRequired(_l("Choose the last day.")), not_years_away])


class TrainedForm(Form):
    """Somebody who knows it from elsewhere."""

    person = SelectField(_l("Who"), coerce=int)
    why = StringField(_l("Where from"), [Length(max=300)], description=_l("Like: she built it with us in May."))

    def __init__(self, people: list[tuple[int, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.person.choices = choices_of(people)


class SettleForm(Form):
    """What became of a problem."""

    outcome = RadioField(
        _l("What became of it"), [InputRequired(_l("Choose what became of it."))], choices=choices_of(OUTCOMES.items())
    )
    cost = StringField(_l("What it cost"), [Length(max=40)], description=_l("Leave it empty where nobody knows."))

    def __init__(self, currency: str, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.currency = currency
        self.amount: int | None = None

    def validate_cost(self, field: Field) -> None:
        self.amount = amount_of(field.data, self.currency)


class RefillForm(Form):
    quantity = IntegerField(_l("How many"), [InputRequired(COUNT), NumberRange(1, MOST_QUANTITY, COUNT)])


def amount_of(typed: str | None, currency: str) -> int | None:
    """The amount in the smallest unit, None for nothing. Raises ValidationError with a sentence."""
    if not typed:
        return None
    try:
        return money.amount_typed(typed, currency)
    except Unreadable as unreadable:
        raise ValidationError(str(unreadable)) from unreadable


def _values(part: KitPart, currency: str) -> dict[str, Any]:
    names = ("title", "quantity", "there", "box", "is_consumable", "note")
    cost = "" if part.cost is None else str(money.exactly(part.cost, currency))
    return {name: getattr(part, name) for name in names} | {"cost": cost}
