"""Who took part in a talk, as the ledger counts it. Support is the mentor's time alone; a group is one talk."""

from sqlalchemy import select

from portal.activities.models import Participation
from portal.activities.queries import affiliations_at
from portal.db import db
from portal.mentoring.models import MentoringContact
from portal.web import clock


def note_who_took_part(contact: MentoringContact, by: int) -> None:
    """Make the participations what the talk says now, each from where she worked on that day. Belongs inside an operation."""
    wanted = _capacities(contact)
    have = {one.person_id: one for one in _participations_of(contact)}
    for person_id, participation in have.items():
        if person_id not in wanted:
            db.session.delete(participation)
        else:
            participation.minutes = contact.minutes
    fresh = [person_id for person_id in wanted if person_id not in have]
    where = affiliations_at(fresh, contact.starts_at)
    for person_id in fresh:
        db.session.add(
            Participation(
                activity_id=contact.id,
                person_id=person_id,
                organisation_id=where.get(person_id),
                capacity=wanted[person_id],
                minutes=contact.minutes,
                how_recorded="self",
                recorded_by=by,
                recorded_at=clock.now(),
            )
        )


def _participations_of(contact: MentoringContact) -> list[Participation]:
    """Asked of the database: what the talk itself holds of them may be from before they were written."""
    rows = select(Participation).where(Participation.activity_id == contact.id)
    return list(db.session.execute(rows).scalars())


def _capacities(contact: MentoringContact) -> dict[int, str]:
    found = {told.pairing.mentor_id: "mentor" for told in contact.talks}
    if contact.contact_kind != "support":
        found |= {told.pairing.mentee_id: "mentee" for told in contact.talks}
    return found
