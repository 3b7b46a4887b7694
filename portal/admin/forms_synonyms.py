"""What an administrator types about words that mean the same."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from portal.networks.forms import TOO_LONG
from portal.web.forms import Form


class SynonymsForm(Form):
    words = TextAreaField(
        _l("Words that mean the same"),
        validators=[
            DataRequired(_l("Write two words at least, with a comma between them.")),
            Length(max=500, message=TOO_LONG),
        ],
    )
    # What the group said when the form was opened.
    was = HiddenField()
