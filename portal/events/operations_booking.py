"""Booking a place, waiting for one, giving it back. The last place is given once: every step holds the write lock."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.activities.queries import affiliations_at
from portal.db import db, operation
from portal.events import letters
from portal.events.models import Booking, Event, Session
from portal.events.operations_places import fill_places
from portal.events.operations_units import book_unit
from portal.events.queries_bookings import open_bookings
from portal.events.queries_places import given_together
from portal.history import phrases, record
from portal.web import clock
from portal.web.errors import DomainError

phrases.declare({"booking-given-back": _l("The booking of %(person)s was given back")})


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
    *,
    is_proven: bool = True,
    tell: bool = True,
    said: dict[str, Any] | None = None,
    **details: Any,
) -> list[Booking]:
    """Book a place in each of these sessions, or the next turn on its waiting list; one mail tells of all.

    A series that is booked as a whole gives all its sessions ahead, or a turn for all of them. Whoever has a place
    already keeps it; who waits takes a place that is kept for her or free by now. What was asked for before is changed
    only where it ``is_proven`` who asks. ``details`` are columns of the booking (subject, wants_credit …), ``said``
    goes into the mail. Raises DomainError for an event or session that can't be booked now.
    """
    _refuse_closed(event)
    wanted = _bookable(event, session_ids)
    at_work = affiliations_at([person_id], clock.now()).get(person_id) if organisation_id is None else organisation_id
    details |= {"organisation_id": at_work, "organisation_typed": organisation_typed, "needs": needs, "kind": kind}
    held = open_bookings([session.id for session in event.sessions], person_id)
    _refuse_same_hour(event, wanted, held)
    bookings = []
    for unit in given_together(event, [session.id for session in wanted]):
        chosen = [session for session in unit if session in wanted]
        bookings += book_unit(event, unit, chosen, person_id, by, held, details, is_proven)
    db.session.flush()
    if tell:
        letters.tell_booked(event, person_id, bookings, **(said or {}))
    return bookings


@operation
def take_waited_for(event: Event, session_ids: Sequence[int], person_id: int) -> list[Booking]:
    """Who waits takes the place that is kept for her, or one that is free by now.

    Returns what became a place, with a mail; nothing where she still waits. Raises DomainError like ``book``.
    """
    waiting = [one for one in open_bookings(session_ids, person_id).values() if one.waiting_since]
    if not waiting:
        raise DomainError(_("You do not wait for this any more."))
    kind, needs = waiting[0].kind, ""
    asked = [one.session_id for one in waiting]
    book(event, asked, person_id, kind, needs, waiting[0].organisation_id, waiting[0].organisation_typed, tell=False)
    placed = [one for one in waiting if one.waiting_since is None]
    if placed:
        letters.tell_booked(event, person_id, placed)
    return placed


@operation
def give_back(event: Event, session_ids: Sequence[int], person_id: int, by: int | None = None) -> int:
    """Cancel a person's bookings; the places go to those who wait. Returns how many were given back.

    In a series that is booked as a whole all that is still to come is given back. Raises DomainError once a session
    has begun.
    """
    asked = [session for session in event.sessions if session.id in session_ids]
    if event.books_whole and asked:
        asked = [one for one in event.sessions if one.starts_at > clock.now()] or asked
    held = open_bookings([session.id for session in asked], person_id)
    freed = [session for session in asked if session.id in held]
    for session in freed:
        if session.starts_at <= clock.now():
            raise DomainError(_("This has begun. Whoever takes the attendance notes who is not here."))
        forget_booking(held[session.id])
        record(by, "booking-given-back", "booking", held[session.id].id, person_id=person_id)
    for session in freed[:1] if event.books_whole else freed:
        fill_places(session)
    return len(freed)


def forget_booking(booking: Booking) -> None:
    """End a booking: what was told with it is nobody's business any more."""
    booking.cancelled_at, booking.offered_until = clock.now(), None
    booking.needs, booking.reach_by, booking.wants_credit = "", "", False


def _refuse_closed(event: Event) -> None:
    if not event.published_at or event.deleted_at:
        raise DomainError(_("This is not published yet, so nobody can book."))
    if event.cancelled_at:
        raise DomainError(_("This was called off."))


def _bookable(event: Event, session_ids: Sequence[int]) -> list[Session]:
    """The sessions that were chosen, each of which can be booked; all ahead where the series is one booking."""
    if event.books_whole:
        ahead = given_together(event, [session.id for session in event.sessions])
        session_ids = [session.id for unit in ahead for session in unit]
        if not session_ids:
            raise DomainError(_("This has begun, so it can’t be booked any more. Just come, and say your name."))
    wanted = [_bookable_one(event, session_id) for session_id in dict.fromkeys(session_ids)]
    if not wanted:
        raise DomainError(_("Choose at least one date."), "sessions")
    return wanted


def _bookable_one(event: Event, session_id: int) -> Session:
    # The lock keeps two people from taking the last place on databases that lock rows; SQLite has one writer.
    session = db.session.execute(
        select(Session).where(Session.id == session_id, Session.event_id == event.id).with_for_update()
    ).scalar_one_or_none()
    if session is None or session.cancelled_at:
        raise DomainError(_("This date was called off. Choose another one."), "sessions")
    if session.starts_at <= clock.now():
        raise DomainError(_("This has begun, so it can’t be booked any more. Just come, and say your name."))
    return session


def _refuse_same_hour(event: Event, wanted: Sequence[Session], held: dict[int, Booking]) -> None:
    """Nobody is in two rooms at once."""
    hers = [one for one in event.sessions if one in wanted or (one.id in held and not one.cancelled_at)]
    for first, second in pairwise(sorted(hers, key=lambda one: one.starts_at)):
        if second.starts_at < first.ends_at and (first.id not in held or second.id not in held):
            raise DomainError(_("Two of these dates are at the same hour. Choose one of them."), "sessions")
