"""What people answer from a mail: not coming, passing a place on, taking one over."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.db import db, operation
from portal.events import letters_passing
from portal.events.models import Booking, Session
from portal.events.operations_booking import book, give_back
from portal.events.operations_newcomers import find_or_make
from portal.events.queries_acts import has_declined
from portal.events.queries_bookings import open_booking
from portal.history import phrases, record
from portal.web import clock, limits
from portal.web.errors import DomainError

phrases.declare(
    {
        "booking-declined": _l("%(person)s can’t come"),
        "booking-passed": _l("The place of %(person)s went to a colleague"),
    }
)
PASSES_A_DAY = 5


@operation
def decline(session: Session, person_id: int) -> None:
    """Not coming: a place is given back; without one the answer is noted, so that nobody asks again.

    Raises DomainError once it has begun.
    """
    if session.starts_at <= clock.now():
        raise DomainError(_("This has begun. Whoever takes the attendance notes who is not here."))
    if open_booking(session.id, person_id):
        give_back(session.event, [session.id], person_id, person_id)
    elif not has_declined(session.id, person_id):
        now = clock.now()
        answer = Booking(session_id=session.id, person_id=person_id, booked_at=now, cancelled_at=now)
        db.session.add(answer)
        db.session.flush()
        record(person_id, "booking-declined", "booking", answer.id, person_id=person_id)


@operation
def pass_on(session: Session, person_id: int, name: str, address: str) -> None:
    """Ask a colleague to come instead. Her place stays hers until the colleague takes it.

    Raises DomainError for too many on one day, a session that has begun, and for herself.
    """
    if limits.too_many("pass-on", str(person_id), PASSES_A_DAY, 24 * 60):
        raise DomainError(_("That is many in one day. Tell your coordinator, who can write to all of them."), "address")
    if session.starts_at <= clock.now():
        raise DomainError(_("This has begun."))
    colleague, _is_new = find_or_make(name, address, None, "passed on", clock.today(), person_id)
    if colleague == person_id:
        raise DomainError(_("That is your own address. Whom shall we ask?"), "address")
    mine = open_booking(session.id, person_id)
    letters_passing.ask_colleague(session, person_id, colleague, mine.id if mine else None)


@operation
def take_over(booking: Booking, session: Session, colleague_id: int, kind: str) -> bool:
    """The colleague comes instead, as a ``kind`` of her own.

    True when the very place changed hands, False when it was gone by then.
    """
    theirs = open_booking(session.id, colleague_id)
    if theirs is None and booking.cancelled_at is None and session.starts_at > clock.now():
        was_waiting, was_placed = booking.waiting_since, booking.placed_at
        booking.cancelled_at, booking.needs = clock.now(), ""
        db.session.flush()
        new = Booking(
            session_id=session.id, person_id=colleague_id, kind=kind, booked_at=clock.now(),
            waiting_since=was_waiting, placed_at=was_placed,
        )  # fmt: skip
        db.session.add(new)
        db.session.flush()
        record(colleague_id, "booking-passed", "booking", new.id, person_id=booking.person_id)
        letters_passing.tell_passed(session, booking.person_id, colleague_id)
        return True
    if theirs is None:
        book(session.event, [session.id], colleague_id, kind, by=colleague_id)
    return False
