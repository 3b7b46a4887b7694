"""The people of a network whom an event may belong to."""

from collections.abc import Sequence

from sqlalchemy import and_, or_, select

from portal.activities.queries import affiliations_at
from portal.db import db
from portal.networks.models import Membership
from portal.organisations.models import Organisation
from portal.people.models import Person
from portal.web import clock

MOST = 200


def coordinators_of(network_id: int, also: Sequence[int | None] = ()) -> list[tuple[int, str]]:
    """Ids and names of those who coordinate, and of whoever else is named, by name (one query)."""
    now = and_(Membership.network_id == network_id, Membership.ended_at.is_(None), Membership.role == "coordinator")
    coordinating = select(Membership.person_id).where(now)
    wanted = [person_id for person_id in also if person_id]
    rows = db.session.execute(
        select(Person.id, Person.name)
        .where(or_(Person.id.in_(coordinating), Person.id.in_(wanted)))
        .order_by(Person.sort_name)
        .limit(MOST)
    )
    return [(person_id, name) for person_id, name in rows]


def school_of(person_id: int) -> str:
    """Where a person works now, or nothing (two queries)."""
    found = affiliations_at([person_id], clock.now())
    if not found:
        return ""
    return db.session.execute(select(Organisation.name).where(Organisation.id == found[person_id])).scalar_one()


def name_of(person_id: int | None) -> str:
    """The name of one person, or nothing."""
    if person_id is None:
        return ""
    return db.session.execute(select(Person.name).where(Person.id == person_id)).scalar_one_or_none() or ""
