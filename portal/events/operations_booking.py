"""Booking a place, waiting for one, giving it back. The last place is given once: every step holds the write lock."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.activities.queries import affiliations_at
from portal.db import db, operation
from portal.events import letters
from portal.events.models import Booking, Event, Session
from portal.events.operations_places import fill_places, places_taken
from portal.events.queries_bookings import open_booking, waiting_in_order
from portal.history import phrases, record
from portal.web import clock
from portal.web.errors import DomainError

phrases.declare(
    {
        "booking-made": _l("A place was booked for %(person)s"),
        "booking-waits": _l("%(person)s joined the waiting list"),
        "booking-given-back": _l("The booking of %(person)s was given back"),
    }
)


@operation
def book(
    event: Event,
    session_ids: Sequence[int],
    person_id: int,
    kind: str = "member",
    needs: str = "",
    organisation_id: int | None = None,
    organisation_typed: str = "",
    by: int | None = None,
) -> list[Booking]:
    """Book a place in each of these sessions, or the next turn on its waiting list; one mail tells of all.

    Whoever has a place already keeps it. Raises DomainError for an event or session that can't be booked now.
    """
    _refuse_closed(event)
    wanted = [_bookable(event, session_id) for session_id in session_ids]
    if not wanted:
        raise DomainError(_("Choose at least one date."), "sessions")
    at_work = affiliations_at([person_id], clock.now()).get(person_id) if organisation_id is None else organisation_id
    details: dict[str, object] = {
        "organisation_id": at_work,
        "organisation_typed": organisation_typed,
        "needs": needs,
        "kind": kind,
    }
    bookings = [_book_one(session, person_id, by, details) for session in wanted]
    db.session.flush()
    letters.tell_booked(event, person_id, bookings)
    return bookings


@operation
def give_back(event: Event, session_ids: Sequence[int], person_id: int, by: int | None = None) -> int:
    """Cancel a person's bookings; the places go to those who wait. Returns how many were given back.

    Raises DomainError once a session has begun.
    """
    given = 0
    for session in event.sessions:
        booking = open_booking(session.id, person_id) if session.id in session_ids else None
        if booking is None:
            continue
        if session.starts_at <= clock.now():
            raise DomainError(_("This has begun. Whoever takes the attendance notes who is not here."))
        booking.cancelled_at, booking.needs = clock.now(), ""
        record(by, "booking-given-back", "booking", booking.id, person_id=person_id)
        fill_places(session)
        given += 1
    return given


def _refuse_closed(event: Event) -> None:
    if not event.published_at or event.deleted_at:
        raise DomainError(_("This is not published yet, so nobody can book."))
    if event.cancelled_at:
        raise DomainError(_("This was called off."))


def _bookable(event: Event, session_id: int) -> Session:
    # The lock keeps two people from taking the last place on databases that lock rows; SQLite has one writer.
    session = db.session.execute(
        select(Session).where(Session.id == session_id, Session.event_id == event.id).with_for_update()
    ).scalar_one_or_none()
    if session is None or session.cancelled_at:
        raise DomainError(_("This date was called off. Choose another one."), "sessions")
    if session.starts_at <= clock.now():
        raise DomainError(_("This has begun, so it can’t be booked any more. Just come, and say your name."))
    return session


def _book_one(session: Session, person_id: int, by: int | None, details: dict[str, object]) -> Booking:
    booking = open_booking(session.id, person_id)
    if booking:
        booking.needs = str(details["needs"]) or booking.needs
        return booking
    now = clock.now()
    has_place = details["kind"] == "observer" or _has_place(session)
    booking = Booking(
        session_id=session.id,
        person_id=person_id,
        booked_at=now,
        placed_at=now if has_place else None,
        waiting_since=None if has_place else now,
        **details,
    )
    db.session.add(booking)
    db.session.flush()
    action = "booking-made" if has_place else "booking-waits"
    record(by, action, "booking", booking.id, person_id=person_id)
    return booking


def _has_place(session: Session) -> bool:
    """Free, and nobody else waits for it."""
    if session.capacity is None:
        return True
    return places_taken(session.id) < session.capacity and not waiting_in_order(session.id, 1)
