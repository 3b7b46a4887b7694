"""Whom to remind of a session: those who hold a place in it and were not told yet. Nobody else, ever."""

from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy import Select, and_, exists, or_, select

from portal.activities.models import Activity, Participation
from portal.events.models import Booking, Event, Session, SessionNotice
from portal.events.queries_bookings import placed
from portal.people.models import EmailAddress, Person

WEEK, DAY = timedelta(days=7), timedelta(days=1)
# Not on the heels of a booking: whoever books two days ahead needs no reminder of the week.
SINCE_BOOKING = timedelta(days=2)
AFTER = timedelta(hours=14), timedelta(days=3)
Due: TypeAlias = "Select[int, int, datetime]"


def due_ahead(kind: str, now: datetime) -> Due:
    """(session, person, start) of reminders a week or a day ahead that are due."""
    lead, no_later = (WEEK, 2 * DAY) if kind == "week" else (DAY, timedelta(hours=3))
    booked_before = Booking.booked_at < now - (SINCE_BOOKING if kind == "week" else timedelta(hours=6))
    return _due(kind).where(
        Session.starts_at <= now + lead,
        Session.starts_at > now + no_later,
        booked_before,
        Session.cancelled_at.is_(None),
    )


def due_after(now: datetime) -> Due:
    """(session, person, start) of those who held a place, whom nobody has marked while the sheet is open."""
    marked = exists().where(
        Participation.activity_id == Session.id,
        Participation.person_id == Booking.person_id,
        Participation.minutes.is_not(None),
    )
    soonest, latest = AFTER
    return _due("after").where(
        Session.starts_at < now - soonest,
        Session.starts_at > now - latest,
        Session.attendance_closed_at.is_(None),
        Session.cancelled_at.is_(None),
        ~marked,
    )


def _due(kind: str) -> Due:
    told = exists().where(
        SessionNotice.session_id == Booking.session_id,
        SessionNotice.person_id == Booking.person_id,
        SessionNotice.kind == kind,
        SessionNotice.starts_at == Activity.starts_at,
    )
    return (
        select(Session.id, Booking.person_id, Session.starts_at)
        .join(Event, Event.id == Session.event_id)
        .join(Booking, and_(Booking.session_id == Session.id, placed))
        .join(Person, Person.id == Booking.person_id)
        .where(
            Event.published_at.is_not(None),
            Event.deleted_at.is_(None),
            Event.cancelled_at.is_(None),
            Person.erased_at.is_(None),
            or_(exists().where(EmailAddress.person_id == Person.id, EmailAddress.is_primary), Booking.reach_by != ""),
            ~told,
        )
        .order_by(Session.starts_at, Booking.person_id)
    )
