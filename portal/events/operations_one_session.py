"""One session of several: called off with a sentence and put back on within a day, or moved. The others stay."""

from dataclasses import replace
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.attributes import flag_modified

from portal.db import db, operation
from portal.events import letters, versions
from portal.events.drafts import SessionDraft
from portal.events.models import Event, Session
from portal.events.operations_places import fill_places
from portal.events.operations_sessions import change_session, name_sessions
from portal.history import phrases, record
from portal.web import clock
from portal.web.errors import Conflict, DomainError

phrases.declare(
    {
        "session-called-off": _l("%(actor)s called one date off; %(count)s who booked were told"),
        "session-back-on": _l("%(actor)s put a date back on; %(count)s who booked were told"),
        "session-moved": _l("%(actor)s moved one date; %(count)s who booked were told"),
    }
)
UNDO = timedelta(days=1)


@operation
def call_session_off(session: Session, reason: str, by: int) -> int:
    """Call one session off; those who booked it or wait get a mail with the sentence and a calendar file that cancels it.

    Places are kept, in case it is put back on. Returns how many are told. Raises DomainError for a draft, a session that
    has begun, and for the only one that is left: then the event is called off.
    """
    event = session.event
    _refuse_unless_ahead(session)
    if not any(one is not session and not one.cancelled_at for one in event.sessions):
        raise DomainError(_("This is its only date. Call off the whole event instead."))
    session.cancelled_at, session.cancel_reason = clock.now(), reason
    session.sequence += 1
    _renumber(event)
    told = letters.tell_session_off(session)
    record(by, "session-called-off", "event", event.id, event.network_id, count=told)
    return told


@operation
def put_session_back_on(session: Session, by: int) -> int:
    """Take that back within a day: everybody keeps their place and is told. Returns how many.

    Raises DomainError later than that, once it would have begun, and while the whole event is called off.
    """
    event = session.event
    if not session.cancelled_at:
        raise DomainError(_("This date is not called off."))
    if event.cancelled_at:
        raise DomainError(_("The whole event is called off. Put that back on first."))
    if clock.now() - session.cancelled_at > UNDO or session.starts_at <= clock.now():
        raise DomainError(_("This was called off more than a day ago, or would have begun. Add a new date instead."))
    session.cancelled_at, session.cancel_reason = None, ""
    session.sequence += 1
    _renumber(event)
    told = letters.tell_back_on(event, [session])
    fill_places(session)
    record(by, "session-back-on", "event", event.id, event.network_id, count=told)
    return told


@operation
def move_session(session: Session, version: int, draft: SessionDraft, reason: str, by: int) -> int:
    """Move one session in time or place; those who booked it get a mail with the sentence and the new calendar entry.

    Its number of places stays. Returns how many are told. Raises Conflict when somebody saved meanwhile, DomainError
    when it has begun or was called off.
    """
    event = session.event
    if event.row_version != version:
        raise Conflict(versions.in_words(event))
    if session.cancelled_at or event.cancelled_at or session.starts_at <= clock.now():
        raise DomainError(_("This has begun or was called off, so it can’t be moved."))
    moves = change_session(session, replace(draft, capacity=session.capacity))
    if not moves:
        raise DomainError(_("Nothing is different yet: type the new time or place."))
    _renumber(event)
    told = letters.tell_changed(event, moves, reason) if event.published_at else 0
    fill_places(session)
    record(by, "session-moved", "event", event.id, event.network_id, count=told)
    return told


def _refuse_unless_ahead(session: Session) -> None:
    if not session.event.published_at:
        raise DomainError(_("Nobody has seen this draft. Take the date out of it instead."))
    if session.cancelled_at or session.event.cancelled_at:
        raise DomainError(_("This was called off already."))
    if session.starts_at <= clock.now():
        raise DomainError(_("This has begun. Only a date that is still to come can be called off."))


def _renumber(event: Event) -> None:
    """Number the dates anew. The event's version goes up, so that whoever has its form open is warned."""
    name_sessions(event)
    flag_modified(event, "title")
    db.session.flush()
