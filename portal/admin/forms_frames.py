"""What an administrator types about a frame of good teaching."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length, Optional

from portal.networks.forms import TOO_LONG
from portal.web.forms import Form


class FrameLineForm(Form):
    """The words of a line; its code stays for good."""

    label = StringField(
        _l("Its name"), [DataRequired(_l("Type the name of the line.")), Length(max=200, message=TOO_LONG)]
    )
    hint = StringField(
        _l("What it means"),
        [Optional(), Length(max=500, message=TOO_LONG)],
        description=_l("One sentence, read beside the line by whoever ticks it."),
    )
    seen = HiddenField()


class NewFrameLineForm(FrameLineForm):
    code = StringField(
        _l("Its number or letters"),
        [DataRequired(_l("Type how the line is numbered, like 3b.")), Length(max=60, message=TOO_LONG)],
        description=_l("It never changes, so that what was ticked years ago still reads."),
    )
