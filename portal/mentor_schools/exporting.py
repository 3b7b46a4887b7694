"""Mentor schools in the export of a lead, and what becomes of her side when she deletes herself."""

from typing import Any

from sqlalchemy import or_, select, update

from portal.db import db
from portal.mentor_schools.models import OrganisationPair
from portal.mentor_schools.pairs import state_of
from portal.mentor_schools.queries import Mentee, Mentor
from portal.people.exporting import declare_export
from portal.people.operations_leaving import at_erasure


def pairs_for_export(person_id: int) -> list[dict[str, Any]]:
    """The pairs in which she stands for one side. Meetings she was at are among what she took part in."""
    rows = db.session.execute(
        select(OrganisationPair, Mentor.name, Mentee.name)
        .join(Mentor, Mentor.id == OrganisationPair.mentor_organisation_id)
        .join(Mentee, Mentee.id == OrganisationPair.mentee_organisation_id)
        .where(or_(OrganisationPair.mentor_lead_id == person_id, OrganisationPair.mentee_lead_id == person_id))
        .where(OrganisationPair.deleted_at.is_(None))
        .order_by(OrganisationPair.starts_on)
    )
    return [
        {
            "helps": mentor,
            "is_helped": mentee,
            "purpose": pair.purpose,
            "starts_on": pair.starts_on,
            "ended_on": pair.ended_on,
            "state": state_of(pair),
            "result": pair.result,
            "outcome": pair.outcome,
        }
        for pair, mentor, mentee in rows
    ]


def leave_her_sides(person_id: int) -> None:
    """Where it goes on, coordinators see that nobody stands for that side now; what has ended keeps a former member."""
    for side in (OrganisationPair.mentor_lead_id, OrganisationPair.mentee_lead_id):
        hers = (side == person_id, OrganisationPair.ended_on.is_(None))
        db.session.execute(update(OrganisationPair).where(*hers).values({side: None}))


declare_export("mentor_schools", pairs_for_export)
at_erasure(leave_her_sides)
