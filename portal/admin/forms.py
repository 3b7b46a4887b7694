"""What an administrator types: the first run, the region, networks, administrators, words."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, Length, Optional

from portal.networks.forms import LANGUAGES, TOO_LONG, time_zones
from portal.web.choices import choices_of
from portal.web.forms import Form

ADDRESS_LIKE = _l("An address looks like name@school.example.")


def _name(label: Any, needed: Any, longest: int = 200) -> StringField:
    return StringField(label, validators=[DataRequired(needed), Length(max=longest, message=TOO_LONG)])


def _address(label: Any, needed: Any) -> EmailField:
    return EmailField(label, validators=[DataRequired(needed), Length(max=320, message=TOO_LONG), Email(ADDRESS_LIKE)])


class PlaceForm(Form):
    """Name, clock and contact of the region."""

    region = _name(_l("Name of the region"), _l("What is the portal called?"))
    time_zone = SelectField(_l("Whose clock"), default="Europe/London")
    locale = SelectField(_l("Language"), choices=choices_of(LANGUAGES))
    contact = EmailField(
        _l("Contact address"),
        default="",
        validators=[Optional(), Length(max=320, message=TOO_LONG), Email(ADDRESS_LIKE)],
    )
    contact_words = StringField(_l("How to reach a human"), default="", validators=[Length(max=300, message=TOO_LONG)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.time_zone.choices = choices_of(time_zones())


class FirstRunForm(PlaceForm):
    setup_key = StringField(_l("Setup key"), validators=[Length(max=100, message=TOO_LONG)])
    name = _name(_l("Your name"), _l("Type your name."))
    address = _address(_l("Your email address"), _l("Type your address; your sign-in codes come there."))
    network = _name(_l("Name of the first network"), _l("A region begins with one network."))
    slug = StringField(_l("Its short address"), validators=[Length(max=60, message=TOO_LONG)])
    is_coordinator = BooleanField(_l("I coordinate this network"), default=True)


class NetworkForm(Form):
    name = _name(_l("Name of the network"), _l("A network needs a name."))
    slug = StringField(_l("Its short address"), validators=[Length(max=60, message=TOO_LONG)])
    parent_id = SelectField(_l("Stands under"), coerce=int, default=0)


class AppointForm(Form):
    name = StringField(_l("Her name"), validators=[Length(max=200, message=TOO_LONG)])
    address = _address(_l("Her email address"), _l("Type the address of the new coordinator."))


class AdministratorForm(Form):
    address = _address(_l("Email address"), _l("Type the address of somebody who has come in."))


class WordForm(Form):
    label = _name(_l("Word"), _l("Type the word as people read it."), 120)
    hint = StringField(_l("Hint"), validators=[Length(max=300, message=TOO_LONG)])
    also = TextAreaField(_l("Other spellings"), validators=[Length(max=1000, message=TOO_LONG)])
