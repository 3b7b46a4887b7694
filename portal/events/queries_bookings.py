"""Questions about places: how many are taken, who waits, who comes from where."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Integer, String, and_, case, func, select
from sqlalchemy.sql.expression import column, table

from portal.db import Rows, db
from portal.events.models import Booking, Session
from portal.people.models import Person

_organisation = table("organisation", column("id", Integer), column("name", String), column("sort_name", String))

placed = and_(Booking.cancelled_at.is_(None), Booking.waiting_since.is_(None))
waits = and_(Booking.cancelled_at.is_(None), Booking.waiting_since.is_not(None))
takes_a_place = and_(placed, Booking.kind != "observer")


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one session, and mine among them: "placed", "waiting" or nothing."""

    taken: int = 0
    waiting: int = 0
    observers: int = 0
    mine: str = ""

    def left(self, capacity: int | None) -> int | None:
        """How many are free; None where there is no limit."""
        return None if capacity is None else max(0, capacity - self.taken)

    def is_full(self, capacity: int | None) -> bool:
        """Whether the next one waits: nothing is free, or others wait already."""
        return capacity is not None and (self.taken >= capacity or self.waiting > 0)


NO_PLACES = Places()


@dataclass(frozen=True, slots=True)
class School:
    name: str
    people: int


def places_of(session_ids: Iterable[int], person_id: int | None) -> dict[int, Places]:
    """The places of several sessions at once (one query); sessions without bookings get zeros."""
    wanted = list(session_ids)
    found = dict.fromkeys(wanted, NO_PLACES)
    if not wanted:
        return found
    own = Booking.person_id == person_id
    rows = db.session.execute(
        select(
            Booking.session_id,
            func.sum(case((takes_a_place, 1), else_=0)),
            func.sum(case((waits, 1), else_=0)),
            func.sum(case((and_(placed, Booking.kind == "observer"), 1), else_=0)),
            func.max(case((and_(own, waits), "waiting"), (own, "placed"), else_="")),
        )
        .where(Booking.session_id.in_(wanted), Booking.cancelled_at.is_(None))
        .group_by(Booking.session_id)
    )
    return found | {session_id: Places(*values) for session_id, *values in rows}


def schools_coming(event_id: int) -> list[School]:
    """How many people come from each school, over all sessions of an event, each person once (one query)."""
    name = func.coalesce(_organisation.c.name, Booking.organisation_typed)
    people = func.count(func.distinct(Booking.person_id))
    rows = db.session.execute(
        select(name, people)
        .select_from(Booking)
        .join(Session.__table__, Session.__table__.c.id == Booking.session_id)
        .outerjoin(_organisation, _organisation.c.id == Booking.organisation_id)
        .where(Session.__table__.c.event_id == event_id, placed)
        .group_by(name)
        .order_by(people.desc(), name)
    )
    return [School(school, count) for school, count in rows]


def bookings_of(event_id: int) -> Rows:
    """Every open booking of an event with names, for the coordinator's list; a select for a listing."""
    session = Session.__table__.c
    return (
        select(
            Booking.id,
            Booking.person_id,
            Person.name,
            Person.sort_name,
            func.coalesce(_organisation.c.name, Booking.organisation_typed).label("school"),
            Booking.kind,
            Booking.booked_at,
            Booking.waiting_since,
            Booking.needs,
            Booking.session_id,
            session.position,
        )
        .select_from(Booking)
        .join(Session.__table__, session.id == Booking.session_id)
        .join(Person, Person.id == Booking.person_id)
        .outerjoin(_organisation, _organisation.c.id == Booking.organisation_id)
        .where(session.event_id == event_id, Booking.cancelled_at.is_(None))
    )


def open_booking(session_id: int, person_id: int) -> Booking | None:
    """The booking that a person holds or waits with, if any."""
    query = select(Booking).where(
        Booking.session_id == session_id, Booking.person_id == person_id, Booking.cancelled_at.is_(None)
    )
    return db.session.execute(query).scalar_one_or_none()


def waiting_in_order(session_id: int, limit: int) -> list[Booking]:
    """Who gets the next places, the longest waiting first."""
    order = (Booking.waiting_since, Booking.id)
    query = select(Booking).where(Booking.session_id == session_id, waits).order_by(*order).limit(limit)
    return list(db.session.execute(query).scalars())
