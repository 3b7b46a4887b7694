"""The waiting list moves up: whoever waited longest gets a place that came free, and is told."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from portal.db import db
from portal.events import letters
from portal.events.models import Booking, Session
from portal.events.queries_bookings import takes_a_place, waiting_in_order
from portal.history import phrases, record
from portal.web import clock

phrases.declare({"booking-moved-up": _l("A place came free for %(person)s")})
MANY = 10_000


def places_taken(session_id: int) -> int:
    """Places that count against the limit: members and guests, not observers."""
    query = select(func.count()).where(Booking.session_id == session_id, takes_a_place)
    return db.session.execute(query).scalar_one()


def fill_places(session: Session) -> int:
    """Give free places to those who wait, in their order, with a mail to each. Returns how many.

    Belongs into the operation that freed the places, under its write lock.
    """
    if session.cancelled_at or session.event.cancelled_at or session.starts_at <= clock.now():
        return 0
    db.session.flush()
    free = MANY if session.capacity is None else session.capacity - places_taken(session.id)
    if free <= 0:
        return 0
    moved_up = waiting_in_order(session.id, free)
    for booking in moved_up:
        booking.waiting_since, booking.placed_at = None, clock.now()
        record(None, "booking-moved-up", "booking", booking.id, person_id=booking.person_id)
    letters.tell_moved_up(session, [booking.person_id for booking in moved_up])
    return len(moved_up)
