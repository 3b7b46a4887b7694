"""What a coordinator types about an event's credit: the block itself, and how it stands with the provider."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from portal.credit.models import ROUNDINGS, CreditType
from portal.credit.type_words import rounded
from portal.events.credit_words import LABELS, STATES, STEM, is_stem, shown
from portal.events.forms_session import Native
from portal.events.models_credit import EventCredit
from portal.events.typed import date_typed, minutes_typed
from portal.web.choices import Boxes, choices_of
from portal.web.errors import DomainError
from portal.web.forms import Form
from portal.web.tables_dates import Unreadable
from portal.web.tables_numbers import read_int

LONG_TEXT = Length(max=5000, message=_l("At most 5,000 characters."))
# No series of meetings gives a thousand hours.
MOST_MINUTES = 60_000


def _line(key: str, longest: int, **more: Any) -> StringField:
    too_long = _l("At most %(count)s characters.", count=longest)
    return StringField(LABELS[key], validators=[Length(max=longest, message=too_long)], **more)


class CreditForm(Form):
    most_minutes = StringField(
        LABELS["most_minutes"], description=_l("Like 90, 1:30 or 1.5 h, without meals. Empty: as long as it lasts.")
    )
    category = SelectField(LABELS["category"], default="")
    provider = _line("provider", 200, description=_l("Who grants it: a district, a service centre, a sponsor."))
    provider_number = _line("provider_number", 60)
    committee = _line("committee", 200)
    presenters = _line("presenters", 500)
    needs_statement = TextAreaField(LABELS["needs_statement"], validators=[LONG_TEXT])
    objectives = TextAreaField(LABELS["objectives"], validators=[LONG_TEXT])
    stem_elements = Boxes(LABELS["stem_elements"], choices=choices_of(STEM.items()))
    justification = TextAreaField(LABELS["justification"], validators=[LONG_TEXT])
    needs_evaluation = BooleanField(LABELS["needs_evaluation"])
    least_share = StringField(LABELS["least_share"], default="75")
    round_to = SelectField(LABELS["round_to"], coerce=int)
    fee = _line("fee", 120, description=_l("As it stands on the certificate; empty for none."))
    version = HiddenField(default="0")

    def __init__(self, kind: CreditType, values: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(data=_typed(values), **kwargs)
        self.round_to.choices = choices_of((one, rounded(one)) for one in sorted({*ROUNDINGS, values["round_to"]}))
        kept = dict.fromkeys(filter(None, (*kind.categories, values["category"])))
        self.category.choices = choices_of([("", _l("none")), *((one, one) for one in kept)])
        if not kept:
            del self.category
        if not any(is_stem(one) for one in kept):
            del self.stem_elements, self.justification
        self.kept = {key: values[key] for key in LABELS if key not in self}

    def validate_most_minutes(self, field: StringField) -> None:
        minutes = _minutes(field)
        if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
            raise ValidationError(_("Type how long, like 90 or 1:30, or leave it empty."))

    def validate_least_share(self, field: StringField) -> None:
        if not 0 <= _share(field) <= 100:
            raise ValidationError(_("Type a share from 0 to 100."))

    def values(self) -> dict[str, Any]:
        """What was typed, once the form was accepted; what this kind does not ask for stays as it was."""
        read = {"most_minutes": _minutes(self.most_minutes), "least_share": _share(self.least_share)}
        return self.kept | read | {key: self[key].data for key in LABELS if key in self and key not in read}

    def shown(self, key: str) -> str:
        """One field in words, as it stands beside what somebody else saved meanwhile."""
        if key == "most_minutes":
            try:
                return shown(key, _minutes(self.most_minutes))
            except ValidationError:
                return str(self.most_minutes.data)
        return shown(key, self[key].data if key in self else self.kept[key])


def new_values(kind: CreditType, last: EventCredit | None, objectives: str, presenters: list[str]) -> dict[str, Any]:
    """What a new block begins with: as the network's last of this kind had it, but for what is judged event by event.

    STEM hours are decided per offering (practice.md 7.3, S83), so what was ticked last time is not ticked again.
    """
    values = {
        "most_minutes": None,
        "category": "",
        "provider": "",
        "provider_number": "",
        "committee": "",
        "needs_statement": "",
        "needs_evaluation": kind.needs_evaluation,
        "least_share": 75,
        "round_to": kind.round_to,
        "fee": "",
    }
    if last:
        values |= {key: getattr(last, key) for key in values if key != "most_minutes"}
    about = {"presenters": ", ".join(presenters)[:500], "objectives": objectives}
    return values | about | {"stem_elements": [], "justification": ""}


def values_of(block: EventCredit) -> dict[str, Any]:
    return {key: getattr(block, key) for key in LABELS} | {"version": str(block.row_version)}


class StandingForm(Form):
    """How it stands with the provider, by the date on the letter."""

    state = RadioField(
        _l("How does it stand?"),
        choices=choices_of((key, STATES[key]) for key in ("applied", "approved", "declined")),
        validators=[InputRequired(_l("Choose how it stands."))],
    )
    on = Native(_l("Dated"), description=_l("As on the letter, not when you read it."))
    in_service_number = StringField(
        _l("In-service number"),
        description=_l("The provider’s number for this event, if the approval has one."),
        validators=[Length(max=60, message=_l("At most 60 characters."))],
    )
    why = StringField(
        _l("Why it was declined"), validators=[Length(max=300, message=_l("At most 300 characters: one sentence."))]
    )
    version = HiddenField(default="0")

    def __init__(self, block: EventCredit, today: date, **kwargs: Any) -> None:
        following = {"none": "applied", "applied": "approved"}.get(block.state, block.state)
        on = block.declined_on or block.approved_on
        given = {"in_service_number": block.in_service_number, "why": block.declined_why}
        given |= {"state": following, "on": on.isoformat() if on else "", "version": str(block.row_version)}
        super().__init__(data=given, **kwargs)
        self.today = today

    def validate_on(self, field: StringField) -> None:
        if self.day(field) > self.today:
            raise ValidationError(_("That day is still to come. Type the date on the letter."))

    def day(self, field: StringField | None = None) -> date:
        try:
            return date_typed((field or self.on).data or "")
        except DomainError as refusal:
            raise ValidationError(refusal.sentence) from refusal


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    """Columns as the fields show them."""
    most = values["most_minutes"]
    return values | {"most_minutes": str(most) if most else "", "least_share": str(values["least_share"])}


def _minutes(field: StringField) -> int | None:
    if not field.data:
        return None
    try:
        return minutes_typed(field.data)
    except DomainError as refusal:
        raise ValidationError(refusal.sentence) from refusal


def _share(field: StringField) -> int:
    try:
        return read_int((field.data or "").removesuffix("%").strip())
    except Unreadable as unreadable:
        raise ValidationError(_("Type a share from 0 to 100.")) from unreadable
