"""The sessions of an event as they are planned and changed. These belong into the operation on their event."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import delete, exists, select

from portal.activities.models import Participation
from portal.db import db
from portal.events.drafts import SessionDraft
from portal.events.models import Booking, Event, Session
from portal.events.moves import Moved
from portal.events.queries_places import places_taken
from portal.web import clock
from portal.web.errors import DomainError

__all__ = ["Moved", "add_session", "apply_sessions", "change_session", "name_sessions"]
TOLD_OF = ("starts_at", "minutes", "mode", "place", "joining_link")


def add_session(event: Event, draft: SessionDraft, by: int) -> Session:
    """Add one session to an event."""
    session = Session(
        event=event,
        network_id=event.network_id,
        title=event.title,
        starts_at=draft.starts_at,
        minutes=draft.minutes,
        mode=draft.mode,
        place=draft.place,
        joining_link=draft.joining_link,
        capacity=draft.capacity,
        recorded_by=by,
        created_at=clock.now(),
    )
    db.session.add(session)
    return session


def apply_sessions(event: Event, drafts: Sequence[SessionDraft], by: int) -> list[Moved]:
    """Make the sessions what was typed. Returns those that moved or were taken out, for the mails."""
    known = {session.id: session for session in event.sessions}
    moves = []
    for draft in drafts:
        session = known.get(draft.id) if draft.id else None
        if session is None:
            if draft.id is None and not draft.is_removed:
                add_session(event, draft, by)
        elif draft.is_removed:
            moves += _take_out(event, session)
        else:
            moves += change_session(session, draft)
    name_sessions(event)
    return moves


def name_sessions(event: Event) -> None:
    """Number the sessions by their dates; in the ledger a series says which of its sessions a row is."""
    kept = sorted((one for one in event.sessions if not one.cancelled_at), key=lambda one: one.starts_at)
    for position, session in enumerate(kept, 1):
        session.position = position
        session.title = event.title
        if len(kept) > 1:
            session.title = _(
                "%(title)s, session %(number)s of %(count)s", title=event.title, number=position, count=len(kept)
            )


def change_session(session: Session, draft: SessionDraft) -> list[Moved]:
    """Make one session what was typed; how it was, where those who booked have to know. Raises DomainError."""
    before = _as_it_was(session)
    is_moved = any(getattr(session, key) != getattr(draft, key) for key in TOLD_OF)
    if session.held_at and (session.starts_at, session.minutes) != (draft.starts_at, draft.minutes):
        _refuse_shorter_than_marked(session, draft.minutes)
    _refuse_fewer_than_booked(session, draft.capacity)
    for key in TOLD_OF:
        setattr(session, key, getattr(draft, key))
    session.capacity = draft.capacity
    if not is_moved:
        return []
    session.sequence += 1
    return [before]


def _refuse_fewer_than_booked(session: Session, capacity: int | None) -> None:
    """Nobody loses a place by a figure that was typed."""
    if capacity is None or capacity == session.capacity:
        return
    taken = places_taken(session.id)
    if capacity < taken:
        sentence = ngettext(
            "%(num)s person holds a place already. Type %(num)s or more.",
            "%(num)s people hold a place already. Type %(num)s or more.",
            taken,
        )
        raise DomainError(sentence, f"sessions.{session.id}.capacity")


def _refuse_shorter_than_marked(session: Session, minutes: int) -> None:
    longer = exists().where(Participation.activity_id == session.id, Participation.minutes > minutes)
    if db.session.execute(select(longer)).scalar():
        raise DomainError(_("Somebody is marked for longer than that. Change the sheet first."), "sessions")


def _take_out(event: Event, session: Session) -> list[Moved]:
    """A session that nobody booked goes; one that people know of is called off."""
    if session.held_at:
        raise DomainError(_("A session that took place can't be taken out."), "sessions")
    came = exists().where(Participation.activity_id == session.id, Participation.arrived_at.is_not(None))
    if db.session.execute(select(came)).scalar():
        raise DomainError(_("Somebody has signed in to this session already, so it can’t be taken out."), "sessions")
    before = _as_it_was(session, is_taken_out=True)
    if db.session.execute(select(exists().where(Booking.session_id == session.id))).scalar():
        session.cancelled_at = clock.now()
        session.sequence += 1
        return [before]
    db.session.execute(delete(Participation).where(Participation.activity_id == session.id))
    event.sessions.remove(session)
    db.session.delete(session)
    return []


def _as_it_was(session: Session, is_taken_out: bool = False) -> Moved:
    return Moved(session, session.starts_at, session.minutes, session.mode, session.place, is_taken_out)
