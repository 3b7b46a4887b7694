"""What is typed about an agreement: its wording, and a yes to the version that was read."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from portal.web.forms import Form


class AgreementForm(Form):
    """Saved anew it is a new version."""

    text = TextAreaField(
        _l("The agreement"),
        [
            DataRequired(_l("Write what the two promise each other.")),
            Length(max=20_000, message=_l("Keep it under 20,000 characters.")),
        ],
    )
    seen = HiddenField()


class YesForm(Form):
    version = HiddenField()
