"""Who leads or presents which session, from the ledger: on the event's page now, on certificates later."""

from dataclasses import dataclass

from sqlalchemy import and_, select

from portal.activities.models import Participation
from portal.db import db
from portal.events.models import Session
from portal.networks.models import Membership
from portal.people.models import Person

LEADING = ("facilitator", "presenter")
MOST = 500


@dataclass(frozen=True, slots=True)
class Leader:
    session_id: int
    person_id: int
    name: str
    capacity: str
    # None until the sheet says how long she was there.
    minutes: int | None


def leaders_of(event_id: int) -> dict[int, list[Leader]]:
    """Who leads each session of an event, by session, presenters first (one query)."""
    rows = db.session.execute(
        select(Participation.activity_id, Person.id, Person.name, Participation.capacity, Participation.minutes)
        .join(Session.__table__, Session.__table__.c.id == Participation.activity_id)
        .join(Person, Person.id == Participation.person_id)
        .where(Session.__table__.c.event_id == event_id, Participation.capacity.in_(LEADING))
        .order_by(Participation.capacity.desc(), Person.sort_name)
    )
    found: dict[int, list[Leader]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(Leader(*row))
    return found


def leading_row(session_id: int, person_id: int) -> Participation | None:
    """A person's line in the ledger for a session, in whichever capacity."""
    query = select(Participation).where(Participation.activity_id == session_id, Participation.person_id == person_id)
    return db.session.execute(query).scalar_one_or_none()


def members_to_choose(network_id: int) -> list[tuple[int, str]]:
    """Ids and names of the members of a network who are known by name, to choose who leads (one query)."""
    now = and_(Membership.network_id == network_id, Membership.ended_at.is_(None))
    rows = db.session.execute(
        select(Person.id, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(now, Person.erased_at.is_(None))
        .order_by(Person.sort_name, Person.id)
        .limit(MOST)
    )
    return [(person_id, name) for person_id, name in rows]
