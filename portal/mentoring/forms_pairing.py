"""What people type about a pair: who, since when, how often, and what its talks count for."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from portal.mentoring.terms import Terms
from portal.web.choices import Boxes, choices_of
from portal.web.day_fields import DateField
from portal.web.forms import Form

HOW = (("ask", _l("Ask both first")), ("agreed", _l("They have agreed already")))
ARRANGES = (("mentor", _l("The mentor")), ("mentee", _l("The mentee")), ("both", _l("Both, in turn")))


class TermsForm(Form):
    """What both forms hold. An open pair has a page of its own for its programmes, with their days."""

    purpose = StringField(_l("What it is for"), [Length(max=200, message=_l("Keep it under 200 characters."))])
    rhythm = StringField(_l("Rhythm"), [Length(max=100, message=_l("Keep it under 100 characters."))])
    every_days = IntegerField(
        _l("At least once in so many days"),
        [Optional(), NumberRange(1, 365, _l("Type a number from 1 to 365, or leave it empty."))],
    )
    arranges = RadioField(_l("Who sees to it that they meet"), choices=choices_of(ARRANGES), default="both")
    monthly_minutes = IntegerField(
        _l("Target for a month, in minutes"),
        [Optional(), NumberRange(1, 6000, _l("Type a number from 1 to 6,000, or leave it empty."))],
    )

    def terms(self) -> Terms:
        return Terms(
            self.purpose.data or "",
            self.rhythm.data or "",
            self.every_days.data,
            self.arranges.data or "both",
            self.monthly_minutes.data,
        )


class PairForm(TermsForm):
    how = RadioField(_l("Do they know?"), choices=choices_of(HOW), default="ask")
    mentor_id = SelectField(_l("Mentor"), coerce=int, validators=[NumberRange(1, message=_l("Choose the mentor."))])
    mentee_id = SelectField(_l("Mentee"), coerce=int, validators=[NumberRange(1, message=_l("Choose the mentee."))])
    started_on = DateField(_l("From which day"), validators=[InputRequired(_l("Say from which day on."))])
    programme_ids = Boxes(_l("Counts for"), coerce=int)

    def offer_programmes(self, programmes: list[tuple[int, str]]) -> None:
        """With none there is nothing to choose."""
        self.programme_ids.choices = choices_of(programmes)
        if not programmes:
            del self.programme_ids

    def counts_for(self) -> tuple[int, ...]:
        return tuple(self.programme_ids.data or ()) if "programme_ids" in self else ()

    def validate(self, extra_validators: Any = None) -> bool:
        """Nobody can be asked about being a pair with herself."""
        fine = bool(super().validate(extra_validators))
        if fine and self.mentor_id.data == self.mentee_id.data:
            self.mentee_id.errors = [_("Nobody is her own mentor. Choose somebody else.")]
        return fine and not self.errors


class RhythmForm(TermsForm):
    row_version = HiddenField()
