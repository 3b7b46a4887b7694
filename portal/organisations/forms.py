"""What people type about an organisation."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DecimalField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from portal.organisations.models import Organisation
from portal.vocabulary.queries import choices
from portal.web.choices import choices_of
from portal.web.forms import Form

NOT_A_NUMBER = _l("This must be a number, like 159.")


class Whole(IntegerField):
    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value.strip() for value in valuelist])
        except ValueError as error:
            raise ValueError(str(NOT_A_NUMBER)) from error


class Degrees(DecimalField):
    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value.strip() for value in valuelist])
        except ValueError as error:
            raise ValueError(str(_l("This must be degrees, like 54.32 or -2.74."))) from error


def _most(count: int) -> Length:
    return Length(max=count, message=_l("That is more than %(max)d characters."))


class OrganisationForm(Form):
    name = StringField(_l("Name"), validators=[DataRequired(_l("Give it a name.")), _most(250)])
    kind = SelectField(_l("What it is"))
    phase = StringField(_l("Phase, or lowest and highest year"), validators=[Optional(), _most(60)])
    parent = StringField(_l("District or parent"), validators=[Optional(), _most(250)])
    code_scheme = StringField(_l("Who gives its code"), validators=[Optional(), _most(30)])
    code = StringField(_l("Its code"), validators=[Optional(), _most(60)])
    street = StringField(_l("Street"), validators=[Optional(), _most(250)])
    place = StringField(_l("Town or place"), validators=[Optional(), _most(120)])
    county = StringField(_l("County"), validators=[Optional(), _most(120)])
    region = StringField(_l("Region or state"), validators=[Optional(), _most(120)])
    postcode = StringField(_l("Postcode"), validators=[Optional(), _most(20)])
    latitude = Degrees(
        _l("Latitude"), places=6, validators=[Optional(), NumberRange(-90, 90, _l("Between -90 and 90."))]
    )
    longitude = Degrees(
        _l("Longitude"), places=6, validators=[Optional(), NumberRange(-180, 180, _l("Between -180 and 180."))]
    )
    locale = SelectField(_l("Where it lies"))
    enrolment = Whole(_l("Number of learners"), validators=[Optional(), NumberRange(0, 9_999_999, NOT_A_NUMBER)])
    is_priority = BooleanField(_l("On the funder’s list of priority"))
    website = StringField(_l("Website"), validators=[Optional(), _most(300)])
    phone = StringField(_l("Phone"), validators=[Optional(), _most(60)])
    about = TextAreaField(_l("About it"), validators=[Optional(), _most(5000)])
    row_version = HiddenField()

    def __init__(self, organisation: Organisation | None = None, parent: str = "") -> None:
        super().__init__(obj=organisation)
        self.kind.choices = choices_of(
            _with(choices("organisation_kind"), organisation.kind if organisation else "school")
        )
        locales = _with(choices("locale"), (organisation and organisation.locale) or "")
        self.locale.choices = choices_of([("", _l("Not known")), *locales])
        if not self.is_submitted():
            self.parent.data = parent
            self.kind.data = self.kind.data or "school"
            self.locale.data = self.locale.data or ""

    def values(self) -> dict[str, object]:
        """What was typed, by field of the organisation."""
        left_out = {"csrf_token", "form_key", "row_version", "parent"}
        found = {name: field.data for name, field in self._fields.items() if name not in left_out}
        numbers = {key: None if found[key] is None else float(found[key]) for key in ("latitude", "longitude")}
        texts = {
            key: found[key] or ""
            for key in ("phase", "street", "place", "county", "region", "postcode", "website", "phone", "about")
        }
        return found | numbers | texts | {key: found[key] or None for key in ("code", "code_scheme", "locale")}


def _with(offered: list[tuple[str, str]], value: str) -> list[tuple[object, object]]:
    """The words offered, and the one that stands there although it is no longer offered."""
    missing = value and value not in {code for code, _label in offered}
    return [*offered, (value, value)] if missing else list(offered)
