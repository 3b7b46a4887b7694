"""Making the code on the wall, opening and ending the kiosk, and counting wrong codes."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.attendance import rules_codes as rules
from portal.attendance.queries_codes import sessions_with_code
from portal.db import operation
from portal.events.models import Session
from portal.history import phrases, record
from portal.web import clock, limits
from portal.web.errors import DomainError

phrases.declare(
    {
        "room-code-made": _l("%(actor)s made a room code"),
        "room-code-renewed": _l("%(actor)s made a new room code; the old one stopped working"),
        "kiosk-opened": _l("%(actor)s opened the kiosk"),
        "kiosk-ended": _l("%(actor)s ended the kiosk"),
    }
)


@operation
def make_code(session: Session, by: int) -> str:
    """A code of its own for this session; an older one stops working at once, and so does an open kiosk.

    Raises DomainError when it is over, called off, a draft, or its sheet is closed.
    """
    _refuse_off(session)
    had_one, now = session.room_code is not None, clock.now()
    code = rules.new_code()
    # Those to come count too: a session may be moved next to this one.
    while sessions_with_code(code, now):
        code = rules.new_code()
    session.room_code, session.room_code_made_at = code, now
    if had_one:
        session.kiosk_opened_at = None
    record(by, "room-code-renewed" if had_one else "room-code-made", "activity", session.id, session.network_id)
    return code


@operation
def open_kiosk(session: Session, by: int) -> None:
    """A link for the laptop by the door; a link from before stops working. Raises DomainError like a code."""
    _refuse_off(session)
    session.kiosk_opened_at = clock.now()
    record(by, "kiosk-opened", "activity", session.id, session.network_id)


@operation
def end_kiosk(session: Session, by: int) -> None:
    """The kiosk's link leads nowhere from now on."""
    if session.kiosk_opened_at is None:
        return
    session.kiosk_opened_at = None
    record(by, "kiosk-ended", "activity", session.id, session.network_id)


@operation
def note_wrong_code(client: str) -> None:
    """Count it for this address and for all together. Leaves no line: nothing happened."""
    limits.too_many("room-code", client, rules.WRONG_PER_CLIENT, rules.WINDOW)
    limits.too_many("room-code-all", "all", rules.WRONG_ALTOGETHER, rules.WINDOW)


def has_guessed(client: str) -> bool:
    """Whether this address was wrong too often to be answered now."""
    is_storm = limits.is_over("room-code-all", "all", rules.WRONG_ALTOGETHER, rules.WINDOW)
    most = rules.WRONG_IN_A_STORM if is_storm else rules.WRONG_PER_CLIENT
    return limits.is_over("room-code", client, most, rules.WINDOW)


def _refuse_off(session: Session) -> None:
    if session.attendance_closed_at:
        raise DomainError(_("The sheet is closed. Open it again, and people can sign in."))
    if not rules.is_on(session):
        raise DomainError(_("This is a draft or was called off, so nobody signs in."))
    if rules.closes_at(session) < clock.now():
        raise DomainError(_("This is over. Who came is marked on the sheet."))
