"""Which session a page of this room is about, and who may keep its sheet."""

from typing import Any

from flask import url_for

from portal.attendance.hours import Hours
from portal.events import policy
from portal.events.models import Event, Session
from portal.events.queries_event import event_in, facilitators_of
from portal.networks.scope import here
from portal.web.errors import NotHere, NotYours

PATH = "/<int:event_id>/sessions/<int:session_id>/attendance"


def session_in(event_id: int, session_id: int) -> Session:
    """A session of this network. Raises NotHere."""
    return _of(event_in(here().network.id, event_id), session_id)


def session_to_mark(event_id: int, session_id: int) -> Session:
    """The session, for those who may take its attendance. Raises NotHere and NotYours."""
    event = event_in(here().network.id, event_id)
    session = _of(event, session_id)
    if not policy.can_take_attendance(here().membership, event.owner_id, facilitators_of(session_id)):
        raise NotYours
    return session


def _of(event: Event, session_id: int) -> Session:
    session = next((one for one in event.sessions if one.id == session_id), None)
    if session is None:
        raise NotHere
    return session


def hours_of(session: Session) -> Hours:
    return Hours(session.starts_at, session.minutes, here().network.time_zone)


def ids(session: Session) -> dict[str, Any]:
    return {"event_id": session.event_id, "session_id": session.id}


def sheet_url(session: Session, anchor: str | None = None) -> str:
    return url_for("attendance.sheet", **ids(session), _anchor=anchor)
