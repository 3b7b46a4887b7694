"""Offers that ran out, and sessions ahead for which somebody waits."""

from datetime import datetime

from sqlalchemy import Select, exists, select

from portal.db import db
from portal.events.models import Booking, Event, Session
from portal.events.queries_bookings import waits


def run_out(now: datetime) -> "Select[Booking]":
    """The open bookings whose place was kept until a moment that is over."""
    return (
        select(Booking)
        .where(
            Booking.offered_until <= now,
            Booking.cancelled_at.is_(None),
            # One that became a place keeps no offer; asked for all the same, the round could never end on it.
            Booking.waiting_since.is_not(None),
        )
        .order_by(Booking.offered_until, Booking.id)
    )


def sessions_with_a_line(now: datetime) -> list[Session]:
    """Sessions of published events that are still to come and for which somebody waits (one query)."""
    rows = db.session.execute(
        select(Session)
        .join(Event, Event.id == Session.event_id)
        .where(
            Session.starts_at > now,
            Session.cancelled_at.is_(None),
            Event.published_at.is_not(None),
            Event.cancelled_at.is_(None),
            Event.deleted_at.is_(None),
            exists().where(Booking.session_id == Session.id, waits),
        )
        .order_by(Session.starts_at)
    )
    return list(rows.scalars())
