"""This week as a timetable, and this term in four figures."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, func, select

from portal.activities.counting import RULES, Span, figures
from portal.activities.models import Activity, Participation
from portal.db import db
from portal.events.models import Booking, Event, Session
from portal.networks.models import NetworkOrganisation
from portal.networks.terms import TermHere
from portal.organisations.models import Organisation
from portal.web import clock

TERM_FIGURES = ("people", "attendances", "organisations", "first-timers")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on one day."""

    at: datetime
    title: str
    event_id: int
    place: str
    mode: str
    booked: int
    is_cancelled: bool
    is_mine: bool


@dataclass(slots=True)
class Day:
    on: date
    is_today: bool
    items: list[Item] = field(default_factory=list)


def midnight(day: date, time_zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(time_zone)).astimezone(UTC)


def this_week(network_id: int, person_id: int, time_zone: str) -> list[Day]:
    """Monday to Friday with their sessions, and a weekend day only where something is on (one query). At a weekend the next one."""
    today = clock.today(time_zone)
    monday = today - timedelta(days=today.weekday())
    if today.weekday() >= 5:
        # At a weekend nobody plans the week that is over.
        monday += timedelta(days=7)
    days = {
        monday + timedelta(days=n): Day(monday + timedelta(days=n), monday + timedelta(days=n) == today)
        for n in range(7)
    }
    for item in _sessions(
        network_id, person_id, midnight(monday, time_zone), midnight(monday + timedelta(days=7), time_zone)
    ):
        days[clock.local(item.at, time_zone).date()].items.append(item)
    return [day for day in days.values() if day.on.weekday() < 5 or day.items]


def _sessions(network_id: int, person_id: int, start: datetime, end: datetime) -> Iterator[Item]:
    booked = _bookings().correlate(Session).scalar_subquery()
    mine = _bookings(Booking.person_id == person_id).correlate(Session).scalar_subquery()
    rows = db.session.execute(
        select(
            Session.starts_at, Event.title, Event.id, Session.place, Session.mode, booked, Session.cancelled_at, mine
        )
        .join(Event, Event.id == Session.event_id)
        .where(
            Session.network_id == network_id,
            Session.starts_at >= start,
            Session.starts_at < end,
            Event.published_at.is_not(None),
            Event.deleted_at.is_(None),
        )
        .order_by(Session.starts_at)
    )
    return (
        Item(at, title, event_id, place, mode, int(count or 0), cancelled_at is not None, bool(is_mine))
        for at, title, event_id, place, mode, count, cancelled_at, is_mine in rows
    )


def _bookings(*more: ColumnElement[bool]) -> Select[int]:
    return select(func.count(Booking.id)).where(
        Booking.session_id == Session.id, Booking.cancelled_at.is_(None), Booking.waiting_since.is_(None), *more
    )


def term_figures(network_id: int, term: TermHere, time_zone: str) -> dict[str, int]:
    """People, attendances, organisations and first-timers of the running term (one statement)."""
    span = Span(
        (network_id,), midnight(term.starts_on, time_zone), midnight(term.ends_on + timedelta(days=1), time_zone)
    )
    return figures([rule for rule in RULES if rule.key in TERM_FIGURES], span)


@dataclass(frozen=True, slots=True)
class Silent:
    id: int
    name: str
    last_seen: datetime | None


def silent_organisations(network_id: int, since: datetime, limit: int = 5) -> tuple[list[Silent], int]:
    """Organisations of the network from which nobody came since a moment, longest unseen first, and how many in all."""
    last_seen = (
        select(func.max(Activity.starts_at))
        .join(Participation, Participation.activity_id == Activity.id)
        .where(
            Participation.organisation_id == Organisation.id,
            Activity.network_id == network_id,
            Activity.kind != "support_visit",
            Participation.minutes > 0,
        )
        .correlate(Organisation)
        .scalar_subquery()
    )
    found = (
        select(Organisation.id, Organisation.name, last_seen.label("last_seen"))
        .join(NetworkOrganisation, NetworkOrganisation.organisation_id == Organisation.id)
        .where(
            NetworkOrganisation.network_id == network_id,
            Organisation.closed_on.is_(None),
            and_(func.coalesce(NetworkOrganisation.since, date(1, 1, 1)) < since.date()),
        )
        .subquery()
    )
    quiet = found.c.last_seen.is_(None) | (found.c.last_seen < since)
    rows = db.session.execute(
        select(found, func.count().over())
        .where(quiet)
        .order_by(found.c.last_seen.asc().nulls_first(), found.c.name)
        .limit(limit)
    ).all()
    return [Silent(row[0], row[1], row[2]) for row in rows], (rows[0][3] if rows else 0)
