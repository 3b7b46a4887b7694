"""A place was kept for somebody: she takes it, lets it go, or the time runs out and the next is asked."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.db import db, operation, writing
from portal.events import letters_places
from portal.events.models import Booking, Session
from portal.events.operations_places import fill_places
from portal.events.queries_bookings import open_bookings
from portal.events.queries_offers import run_out, sessions_with_a_line
from portal.events.queries_places import given_together
from portal.history import phrases, record
from portal.web import clock
from portal.web.errors import DomainError
from portal.web.housekeeping import each_hour, each_round

phrases.declare(
    {
        "offer-taken": _l("%(person)s took the place that was kept"),
        "offer-ran-out": _l("The place was kept for %(person)s in vain; she waits at the end of the list"),
        "place-not-forgotten": _l("A free place was found for those who wait"),
    }
)
BATCH = 20


@operation
def take_offer(session: Session, person_id: int) -> None:
    """She takes the place that is kept for her, in the whole series where it is booked as a whole.

    As long as nobody else was asked it is hers, even some minutes late. Raises DomainError when it is gone.
    """
    kept = [one for one in _hers(session, person_id) if one.offered_until]
    if not kept:
        raise DomainError(_("The place was kept until an hour that is over, and is with somebody else by now."))
    for booking in kept:
        booking.offered_until = booking.waiting_since = None
        booking.placed_at = clock.now()
        record(person_id, "offer-taken", "booking", booking.id, person_id=person_id)
    db.session.flush()
    letters_places.tell_moved_up(session.event, [_session(session, one) for one in kept], person_id)


def let_offers_run_out() -> int:
    """Ask the next where an answer did not come in time; returns how many ran out. Done at each round of the worker."""
    ended = 0
    while db.session.execute(run_out(clock.now()).limit(1)).first():
        with writing():
            found = _end_offers()
        ended += found
        if found == 0:
            break
    return ended


@operation
def _end_offers() -> int:
    """One small transaction: she goes to the end of the list and is told, and the place goes to the next."""
    bookings = db.session.execute(run_out(clock.now()).limit(BATCH)).scalars().all()
    by_person: dict[tuple[int, int], list[Booking]] = {}
    for booking in bookings:
        event_id = db.session.get_one(Session, booking.session_id).event_id
        by_person.setdefault((event_id, booking.person_id), []).append(booking)
    for (_event, person_id), hers in by_person.items():
        _end_one(hers, person_id)
    return len(bookings)


def _end_one(bookings: list[Booking], person_id: int) -> None:
    sessions = [db.session.get_one(Session, booking.session_id) for booking in bookings]
    for booking in bookings:
        # Later than she booked: by that it is known that she let an offer pass.
        booking.offered_until, booking.waiting_since = None, clock.now()
        record(None, "offer-ran-out", "booking", booking.id, person_id=person_id)
    db.session.flush()
    # An offer that outlived its session, or its event, is nobody's news.
    open_ones = [one for one in sessions if given_together(one.event, [one.id])]
    if open_ones:
        letters_places.tell_ran_out(open_ones[0].event, open_ones, person_id)
    for session in {one.id: one for one in open_ones}.values():
        fill_places(session, nobody_twice=True)


@operation
def fill_forgotten_places() -> int:
    """A safety net: places that came free beside every operation (a person erased, two records made one)."""
    moved = 0
    for session in sessions_with_a_line(clock.now()):
        found = fill_places(session, nobody_twice=True)
        if found:
            record(None, "place-not-forgotten", "event", session.event_id, session.network_id)
        moved += found
    return moved


def _hers(session: Session, person_id: int) -> list[Booking]:
    unit = [one.id for part in given_together(session.event, [session.id]) for one in part]
    return list(open_bookings(unit, person_id).values())


def _session(session: Session, booking: Booking) -> Session:
    return next(one for one in session.event.sessions if one.id == booking.session_id)


each_round(let_offers_run_out)
each_hour(fill_forgotten_places)
