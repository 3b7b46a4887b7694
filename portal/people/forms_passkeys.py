"""What is sent around passkeys: the name a person gives one, and what her device answered."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from portal.web.forms import Form

NO_SCRIPT = _l("The device was not asked. A passkey needs a browser that runs scripts.")


class PasskeyForm(Form):
    name = StringField(
        _l("What you call this device"),
        validators=[
            DataRequired(_l("Give it a name by which you know it again.")),
            Length(max=120, message=_l("A name has at most 120 characters.")),
        ],
    )
    answer = HiddenField(validators=[DataRequired(NO_SCRIPT)])


class KeyForm(Form):
    answer = HiddenField(validators=[DataRequired(NO_SCRIPT)])
    next = HiddenField()
