"""The waiting list moves up: who waited longest gets a place that came free, or an offer of it, and is told."""

from flask_babel import lazy_gettext as _l

from portal.db import db
from portal.events import letters_places
from portal.events.models import Event, Session
from portal.events.offers import offer_ends
from portal.events.queries_acts import network_of
from portal.events.queries_places import Floor, Turn, given_together, in_line
from portal.history import phrases, record
from portal.web import clock

phrases.declare(
    {
        "booking-moved-up": _l("A place came free for %(person)s"),
        "booking-offered": _l("A place that came free is kept for %(person)s"),
    }
)


def fill_places(session: Session, nobody_twice: bool = False) -> int:
    """Give what is free in a session, or in the whole series with it, to those who wait; returns to how many.

    Who waits for a seat of her school is passed over until there is one. With ``nobody_twice`` nobody is asked again
    who let an offer pass. Belongs into the operation that freed the places, under its write lock.
    """
    return sum(_fill(session.event, unit, nobody_twice) for unit in given_together(session.event, [session.id]))


def fill_all(event: Event) -> int:
    """The same for every session of an event: there are more places, or other rules."""
    units = given_together(event, [session.id for session in event.sessions])
    return sum(_fill(event, unit, nobody_twice=False) for unit in units)


def _fill(event: Event, unit: list[Session], nobody_twice: bool) -> int:
    db.session.flush()
    floor = Floor(unit, event.seats_per_school)
    if floor.is_full():
        return 0
    served = []
    for turn in in_line(unit):
        passed_over = nobody_twice and turn.let_pass
        if not passed_over and floor.has_room(turn.school, turn.session_ids):
            floor.take(turn.school, turn.session_ids)
            _serve(event, unit, turn)
            served.append(turn)
        if floor.is_full():
            break
    return len(served)


def _serve(event: Event, unit: list[Session], turn: Turn) -> None:
    """Give the place, or keep it for her until she has answered."""
    hers = [session for session in unit if session.id in turn.session_ids]
    until = None
    if event.confirm_hours:
        first = min(session.starts_at for session in hers)
        until = offer_ends(clock.now(), event.confirm_hours, first, network_of(event).time_zone)
    for booking in turn.bookings:
        if until:
            booking.offered_until = until
        else:
            booking.waiting_since, booking.placed_at = None, clock.now()
        action = "booking-offered" if until else "booking-moved-up"
        record(None, action, "booking", booking.id, person_id=turn.person_id)
    db.session.flush()
    if until:
        letters_places.tell_offered(event, hers, turn.person_id, until)
    else:
        letters_places.tell_moved_up(event, hers, turn.person_id)
