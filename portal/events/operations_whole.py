"""A date more in a series that is booked as a whole: who comes to the others comes to it too."""

from collections.abc import Sequence

from sqlalchemy import select

from portal.db import db
from portal.events.models import Booking, Event, Session
from portal.events.moves import Moved
from portal.history import record
from portal.web import clock


def book_added(event: Event, added: Sequence[Session], by: int) -> list[Moved]:
    """Book the ``added`` sessions for everybody who holds a place or waits in the others that are still to come.

    Returns them as news for the mail. Belongs into the operation that changed the event. A place is a place: whoever
    holds one in the series holds one in the new date, even where it was given fewer places.
    """
    ahead = [one for one in added if one.starts_at > clock.now()]
    if not (event.books_whole and event.published_at and ahead):
        return []
    db.session.flush()
    known = [one.id for one in event.sessions if one not in added and not one.cancelled_at]
    like = _one_each(known)
    for session in ahead:
        for booking in like:
            new = _the_same(booking, session)
            db.session.add(new)
            db.session.flush()
            action = "booking-waits" if new.waiting_since else "booking-made"
            record(by, action, "booking", new.id, person_id=new.person_id)
    if not like:
        return []
    return [Moved(one, one.starts_at, one.minutes, one.mode, one.place, is_new=True) for one in ahead]


def _one_each(session_ids: list[int]) -> list[Booking]:
    """A booking of each person in the sessions still to come (one query)."""
    rows = db.session.execute(
        select(Booking)
        .join(Session, Session.id == Booking.session_id)
        .where(Booking.session_id.in_(session_ids), Booking.cancelled_at.is_(None), Session.starts_at > clock.now())
        .order_by(Booking.booked_at, Booking.id)
    ).scalars()
    return list({booking.person_id: booking for booking in rows}.values())


def _the_same(booking: Booking, session: Session) -> Booking:
    return Booking(
        session_id=session.id, person_id=booking.person_id, organisation_id=booking.organisation_id,
        organisation_typed=booking.organisation_typed, kind=booking.kind, booked_at=booking.booked_at,
        waiting_since=booking.waiting_since, offered_until=booking.offered_until, placed_at=booking.placed_at,
        needs=booking.needs, subject=booking.subject, wants_credit=booking.wants_credit, reach_by=booking.reach_by,
    )  # fmt: skip
