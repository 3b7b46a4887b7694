"""What somebody tells us whose school stops the portal. No name and no address: none is needed to ring the school."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from portal.web.choices import choices_of
from portal.web.forms import Form

WHAT: dict[str, LazyString] = {
    "mail": _l("Our mail does not arrive"),
    "page": _l("The pages do not open"),
    "file": _l("Files can’t be downloaded"),
    "other": _l("Something else"),
}


class BlockedForm(Form):
    place = StringField(
        _l("Which school?"),
        validators=[
            DataRequired(_l("Say which school it is, so that somebody can ask there.")),
            Length(max=200, message=_l("At most 200 characters.")),
        ],
        render_kw={"autocomplete": "off"},
    )
    what = RadioField(
        _l("What happens?"), choices=choices_of(WHAT.items()), validators=[DataRequired(_l("Choose what happens."))]
    )
    words = TextAreaField(
        _l("What the screen says"), validators=[Length(max=600, message=_l("At most 600 characters."))]
    )
