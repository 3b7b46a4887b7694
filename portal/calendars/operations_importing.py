"""Bringing a calendar in: its entries become events, and what it says anew of known ones moves their dates."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from portal.calendars.importing import Change, New, Plan, about_of, left_of
from portal.calendars.models import ImportedSession
from portal.calendars.queries_importing import ForNetwork
from portal.db import db, operation
from portal.events.drafts import EventDraft, SessionDraft
from portal.events.models import Event, Session
from portal.events.operations import change_event, delete_draft, plan_event
from portal.events.operations_calling_off import call_off
from portal.events.queries_event import event_in
from portal.history import phrases, record
from portal.web import clock
from portal.web.calendars_in import Left
from portal.web.calendars_in_found import Date, Found
from portal.web.errors import DomainError

phrases.declare(
    {"calendar-imported": _l("%(actor)s brought in a calendar: %(created)s new events, %(updated)s changed")}
)


@dataclass
class BroughtIn:
    """What came of a file, counted in its entries; read = created + updated + unchanged + skipped + rejected."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    told: int = 0
    left: list[Left] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        rejected = sum(one.is_refused for one in self.left)
        numbers = {key: getattr(self, key) for key in ("read", "created", "updated", "unchanged")}
        return numbers | {"skipped": len(self.left) - rejected, "rejected": rejected}


@operation
def bring_in(
    plan: Plan, network: ForNetwork, by: int | None, publish: bool = False, whole_days: bool = False
) -> BroughtIn:
    """Do what a plan says, in one transaction. Events are drafts unless ``publish``; nobody is mailed about a new one.

    Who booked a date that moves or goes is told by ``change_event`` and ``call_off``. What they refuse is left, with
    their sentence; the rest is done all the same.
    """
    result = BroughtIn(plan.reading.entries, unchanged=_entries(plan.same), left=list(plan.left))
    events = dict.fromkeys(("created", "updated"), 0)
    for new in [*plan.new, *(plan.whole_days if whole_days else [])]:
        _add(new, network, by, publish)
        result.created += len(new.found.numbers)
        events["created"] += 1
    for change in plan.changes:
        try:
            with db.session.begin_nested():
                result.told += _follow(change, network, by)
        except DomainError as refusal:
            result.left += left_of(change.found, refusal.sentence, is_refused=True)
        else:
            result.updated += len(change.found.numbers)
            events["updated"] += 1
    if not whole_days:
        for new in plan.whole_days:
            result.left += left_of(new.found, _("It is a whole day, and whole days were left out."))
    if any(events.values()):
        record(by, "calendar-imported", "network", network.id, network.id, **events)
    return result


def _entries(found: Sequence[Found]) -> int:
    return sum(len(one.numbers) for one in found)


def _add(new: New, network: ForNetwork, by: int | None, publish: bool) -> None:
    dates = new.found.kept
    draft = EventDraft(
        title=new.found.title,
        about=about_of(new.found),
        # For members until somebody opens it: the other calendar was not written for the public.
        is_public=False,
        owner_id=by or network.owner_id,
        sessions=[_session(date) for date in dates],
    )
    event = plan_event(network.id, draft, by or network.owner_id, publish)
    for session, date in zip(event.sessions, dates, strict=True):
        _remember(session.id, new.found, date, network.id, by)


def _session(date: Date) -> SessionDraft:
    return SessionDraft(date.starts_at, date.minutes, _mode(date.place, date.link), date.place, date.link)


def _mode(place: str, link: str) -> str:
    if not link:
        return "in_person"
    return "hybrid" if place else "online"


def _remember(session_id: int, found: Found, date: Date, network_id: int, by: int | None) -> None:
    db.session.add(
        ImportedSession(
            session_id=session_id,
            network_id=network_id,
            uid_hash=found.uid_hash,
            occurrence=date.key,
            sequence=date.sequence,
            mark=date.mark,
            imported_at=clock.now(),
            imported_by=by,
        )
    )


def _follow(change: Change, network: ForNetwork, by: int | None) -> int:
    """Make the dates of a known event what the file says. Returns how many people were told."""
    event = event_in(network.id, change.event_id)
    actor = by or network.owner_id
    gone = {one.session_id for one in change.gone}
    kept = [one for one in event.sessions if not one.cancelled_at and one.id not in gone]
    if not kept and not change.added:
        told = _all_gone(event, actor)
    else:
        told = _change(event, change, gone, actor)
    _note(event, change, network, by)
    return told


def _all_gone(event: Event, by: int) -> int:
    if event.published_at:
        return call_off(event, _("Called off in the calendar that it came from."), by)
    delete_draft(event, by)
    return 0


def _change(event: Event, change: Change, gone: set[int], by: int) -> int:
    moved = {one.session_id: date for one, date in change.moved}
    sessions = [
        _as_said(_as_it_stands(SessionDraft, one), moved.get(one.id), one.id in gone)
        for one in event.sessions
        if not one.cancelled_at
    ]
    draft = _as_it_stands(EventDraft, event, sessions=sessions + [_session(date) for date in change.added])
    return change_event(event, event.row_version, draft, by).told


def _as_it_stands(kind: Any, row: Event | Session, **more: Any) -> Any:
    """What is there, as a draft that changes nothing."""
    held = {one.name: getattr(row, one.name) for one in fields(kind) if one.name not in more and hasattr(row, one.name)}
    return kind(**held, **more)


def _as_said(draft: SessionDraft, date: Date | None, is_gone: bool) -> SessionDraft:
    """The date as the file has it now; a place or a link that was added here stays where the file names none."""
    if date is None:
        return replace(draft, is_removed=is_gone)
    place, link = date.place or draft.place, date.link or draft.joining_link
    mode = _mode(place, link) if date.place or date.link else draft.mode
    return replace(draft, starts_at=date.starts_at, minutes=date.minutes, mode=mode, place=place, joining_link=link)


def _note(event: Event, change: Change, network: ForNetwork, by: int | None) -> None:
    """Keep what the file said, so that the same file says nothing new."""
    for one, date in change.moved:
        db.session.execute(
            update(ImportedSession)
            .where(ImportedSession.session_id == one.session_id)
            .values(occurrence=date.key, sequence=date.sequence, mark=date.mark, imported_at=clock.now())
        )
    fresh = sorted(event.sessions, key=lambda one: one.id)[len(event.sessions) - len(change.added) :]
    by_start = zip(sorted(fresh, key=lambda one: one.starts_at), change.added, strict=True)
    for session, date in by_start:
        _remember(session.id, change.found, date, network.id, by)
