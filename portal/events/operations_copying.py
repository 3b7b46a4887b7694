"""Copying last term's event: its words, its plan, its credit and who leads it, not the people who came."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.activities.models import Participation
from portal.db import db, operation
from portal.events.drafts import MORE, TEXTS, EventDraft, SessionDraft
from portal.events.models import Event, Session
from portal.events.operations import plan_event
from portal.events.operations_credit import copy_credit
from portal.events.queries_leading import LEADING
from portal.events.times import moved, weeks_ahead
from portal.history import phrases, record
from portal.web import clock

phrases.declare({"event-copied": _l("Copied from “%(title)s”")})


@operation
def copy_event(event: Event, time_zone: str, by: int) -> Event:
    """A new draft with the same words, places, limits, credit and presenters, moved by whole weeks to the same weekdays.

    Bookings, attendance, joining links and approvals stay where they were: a link belongs to one meeting.
    """
    kept = [one for one in event.sessions if event.cancelled_at or not one.cancelled_at] or list(event.sessions)
    weeks = weeks_ahead(min(one.starts_at for one in kept), time_zone)
    sessions = [
        SessionDraft(moved(one.starts_at, weeks, time_zone), one.minutes, one.mode, one.place, "", one.capacity)
        for one in kept
    ]
    carried: dict[str, Any] = {key: getattr(event, key) for key in (*TEXTS, *MORE)}
    copy = plan_event(event.network_id, EventDraft(**carried, sessions=sessions), by)
    copy.copied_from_id = event.id
    copy_credit(event, copy)
    db.session.flush()
    # Planned in the order in which they were handed over.
    for old, new in zip(kept, sorted(copy.sessions, key=lambda one: one.id), strict=True):
        _copy_leaders(old, new, by)
    record(by, "event-copied", "event", copy.id, event.network_id, title=event.title)
    return copy


def _copy_leaders(old: Session, new: Session, by: int) -> None:
    rows = select(Participation).where(Participation.activity_id == old.id, Participation.capacity.in_(LEADING))
    for row in db.session.execute(rows.order_by(Participation.id)).scalars():
        db.session.add(
            Participation(
                activity_id=new.id,
                person_id=row.person_id,
                organisation_id=row.organisation_id,
                capacity=row.capacity,
                recorded_by=by,
                recorded_at=clock.now(),
            )
        )
