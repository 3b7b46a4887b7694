"""What people write in a conversation."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length

from portal.files.forms import UploadField
from portal.web.forms import Form

MOST = 20_000
TOO_LONG = _l("That is more than 20,000 characters. Put the long part into a file.")


def _text(label: str, empty: str) -> TextAreaField:
    validators = [DataRequired(empty), Length(max=MOST, message=TOO_LONG)]
    return TextAreaField(label, validators)


class ReplyForm(Form):
    body = _text(_l("Your reply"), _l("Write a sentence first: an empty reply helps nobody."))
    files = UploadField(_l("Add files"))


class TopicForm(Form):
    title = StringField(
        _l("Your question or story in one line"),
        [
            DataRequired(_l("Give it a title: it is what others see in the list.")),
            Length(max=200, message=_l("A title has at most 200 characters.")),
        ],
    )
    body = _text(_l("What you want to ask or tell"), _l("Write a few words more: the title alone is hard to answer."))
    files = UploadField(_l("Add files"))


class EditForm(Form):
    body = _text(_l("Your text"), _l("There is nothing left. To take it away, remove it instead."))
    row_version = IntegerField(validators=[InputRequired()])


class TitleForm(Form):
    title = StringField(
        _l("Title"),
        [
            DataRequired(_l("A conversation needs a title.")),
            Length(max=200, message=_l("A title has at most 200 characters.")),
        ],
    )


class SwitchForm(Form):
    """A button that turns something on or off."""

    on = HiddenField(validators=[AnyOf(["0", "1"])])


class FollowForm(Form):
    choice = HiddenField(validators=[AnyOf(["follow", "none", "mute"])])
