"""What is typed to sign in: the code, a name that is not on the list, and how long a tap waited for the network."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, HiddenField, RadioField, StringField
from wtforms.validators import DataRequired, Email, Length, Optional

from portal.attendance.typed_signing import Newcomer
from portal.people.consents import WORDINGS
from portal.web.choices import choices_of, one_line
from portal.web.forms import Form


class CodeForm(Form):
    """The four signs on the wall."""

    code = StringField(
        _l("Code"),
        validators=[
            DataRequired(_l("Type the four signs on the wall.")),
            Length(max=40, message=_l("The code has four signs.")),
        ],
    )


class PressForm(Form):
    """A button, and the seconds that it waited on the device (static/js/signing.js) before it could be sent."""

    waited = HiddenField()

    @property
    def seconds(self) -> int:
        typed = str(self.waited.data or "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 8 else 0


class NewcomerForm(PressForm):
    """Somebody who is not on the list."""

    name = StringField(
        _l("Your name"),
        filters=[one_line],
        validators=[DataRequired(_l("Type your name.")), Length(max=200, message=_l("At most 200 characters."))],
        render_kw={"autocomplete": "off"},
    )
    school = StringField(
        _l("School or college"),
        filters=[one_line],
        validators=[Length(max=250, message=_l("At most 250 characters."))],
        render_kw={"autocomplete": "off", "list": "schools"},
    )
    address = EmailField(
        _l("Email"),
        description=_l("So that your hours find you. No account is made and no password asked."),
        validators=[
            Optional(),
            Length(max=320, message=_l("An address has at most 320 characters.")),
            Email(_l("An address looks like name@school.example.")),
        ],
        render_kw={"autocomplete": "off"},
    )
    capacity = RadioField(
        _l("You are here to"),
        choices=choices_of({"participant": _l("take part"), "observer": _l("observe")}.items()),
        default="participant",
    )
    wants_more = BooleanField(WORDINGS["contact"])

    def newcomer(self) -> Newcomer:
        said: dict[str, Any] = {name: self[name].data or "" for name in ("name", "address", "school", "capacity")}
        return Newcomer(**said, wants_more=str(WORDINGS["contact"]) if self.wants_more.data else "")
