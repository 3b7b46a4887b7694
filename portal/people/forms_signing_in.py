"""What people type to come in."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, HiddenField, StringField
from wtforms.validators import DataRequired, Email, Length

from portal.web.forms import Form


class AskForm(Form):
    address = EmailField(
        _l("Your email address"),
        validators=[
            DataRequired(_l("Type the address that your network knows.")),
            Length(max=320, message=_l("An address has at most 320 characters.")),
            Email(_l("An address looks like name@school.example.")),
        ],
        render_kw={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"},
    )
    next = HiddenField()


class CodeForm(Form):
    code = StringField(
        _l("Code from the mail"),
        validators=[
            DataRequired(_l("Type the six characters from the mail.")),
            Length(max=40, message=_l("The code has six characters.")),
        ],
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false", "size": 8},
    )
    own_device = BooleanField(_l("This is my own phone or computer"))


class LinkForm(Form):
    own_device = BooleanField(_l("This is my own phone or computer"))
