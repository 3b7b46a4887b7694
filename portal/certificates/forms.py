"""What is typed about certificates: a name put right, a reason to void one, an address that wants its record."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, StringField
from wtforms.validators import DataRequired, Email, Length

from portal.web.acts_signed import SignedForm
from portal.web.forms import Form

NAME = (_l("Your name, as it stands in your licence"), [DataRequired(_l("Type your name.")), Length(max=200)])


class NameForm(Form):
    name = StringField(*NAME)


class NameByLinkForm(SignedForm):
    name = StringField(*NAME)


class VoidForm(Form):
    reason = StringField(
        _l("Why?"), [DataRequired(_l("Say in a few words why. Its holder reads it.")), Length(max=300)]
    )


class RecordForm(Form):
    address = EmailField(
        _l("Your email address"),
        [
            DataRequired(_l("Type the address that your invitations come to.")),
            Length(max=320),
            Email(_l("An address looks like name@school.example.")),
        ],
    )
