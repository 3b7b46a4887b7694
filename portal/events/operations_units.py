"""Booking what is given together: one session, or all that is ahead of a series. The rule itself is in queries_places."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.db import db
from portal.events.models import Booking, Event, Session
from portal.events.queries_places import Floor, in_line, school_key
from portal.history import phrases, record
from portal.web import clock

phrases.declare(
    {
        "booking-made": _l("A place was booked for %(person)s"),
        "booking-waits": _l("%(person)s joined the waiting list"),
    }
)


def book_unit(
    event: Event,
    unit: list[Session],
    chosen: list[Session],
    person_id: int,
    by: int | None,
    held: dict[int, Booking],
    details: dict[str, Any],
    is_proven: bool,
) -> list[Booking]:
    """All of a unit gets a place, or all of it waits. Belongs into the operation that books, under its write lock."""
    db.session.flush()
    fresh = [session for session in chosen if session.id not in held]
    waiting = [held[one.id] for one in chosen if one.id in held and held[one.id].waiting_since]
    is_free = details["kind"] == "observer" or _is_free(event, unit, [*fresh, *waiting], person_id, details)
    if is_proven:
        for session in chosen:
            if session.id in held:
                held[session.id].needs = details["needs"] or held[session.id].needs
        _take(waiting, is_free, person_id)
    made = [_new(session, person_id, by, is_free, details) for session in fresh]
    return [held[session.id] for session in chosen if session.id in held] + made


def _is_free(
    event: Event, unit: list[Session], asked: Sequence[Session | Booking], person_id: int, details: dict[str, Any]
) -> bool:
    """A place in each, a seat of her school, and nobody before her who could have it."""
    ids = [one.session_id if isinstance(one, Booking) else one.id for one in asked]
    floor = Floor(unit, event.seats_per_school)
    if not floor.has_room(school_key(details["organisation_id"], details["organisation_typed"]), ids):
        return False
    before = [turn for turn in in_line(unit) if turn.person_id != person_id and not turn.let_pass]
    return not any(floor.has_room(turn.school, turn.session_ids) for turn in before)


def _take(waiting: Sequence[Booking], is_free: bool, person_id: int) -> None:
    """Who waits and asks again takes what is kept for her, or what nobody before her wants."""
    for booking in waiting:
        if booking.offered_until or is_free:
            booking.waiting_since = booking.offered_until = None
            booking.placed_at = clock.now()
            record(person_id, "booking-made", "booking", booking.id, person_id=person_id)


def _new(session: Session, person_id: int, by: int | None, has_place: bool, details: dict[str, Any]) -> Booking:
    now = clock.now()
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
    record(by, "booking-made" if has_place else "booking-waits", "booking", booking.id, person_id=person_id)
    return booking
