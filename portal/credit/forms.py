"""What a stranger types to check a certificate, and what a person notes of her hours elsewhere."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import HiddenInput

from portal.credit.queries_outside import Elsewhere, kinds_in_use
from portal.credit.typed import day_typed, hours_typed
from portal.files.forms import UploadField
from portal.web import clock, dates
from portal.web.choices import choices_of
from portal.web.errors import DomainError
from portal.web.forms import Form


class OutsideForm(Form):
    """Hours from somewhere else, to stand in her own transcript."""

    title = StringField(_l("What was it?"), [DataRequired(_l("Say what it was.")), Length(max=250)])
    provider = StringField(_l("Who gave it?"), [Length(max=200)])
    first_day = StringField(_l("First day"), [DataRequired(_l("Type a date, like 19 November 2026."))])
    last_day = StringField(_l("Last day"), [Optional()])
    hours = StringField(_l("How long?"), [DataRequired(_l("Type how long it was, like 1.5 or 90 min."))])
    credit_type = SelectField(_l("Credit"), validate_choice=True)
    category = StringField(_l("Category"), [Length(max=120)])
    reference = StringField(_l("Number of its certificate"), [Length(max=120)])
    proof = UploadField(_l("A scan or photo of it"))
    drop_proof = BooleanField(_l("Take away the proof that is kept"))
    row_version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def __init__(self, known: Elsewhere | None = None) -> None:
        super().__init__(data=_typed_before(known) if known else None)
        kinds = kinds_in_use(known.credit_type_id if known else None)
        self.credit_type.choices = choices_of(
            [("", _("No credit, hours only")), *((str(i), name) for i, name in kinds)]
        )
        self.first = self.last = date.min
        self.minutes = 0

    def validate(self, extra_validators: object = None) -> bool:
        """Dates and hours are read in the way people write them; each refusal stands at its field."""
        is_right = bool(super().validate(extra_validators))
        try:
            self._read()
        except DomainError as refusal:
            if not is_right and self._fields[refusal.field or "title"].errors:
                return False
            self.refuse(refusal)
            return False
        return is_right

    def _read(self) -> None:
        self.first = day_typed(self.first_day.data or "", "first_day")
        self.last = day_typed(self.last_day.data, "last_day") if self.last_day.data else self.first
        if self.last < self.first:
            raise DomainError(_("It can’t end before it began."), "last_day")
        if self.last > clock.today(dates.place_clock()):
            raise DomainError(
                _("That lies ahead. Add it when it is over."), "last_day" if self.last_day.data else "first_day"
            )
        self.minutes = hours_typed(self.hours.data or "", (self.last - self.first).days + 1)

    @property
    def kind_id(self) -> int | None:
        return int(self.credit_type.data) if self.credit_type.data else None


def _typed_before(known: Elsewhere) -> dict[str, object]:
    return {
        "title": known.title,
        "provider": known.provider,
        "first_day": known.started_on.isoformat(),
        "last_day": known.ended_on.isoformat() if known.ended_on != known.started_on else "",
        "hours": dates.minutes(known.minutes),
        "credit_type": str(known.credit_type_id or ""),
        "category": known.category,
        "reference": known.reference,
        "row_version": known.row_version,
    }
