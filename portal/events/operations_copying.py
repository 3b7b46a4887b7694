"""Copying last term's event: its words and its plan, not its people."""

from flask_babel import lazy_gettext as _l

from portal.db import db, operation
from portal.events.drafts import EventDraft, SessionDraft
from portal.events.models import Event
from portal.events.operations import plan_event
from portal.events.operations_credit import copy_credit
from portal.events.times import moved, weeks_ahead
from portal.history import phrases, record

phrases.declare({"event-copied": _l("Copied from “%(title)s”")})


@operation
def copy_event(event: Event, time_zone: str, by: int) -> Event:
    """A new draft with the same words, places and limits, moved by whole weeks to the same weekdays.

    Bookings, attendance and joining links stay where they were: a link belongs to one meeting.
    """
    kept = [one for one in event.sessions if event.cancelled_at or not one.cancelled_at] or list(event.sessions)
    weeks = weeks_ahead(min(one.starts_at for one in kept), time_zone)
    sessions = [
        SessionDraft(moved(one.starts_at, weeks, time_zone), one.minutes, one.mode, one.place, "", one.capacity)
        for one in kept
    ]
    texts = {key: getattr(event, key) for key in ("title", "strapline", "about", "for_whom", "cost", "getting_there")}
    copy = plan_event(event.network_id, EventDraft(**texts, is_public=event.is_public, sessions=sessions), by)
    copy.copied_from_id = event.id
    copy_credit(event, copy)
    db.session.flush()
    record(by, "event-copied", "event", copy.id, event.network_id, title=event.title)
    return copy
