"""What coordinators type about their network: charter, settings, words, terms."""

from typing import Any
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp
from wtforms.widgets import HiddenInput

from portal.web.choices import choices_of
from portal.web.forms import Form
from portal.web.numbers import LARGEST

LANGUAGES = [("en_GB", _l("English (British)")), ("en_US", _l("English (American)"))]
OWN_WORDS = ("school", "schools", "pupil", "pupils", "teacher", "teachers", "box", "boxes")
TOO_LONG = _l("That is too long: %(max)d characters at most.")


def time_zones() -> list[tuple[str, str]]:
    """The clocks of the world by their places, for a select."""
    places = (zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
    return [("UTC", "UTC")] + [(zone, zone.replace("_", " ").replace("/", ", ")) for zone in sorted(places)]


def _text(label: Any, longest: int = 5000, **more: Any) -> TextAreaField:
    return TextAreaField(label, default="", validators=[Length(max=longest, message=TOO_LONG)], **more)


class VersionedForm(Form):
    """A form that knows which state of the network it shows."""

    row_version = IntegerField(
        widget=HiddenInput(),
        validators=[InputRequired(_l("The page was cut short on its way. Load it again."))],
    )


class CharterForm(VersionedForm):
    cares_about = _text(_l("What we care about"))
    for_whom = _text(_l("Who it is for"))
    cadence = _text(_l("When and how we meet"))
    norms = _text(_l("How we treat each other"))
    deciding = _text(_l("How we decide"))
    review_on = DateField(_l("Look at this charter again on"), validators=[Optional()])


class SettingsForm(VersionedForm):
    name = StringField(
        _l("Name of the network"),
        validators=[DataRequired(_l("A network needs a name.")), Length(max=200, message=TOO_LONG)],
    )
    short_name = StringField(_l("Short name"), default="", validators=[Length(max=60, message=TOO_LONG)])
    strapline = StringField(_l("In one sentence"), default="", validators=[Length(max=300, message=TOO_LONG)])
    plate = StringField(_l("Two letters"), default="", validators=[Length(max=4, message=TOO_LONG)])
    time_zone = SelectField(_l("Whose clock"))
    locale = SelectField(_l("Language"), choices=choices_of(LANGUAGES))
    is_open_to_ask = BooleanField(_l("Teachers may ask to join"))
    looks_first = BooleanField(_l("A coordinator looks at each pack before members see it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.time_zone.choices = choices_of(time_zones())


def _own_word(label: Any) -> StringField:
    return StringField(label, validators=[Length(max=40, message=TOO_LONG), Regexp(r"^[^<>]*$")])


class WordsForm(VersionedForm):
    school = _own_word(_l("A school"))
    schools = _own_word(_l("Schools"))
    pupil = _own_word(_l("A pupil"))
    pupils = _own_word(_l("Pupils"))
    teacher = _own_word(_l("A teacher"))
    teachers = _own_word(_l("Teachers"))
    box = _own_word(_l("A kit box"))
    boxes = _own_word(_l("Kit boxes"))


class TermForm(Form):
    name = StringField(
        _l("Name"), validators=[DataRequired(_l("Give the term a name.")), Length(max=60, message=TOO_LONG)]
    )
    starts_on = DateField(_l("First day"), validators=[InputRequired(_l("When does it begin?"))])
    ends_on = DateField(_l("Last day"), validators=[InputRequired(_l("When does it end?"))])
    break_on = DateField(_l("Monday of the half-term break"), validators=[Optional()])


class RoomForm(Form):
    is_open = HiddenField(validators=[Regexp(r"^(yes|no)$", message=_l("Press one of the buttons."))])


class OrganisationForm(Form):
    organisation_id = IntegerField(
        widget=HiddenInput(),
        validators=[
            InputRequired(_l("Choose one from the list below.")),
            NumberRange(1, LARGEST, _l("Choose one from the list below.")),
        ],
    )
