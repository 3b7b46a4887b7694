"""What somebody types about costs: money, or hours that people gave."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from portal.event_file.drafts import CostDraft
from portal.event_file.models import EventCost
from portal.event_file.words import ALL_KINDS, KINDS, TIME
from portal.web import money
from portal.web.choices import choices_of
from portal.web.forms import Form
from portal.web.tables_dates import Unreadable
from portal.web.tables_numbers import read_minutes

WHAT = Length(max=200, message=_l("At most 200 characters."))
MOST_MINUTES = 10_000 * 60


class CostForm(Form):
    """A line of money."""

    kind = SelectField(_l("Kind"), choices=choices_of(KINDS.items()), default="refreshments")
    what = StringField(_l("What"), [Optional(), WHAT], description=_l("Like: tea and fruit for 24."))
    amount = StringField(
        _l("Amount"),
        [DataRequired(_l("Type an amount, like 12.50.")), Length(max=40, message=_l("Type an amount, like 12.50."))],
    )
    currency = SelectField(_l("Currency"))
    paid_on = DateField(_l("Paid on"), [Optional()])
    seen = HiddenField()

    def __init__(self, currency: str, cost: EventCost | None = None) -> None:
        super().__init__(data=_values(cost) if cost else {"currency": currency})
        self.cost, self.read = cost, 0
        self.currency.choices = choices_of(money.currencies(currency, [cost.currency] if cost else []))

    def validate_amount(self, field: Field) -> None:
        try:
            self.read = money.amount_typed(field.data or "", self.currency.data or money.ELSEWHERE)
        except Unreadable as unreadable:
            raise ValidationError(str(unreadable)) from unreadable

    def draft(self) -> CostDraft:
        return CostDraft(self.kind.data, self.what.data or "", self.read, self.currency.data, paid_on=self.paid_on.data)

    def text_of(self, name: str) -> str:
        return str(ALL_KINDS.get(self.kind.data, self.kind.data)) if name == "kind" else super().text_of(name)


class TimeForm(Form):
    """Hours that somebody gave: not money, and never added to it."""

    gave = StringField(
        _l("Who did what"),
        [DataRequired(_l("Say what was done, like: the technician set up twelve benches.")), WHAT],
        description=_l("Like: the technician set up twelve benches. A role is enough, a name is not needed."),
    )
    length = StringField(
        _l("How long, all together"),
        [InputRequired(_l("Type a length of time, like 2 h or 1:30."))],
        description=_l("Like 2 h, 1:30 or 45 min."),
    )
    seen = HiddenField()

    def __init__(self, cost: EventCost | None = None) -> None:
        super().__init__(data=_values(cost) if cost else None)
        self.cost, self.read = cost, 0

    def validate_length(self, field: Field) -> None:
        try:
            self.read = read_minutes(field.data or "")
        except Unreadable as unreadable:
            raise ValidationError(str(unreadable)) from unreadable
        if not 0 < self.read <= MOST_MINUTES:
            raise ValidationError(_l("Between one minute and 10,000 hours."))

    def draft(self) -> CostDraft:
        return CostDraft(TIME, self.gave.data or "", minutes=self.read)


def _values(cost: EventCost) -> dict[str, Any]:
    values = {name: getattr(cost, name) for name in ("kind", "what", "currency", "paid_on")}
    values["seen"] = str(cost.row_version)
    if cost.minutes is not None:
        return values | {"gave": cost.what, "length": "{}:{:02}".format(*divmod(cost.minutes, 60))}
    return values | {"amount": str(money.exactly(cost.amount, cost.currency))}
