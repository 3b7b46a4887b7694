"""What people type about a person."""

from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Email, Length, Optional

from portal.people.models import Person
from portal.vocabulary.queries import all_words
from portal.web.choices import Boxes, choices_of
from portal.web.forms import Form

LOCALES = [("", _l("As the network speaks")), ("en_GB", "English (British)"), ("en_US", "English (American)")]


def _most(count: int) -> Length:
    return Length(max=count, message=_l("That is more than %(max)d characters."))


class PersonForm(Form):
    name = StringField(
        _l("Name"), validators=[DataRequired(_l("Type the name.")), _most(198)], render_kw={"autocomplete": "name"}
    )
    called = StringField(_l("What we call you"), validators=[Optional(), _most(100)])
    phone = StringField(_l("Phone"), validators=[Optional(), _most(60)], render_kw={"autocomplete": "tel"})
    subjects = Boxes(_l("Subjects"), coerce=int, validate_choice=True)
    phases = Boxes(_l("Phases"), coerce=int, validate_choice=True)
    knows_about = TextAreaField(_l("Knows about"), validators=[Optional(), _most(2000)])
    locale = SelectField(_l("Language"), choices=choices_of(LOCALES))
    time_zone = SelectField(_l("Clock"))
    row_version = HiddenField()

    def __init__(self, person: Person | None = None, word_ids: list[int] | None = None) -> None:
        super().__init__(obj=person)
        words = all_words(retired=True)
        held = set(word_ids or [])
        for field, kind in ((self.subjects, "subject"), (self.phases, "phase")):
            field.choices = choices_of(
                (word.id, word.label) for word in words.get(kind, []) if word.in_use or word.id in held
            )
            if not self.is_submitted():
                field.data = [word.id for word in words.get(kind, []) if word.id in held]
        zones = sorted(
            zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/"))
        )
        named = ((zone, zone.replace("_", " ")) for zone in zones)
        self.time_zone.choices = choices_of([("", _l("As the network’s")), *named])
        if not self.is_submitted():
            self.locale.data, self.time_zone.data = self.locale.data or "", self.time_zone.data or ""

    def values(self) -> dict[str, object]:
        names = ("name", "called", "phone", "knows_about", "locale", "time_zone")
        return {name: self._fields[name].data or "" for name in names}

    def word_ids(self) -> set[int]:
        return {*(self.subjects.data or []), *(self.phases.data or [])}


class WorkForm(Form):
    organisation_id = HiddenField(validators=[DataRequired(_l("Choose the place from the list."))])
    role_id = SelectField(_l("As what"), coerce=lambda value: int(value) if value else None)
    title = StringField(_l("Job, in your own words"), validators=[Optional(), _most(200)])
    started_on = DateField(_l("Since"), validators=[Optional()])

    def __init__(self) -> None:
        super().__init__()
        roles = ((word.id, word.label) for word in all_words().get("role", []))
        self.role_id.choices = choices_of([("", _l("Leave it open")), *roles])


class LeftForm(Form):
    ended_on = DateField(_l("Last day there"), validators=[Optional()])


class AddressForm(Form):
    address = EmailField(
        _l("Another email address"),
        validators=[
            DataRequired(_l("Type the address.")),
            _most(320),
            Email(_l("An address looks like name@school.example.")),
        ],
    )


class AddressCodeForm(Form):
    code = StringField(
        _l("The six characters"), validators=[DataRequired(_l("Type the six characters from the mail.")), _most(40)],
        render_kw={"autocomplete": "one-time-code"},
    )  # fmt: skip


class EraseForm(Form):
    sure = BooleanField(
        _l("Yes, delete my name and addresses"), validators=[DataRequired(_l("Tick this when you are sure."))]
    )
