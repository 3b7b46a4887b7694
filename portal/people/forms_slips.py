"""What people type around slips."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from portal.web.forms import Form


class SlipForm(Form):
    code = StringField(
        _l("Code on the slip"),
        validators=[
            DataRequired(_l("Type the eight signs from the slip.")),
            Length(max=40, message=_l("The code has eight signs.")),
        ],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "size": 10},
    )
