"""Planning an event: write it, change it, publish it, throw a draft away and take that back."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.attributes import flag_modified

from portal.db import db, operation
from portal.events import letters, running_order, versions
from portal.events.drafts import MORE, TEXTS, EventDraft
from portal.events.evaluating import agree_on
from portal.events.models import Event
from portal.events.operations_places import fill_all
from portal.events.operations_sessions import Moved, add_session, apply_sessions, name_sessions
from portal.events.operations_whole import book_added
from portal.history import phrases, record
from portal.web import clock, prose
from portal.web.errors import Conflict, DomainError

phrases.declare(
    {
        "event-planned": _l("%(actor)s planned this"),
        "event-changed": _l("%(actor)s changed the words of this"),
        "event-moved": _l("%(actor)s changed when or where; %(count)s who booked were told"),
        "event-published": _l("%(actor)s published this"),
        "event-deleted": _l("%(actor)s deleted this draft"),
        "event-restored": _l("%(actor)s brought this draft back"),
    }
)


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a change: how many who booked were told, and how many moved up from the waiting list."""

    told: int
    promoted: int


@operation
def plan_event(network_id: int, draft: EventDraft, by: int, publish: bool = False) -> Event:
    """Write a new event with its sessions, as a draft unless ``publish``. Nobody is told by mail.

    Raises DomainError without any session.
    """
    kept = [session for session in draft.sessions if not session.is_removed]
    if not kept:
        raise DomainError(_("An event needs at least one session."), "sessions")
    event = Event(network_id=network_id, owner_id=draft.owner_id or by, created_at=clock.now(), title=draft.title)
    _take_texts(event, draft)
    db.session.add(event)
    for session in kept:
        add_session(event, session, by)
    name_sessions(event)
    db.session.flush()
    record(by, "event-planned", "event", event.id, network_id)
    if publish:
        publish_event(event, by)
    return event


@operation
def change_event(event: Event, version: int, draft: EventDraft, by: int) -> Changed:
    """Change an event. Those who booked a session that moves are told, and its calendar files go up one.

    A date that is added to a series which is booked as a whole is booked for all who come. Raises Conflict when
    somebody saved meanwhile, DomainError when no session would be left or more hold a place than there would be.
    """
    if event.row_version != version:
        raise Conflict(versions.in_words(event))
    if event.cancelled_at:
        raise DomainError(_("This event is called off. Take that back first."))
    if all(session.is_removed for session in draft.sessions):
        raise DomainError(_("An event needs at least one session."), "sessions")
    agree_on(event, draft.evaluation)
    texts_changed = _take_texts(event, draft)
    known = {session.id for session in event.sessions}
    moves = apply_sessions(event, draft.sessions, by)
    # The version goes up even where only a session changed, so that the next writer is warned.
    flag_modified(event, "title")
    db.session.flush()
    moves += book_added(event, [session for session in event.sessions if session.id not in known], by)
    told = letters.tell_changed(event, moves) if event.published_at else 0
    promoted = fill_all(event)
    _note_change(event, moves, texts_changed, told, by)
    return Changed(told, promoted)


@operation
def publish_event(event: Event, by: int) -> None:
    """Let the network (and the public, where it is open) see it and book. Nobody is told by mail."""
    if event.published_at:
        raise DomainError(_("This is published already."))
    event.published_at = clock.now()
    record(by, "event-published", "event", event.id, event.network_id)


@operation
def delete_draft(event: Event, by: int) -> None:
    """Throw a draft away; ``restore_draft`` takes that back. What is published is called off instead."""
    if event.published_at:
        raise DomainError(_("People may have seen this. Call it off instead, so that they are told."))
    event.deleted_at = clock.now()
    for session in event.sessions:
        session.cancelled_at = session.cancelled_at or event.deleted_at
    record(by, "event-deleted", "event", event.id, event.network_id)


@operation
def restore_draft(event: Event, by: int) -> None:
    for session in event.sessions:
        if session.cancelled_at == event.deleted_at:
            session.cancelled_at = None
    event.deleted_at = None
    record(by, "event-restored", "event", event.id, event.network_id)


def _take_texts(event: Event, draft: EventDraft) -> bool:
    changed = False
    for key in (*TEXTS, *MORE):
        if getattr(event, key) != getattr(draft, key):
            setattr(event, key, getattr(draft, key))
            changed = True
    if draft.owner_id and event.owner_id != draft.owner_id:
        event.owner_id, changed = draft.owner_id, True
    event.about_html = str(prose.render(running_order.raised(running_order.split(draft.about)[0])))
    return changed


def _note_change(event: Event, moves: list[Moved], texts_changed: bool, told: int, by: int) -> None:
    if moves:
        record(by, "event-moved", "event", event.id, event.network_id, count=told)
    elif texts_changed:
        record(by, "event-changed", "event", event.id, event.network_id)
