"""What people type about mentor schools: the proposal, an aim, a meeting in half a minute, the end."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from portal.activities.forms_met import MetForm, as_typed
from portal.mentor_schools.models import OrganisationMeeting, OrganisationPair
from portal.mentor_schools.pairs import Aim, Meeting, Proposal, leads
from portal.web.choices import Boxes, OneOf, choices_of, grouped_choices
from portal.web.day_fields import DateField
from portal.web.forms import Form
from portal.web.numbers import number_of

# (value, label, group) of a select.
Triples = Sequence[tuple[str, str, str | None]]
RESULTS = (
    ("met", _l("Met")),
    ("partly", _l("Partly met")),
    ("not", _l("Not met")),
    ("changed", _l("It became something else")),
)
NOT_ON_THE_LIST = _l("Choose one of this network’s list.")
NOT_THERE = _l("She does not work there as far as we know. Choose somebody who does.")


def _version() -> IntegerField:
    return IntegerField(widget=HiddenInput(), validators=[Optional()])


class ChangeForm(Form):
    """What may change while the two stay the same two."""

    purpose = StringField(
        _l("What for"),
        validators=[
            InputRequired(_l("Say what for, in a line.")),
            Length(max=500, message=_l("Keep it under 500 characters.")),
        ],
    )
    mentor_lead = OneOf(_l("Who stands for the one that helps"), NOT_THERE, validators=[Optional()])
    mentee_lead = OneOf(_l("Who stands for the one that is helped"), NOT_THERE, validators=[Optional()])
    starts_on = DateField(_l("Starts"), validators=[InputRequired(_l("Say from which day on."))])
    ends_on = DateField(_l("Meant to end"), validators=[Optional()])
    row_version = _version()

    def offer_people(self, mentor: Triples, mentee: Triples) -> None:
        """Who can stand for each side, under where they work."""
        self.mentor_lead.choices = grouped_choices([("", _l("Not named yet"), None), *mentor])
        self.mentee_lead.choices = grouped_choices([("", _l("Not named yet"), None), *mentee])

    def changed(self, pair: OrganisationPair, with_leads: bool) -> Proposal:
        """What was typed; without the right to name leads they stay who they are."""
        assert self.starts_on.data is not None
        typed = number_of(self.mentor_lead.data), number_of(self.mentee_lead.data)
        mentor_lead, mentee_lead = typed if with_leads else leads(pair)
        return Proposal(
            pair.mentor_organisation_id,
            pair.mentee_organisation_id,
            self.purpose.data or "",
            self.starts_on.data,
            self.ends_on.data,
            mentor_lead,
            mentee_lead,
        )


class PairForm(ChangeForm):
    mentor = OneOf(_l("Who helps"), NOT_ON_THE_LIST, validators=[InputRequired(_l("Choose who helps."))])
    mentee = OneOf(_l("Who is helped"), NOT_ON_THE_LIST, validators=[InputRequired(_l("Choose who is helped."))])

    def offer(self, places: Triples, people: Triples) -> None:
        """What can be chosen: organisations under their kind, people under where they work."""
        self.mentor.choices = grouped_choices([("", _l("Choose"), None), *places])
        self.mentee.choices = grouped_choices([("", _l("Choose"), None), *places])
        self.offer_people(people, people)

    def proposal(self) -> Proposal:
        assert self.starts_on.data is not None
        return Proposal(
            mentor_organisation_id=number_of(self.mentor.data) or 0,
            mentee_organisation_id=number_of(self.mentee.data) or 0,
            purpose=self.purpose.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            mentor_lead_id=number_of(self.mentor_lead.data),
            mentee_lead_id=number_of(self.mentee_lead.data),
        )


class AimForm(Form):
    text = StringField(
        _l("What you want to have done"),
        validators=[
            InputRequired(_l("Say it in a line.")),
            Length(max=300, message=_l("Keep it under 300 characters.")),
        ],
    )
    seen_by = StringField(
        _l("How one will see it"), validators=[Length(max=300, message=_l("Keep it under 300 characters."))]
    )
    by_on = DateField(_l("By when"), validators=[Optional()])
    row_version = _version()

    def aim(self) -> Aim:
        return Aim(self.text.data or "", self.seen_by.data or "", self.by_on.data)


class CloseAimForm(Form):
    result = RadioField(
        _l("What came of it"), choices=choices_of(RESULTS), validators=[InputRequired(_l("Choose what came of it."))]
    )


class MeetingForm(MetForm):
    there = Boxes(_l("Who was there"))
    outcome = TextAreaField(
        _l("What came of it"), validators=[Length(max=2000, message=_l("Keep it under 2,000 characters."))]
    )
    next_on = DateField(_l("Next date"), validators=[Optional()])
    row_version = _version()

    def meeting(self, time_zone: str) -> Meeting:
        there = frozenset(number_of(one) or 0 for one in self.there.data or ())
        return Meeting(self.met(time_zone), there, self.outcome.data or "", self.next_on.data)


def filled(meeting: OrganisationMeeting, there: Sequence[int], time_zone: str) -> MeetingForm:
    """The form with a meeting in it that is known already."""
    typed: dict[str, Any] = as_typed(meeting, time_zone)
    return MeetingForm(
        **typed,
        there=[str(one) for one in there],
        outcome=meeting.outcome,
        next_on=meeting.next_on,
        row_version=meeting.row_version,
    )


class EndForm(Form):
    ended_on = DateField(_l("Ended"), validators=[InputRequired(_l("Say on which day."))])
    result = RadioField(
        _l("Was the purpose met?"),
        choices=choices_of(RESULTS),
        validators=[InputRequired(_l("Choose what came of it."))],
    )
    outcome = TextAreaField(
        _l("What came of it"), validators=[Length(max=4000, message=_l("Keep it under 4,000 characters."))]
    )
