"""How long somebody says that she was there: all of it, part of it from when to when, or not at all."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length, Optional
from wtforms.widgets import TimeInput

from portal.attendance.hours import Hours, Part
from portal.web.acts_signed import SignedForm
from portal.web.errors import DomainError
from portal.web.forms import Form

YES, PART, NO = "yes", "part", "no"


def _time(label: str) -> StringField:
    return StringField(label, widget=TimeInput(), validators=[Optional(), Length(max=20)])


class OwnWordForm(Form):
    """On a page, signed in."""

    start = _time(_l("Came at, if later than the start"))
    end = _time(_l("Left at, if before the end"))


class OwnWordByLink(SignedForm):
    """The same from a mail."""

    start = _time(_l("Came at, if later than the start"))
    end = _time(_l("Left at, if before the end"))


def said(choice: str, form: OwnWordForm | OwnWordByLink, hours: Hours, signed_in_at: datetime | None) -> Part:
    """What the pressed button and the typed hours say. Hours count with either button, so that none are lost.

    ``signed_in_at`` is when a code noted her, which stays. Raises DomainError at the field.
    """
    if choice == NO:
        return Part(0, signed_in_at, None)
    if choice not in (YES, PART):
        raise DomainError(_("Choose one of the answers."))
    start, end = (form.start.data or "").strip(), (form.end.data or "").strip()
    if start or end:
        try:
            return hours.part(start, end, arrived_at=signed_in_at)
        except DomainError as refusal:
            raise DomainError(_sentence(refusal.sentence), "end" if end else "start") from refusal
    if choice == PART:
        raise DomainError(_("Type when you came or when you left, or press “I was there”."), "start")
    return hours.whole(signed_in_at)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
