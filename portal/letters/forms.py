"""What a coordinator types: the letter, a name for a segment, when to send."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length

from portal.events.times import to_utc
from portal.events.typed import date_typed, time_typed
from portal.letters.about import offered
from portal.letters.drafts import LetterDraft
from portal.letters.fields import complaint, kept, shown, unknown_in
from portal.letters.models import Letter
from portal.networks.scope import NetworkHere
from portal.web.choices import choices_of
from portal.web.errors import DomainError
from portal.web.forms import Form
from portal.web.numbers import number_of

MOST = 20_000


def only_known_fields(form: Form, field: Any) -> None:
    """A mistyped field would stand in the mail in its braces."""
    unknown = unknown_in(field.data or "")
    if unknown:
        raise ValidationError(complaint(unknown))


class LetterForm(Form):
    subject = StringField(
        _l("Subject"),
        [
            DataRequired(_l("Type a subject: it is what decides whether the mail is opened.")),
            Length(max=200, message=_l("A subject has at most 200 characters.")),
            only_known_fields,
        ],
    )
    body = TextAreaField(
        _l("Letter"),
        [
            DataRequired(_l("Write the letter first.")),
            Length(max=MOST, message=_l("At most 20,000 characters.")),
            only_known_fields,
        ],
    )
    about = SelectField(_l("What it is about"), validate_choice=True)
    version = HiddenField(default="0")

    def __init__(self, network: NetworkHere, letter: Letter | None = None, **values: Any) -> None:
        super().__init__(data={**(_values_of(letter) if letter else {}), **values})
        choices = offered(network)
        now = _about(letter) if letter else ""
        if now not in dict(choices):
            choices.append((now, _l("What it was about until now: it is over or no longer there")))
        self.about.choices = choices_of(choices)

    def draft(self) -> LetterDraft:
        kind, _colon, number = (self.about.data or "").partition(":")
        return LetterDraft(kept(self.subject.data or ""), kept(self.body.data or ""), kind, number_of(number))


def _values_of(letter: Letter) -> dict[str, Any]:
    return {
        "subject": shown(letter.subject),
        "body": shown(letter.body),
        "about": _about(letter),
        "version": str(letter.row_version),
    }


def _about(letter: Letter) -> str:
    return f"{letter.about_kind}:{letter.about_id}" if letter.about_kind else ""


class SendForm(Form):
    when = RadioField(
        _l("When"),
        choices=choices_of([("now", _l("In two minutes")), ("later", _l("Later"))]),
        default="now",
    )
    day = StringField(_l("Day"))
    time = StringField(_l("Time"))
    version = HiddenField(default="0")

    def moment(self, time_zone: str) -> Any:
        """The hour that was typed, on the network's clocks; None for now. Raises DomainError at its field."""
        if self.when.data != "later":
            return None
        day = _read(date_typed, self.day.data or "", "day")
        at = _read(time_typed, self.time.data or "", "time")
        # Of an hour that comes twice the first is as good.
        return to_utc(day, at, time_zone, "time", fold=0)


def _read(reader: Any, text: str, field: str) -> Any:
    try:
        return reader(text)
    except DomainError as refusal:
        raise DomainError(refusal.sentence, field) from refusal


class SegmentForm(Form):
    name = StringField(
        _l("Name of the segment"),
        [
            DataRequired(_l("Give it a name that the other coordinators understand too.")),
            Length(max=120, message=_l("A name has at most 120 characters.")),
        ],
    )
    version = HiddenField(default="0")
