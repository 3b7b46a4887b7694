"""Who took part in a talk, as the ledger counts it. Support is the mentor's time alone; a group is one talk."""

from sqlalchemy import Date, Integer, select
from sqlalchemy.sql.expression import column, table

from portal.activities.models import Participation
from portal.db import db
from portal.mentoring.models import MentoringContact
from portal.web import clock

_affiliation = table(
    "affiliation", column("person_id", Integer), column("organisation_id", Integer), column("ended_on", Date)
)


def note_who_took_part(contact: MentoringContact, by: int) -> None:
    """Make the participations what the talk says now, each from where she works now. Belongs inside an operation."""
    wanted = _capacities(contact)
    have = {one.person_id: one for one in _participations_of(contact)}
    for person_id, participation in have.items():
        if person_id not in wanted:
            db.session.delete(participation)
        else:
            participation.minutes = contact.minutes
    fresh = [person_id for person_id in wanted if person_id not in have]
    where = _organisations_of(fresh) if fresh else {}
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


def _organisations_of(people: list[int]) -> dict[int, int]:
    open_now = select(_affiliation.c.person_id, _affiliation.c.organisation_id).where(
        _affiliation.c.person_id.in_(people), _affiliation.c.ended_on.is_(None)
    )
    return {row.person_id: row.organisation_id for row in db.session.execute(open_now)}
