"""When two organisations meet next, for those who are to be there: Today and the digest tell it beside the dates of pairs."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import exists, or_, select

from portal.activities.models import Participation
from portal.db import Rows
from portal.mentor_schools.models import OrganisationMeeting, OrganisationPair
from portal.mentor_schools.queries import Mentee, Mentor, in_state
from portal.people.models import Person

_meeting = OrganisationMeeting.__table__


def meetings_ahead(network_ids: Collection[int], person_ids: Collection[int], since: date) -> Rows:
    """One row for each date that was said, from ``since`` on, and each of these people whom it concerns.

    It concerns the leads of both sides, and whoever was at the meeting at which it was said.
    """
    leads = or_(Person.id == OrganisationPair.mentor_lead_id, Person.id == OrganisationPair.mentee_lead_id)
    was_there = exists().where(
        Participation.activity_id == _meeting.c.id, Participation.person_id == Person.id, Participation.minutes > 0
    )
    return (
        select(
            OrganisationPair.id.label("pair_id"),
            OrganisationPair.network_id,
            Mentor.name.label("mentor"),
            Mentee.name.label("mentee"),
            OrganisationPair.purpose,
            Person.id.label("person_id"),
            _meeting.c.next_on,
            leads.label("leads"),
        )
        .join(_meeting, _meeting.c.pair_id == OrganisationPair.id)
        .join(Mentor, Mentor.id == OrganisationPair.mentor_organisation_id)
        .join(Mentee, Mentee.id == OrganisationPair.mentee_organisation_id)
        .join(Person, or_(leads, was_there))
        .where(
            OrganisationPair.network_id.in_(network_ids),
            OrganisationPair.deleted_at.is_(None),
            in_state("running"),
            _meeting.c.deleted_at.is_(None),
            _meeting.c.next_on >= since,
            Person.id.in_(person_ids),
        )
        .distinct()
    )
