"""One event and its evaluation: when it is over, who was there, who may say something about it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from portal.activities.models import Participation
from portal.db import db
from portal.events.models import Booking, Event, Session
from portal.events.queries_bookings import placed
from portal.surveys.models import Survey
from portal.surveys.queries import survey_about
from portal.web.errors import NotHere

SUBJECT, PURPOSE = "event", "evaluation"
# Who leads an evening or watches it is not asked what it was worth to her.
NOT_TAKING_PART = ("observer", "facilitator", "presenter")


def evaluation_of(event_id: int) -> Survey | None:
    """The event's survey, with its questions (two queries)."""
    return survey_about(SUBJECT, event_id, PURPOSE)


def event_by_link(event_id: int) -> Event:
    """A published event, as the holder of a mail's link may read of it. Raises NotHere."""
    event = db.session.get(Event, event_id)
    if event is None or event.deleted_at or not event.published_at:
        raise NotHere
    return event


def last_end(event: Event) -> datetime | None:
    """When its last session ends; None where all of them were called off."""
    return max((one.ends_at for one in event.sessions if not one.cancelled_at), default=None)


def was_there(event_id: Any, person_id: Any, taking_part: bool = False) -> ColumnElement[bool]:
    """She is marked for more than no minutes at one of the event's sessions; with ``taking_part``, as one who took part."""
    there: list[ColumnElement[bool]] = [
        Participation.activity_id == Session.id,
        Participation.person_id == person_id,
        Participation.minutes > 0,
        Session.event_id == event_id,
        Session.cancelled_at.is_(None),
    ]
    if taking_part:
        there.append(Participation.capacity.not_in(NOT_TAKING_PART))
    return exists().select_from(Session).where(*there)


def held_a_place(event_id: Any, person_id: Any) -> ColumnElement[bool]:
    """She had a place in a session whose sheet is still open and says nothing of her."""
    return (
        exists()
        .select_from(Session)
        .where(
            Booking.session_id == Session.id,
            Booking.person_id == person_id,
            Session.event_id == event_id,
            *held_and_unmarked(),
        )
    )


def held_and_unmarked() -> tuple[ColumnElement[bool], ...]:
    """For a query that joins booking and session."""
    marked = exists().where(
        Participation.activity_id == Booking.session_id,
        Participation.person_id == Booking.person_id,
        Participation.minutes.is_not(None),
    )
    is_open = and_(Session.attendance_closed_at.is_(None), Session.cancelled_at.is_(None))
    return (placed, Booking.kind != "observer", is_open, ~marked)


def is_asked(event_id: Any, person_id: Any) -> ColumnElement[bool]:
    """Whether she is one of those whom the evaluation is for, as the sheets stand now."""
    return or_(was_there(event_id, person_id, taking_part=True), held_a_place(event_id, person_id))


def may_answer(event_id: int, person_id: int) -> bool:
    """Whoever was there, in whatever part, and whoever had a place and is not marked yet (one query)."""
    may = or_(was_there(event_id, person_id), held_a_place(event_id, person_id))
    return bool(db.session.execute(select(may)).scalar())


def is_marked_there(event_id: int, person_id: int) -> bool:
    return bool(db.session.execute(select(was_there(event_id, person_id))).scalar())


def people_there(event_id: int) -> int:
    """How many different people took part."""
    counted = (
        select(func.count(func.distinct(Participation.person_id)))
        .join(Session, Session.id == Participation.activity_id)
        .where(
            Session.event_id == event_id,
            Session.cancelled_at.is_(None),
            Participation.minutes > 0,
            Participation.capacity.not_in(NOT_TAKING_PART),
        )
    )
    return int(db.session.execute(counted).scalar_one())


def unmarked_sessions(event_id: int, person_id: int) -> list[Session]:
    """The sessions in which she held a place and of which nobody knows yet whether she was there."""
    query = (
        select(Session)
        .join(Booking, Booking.session_id == Session.id)
        .where(Session.event_id == event_id, Booking.person_id == person_id, *held_and_unmarked())
        .order_by(Session.starts_at)
    )
    return list(db.session.execute(query).scalars())


def sessions_marked(event_id: int, person_id: int) -> list[int]:
    """The sessions for which the sheet says that she was there."""
    query = (
        select(Participation.activity_id)
        .join(Session, Session.id == Participation.activity_id)
        .where(Session.event_id == event_id, Participation.person_id == person_id, Participation.minutes > 0)
    )
    return list(db.session.execute(query).scalars())
