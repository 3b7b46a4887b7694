"""Questions about places: how many are taken, who waits, who comes from where."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Integer, String, and_, case, func, or_, select
from sqlalchemy.sql.expression import column, table

from portal.db import Rows, db
from portal.events.models import Booking, Session
from portal.people.models import Person

_organisation = table("organisation", column("id", Integer), column("name", String), column("sort_name", String))

placed = and_(Booking.cancelled_at.is_(None), Booking.waiting_since.is_(None))
_in_line = and_(Booking.cancelled_at.is_(None), Booking.waiting_since.is_not(None))
# A place is kept for her until she answers: nobody else gets it.
offered = and_(_in_line, Booking.offered_until.is_not(None))
waits = and_(_in_line, Booking.offered_until.is_(None))
takes_a_place = and_(or_(placed, offered), Booking.kind != "observer")


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one session, and mine among them: "placed", "offered", "waiting" or nothing.

    ``taken`` counts members and guests and the ``offered`` places that are kept for somebody; observers stand apart.
    """

    taken: int = 0
    waiting: int = 0
    observers: int = 0
    mine: str = ""
    offered: int = 0
    guests: int = 0

    def left(self, capacity: int | None) -> int | None:
        """How many are free; None where there is no limit."""
        return None if capacity is None else max(0, capacity - self.taken)

    def is_full(self, capacity: int | None) -> bool:
        """Whether the next one waits. Who waits beside a free place waits for a seat of her school or let an offer pass."""
        return capacity is not None and self.taken >= capacity


NO_PLACES = Places()


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
            func.max(case((and_(own, offered), "offered"), (and_(own, waits), "waiting"), (own, "placed"), else_="")),
            func.sum(case((offered, 1), else_=0)),
            func.sum(case((and_(placed, Booking.kind == "guest"), 1), else_=0)),
        )
        .where(Booking.session_id.in_(wanted), Booking.cancelled_at.is_(None))
        .group_by(Booking.session_id)
    )
    return found | {session_id: Places(*values) for session_id, *values in rows}


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
            Booking.subject,
            Booking.wants_credit,
            Booking.offered_until,
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


def open_bookings(session_ids: Iterable[int], person_id: int) -> dict[int, Booking]:
    """What a person holds or waits for in these sessions, by session (one query)."""
    query = select(Booking).where(
        Booking.session_id.in_(list(session_ids)), Booking.person_id == person_id, Booking.cancelled_at.is_(None)
    )
    return {booking.session_id: booking for booking in db.session.execute(query).scalars()}


def place_in_line(booking: Booking) -> int:
    """How many wait before her for the same session, and she: 1 is the next (one query)."""
    earlier = or_(
        Booking.waiting_since < booking.waiting_since,
        and_(Booking.waiting_since == booking.waiting_since, Booking.id <= booking.id),
    )
    query = select(func.count()).where(Booking.session_id == booking.session_id, waits, earlier)
    return max(1, db.session.execute(query).scalar_one())
