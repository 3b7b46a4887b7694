"""What's on: the sessions of a network as a list, the tabs over it, and the month beside it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import aliased

from portal.activities.models import Activity
from portal.db import Rows, db
from portal.events.models import Booking, Event, Session
from portal.events.queries_bookings import NO_PLACES, Places, places_of
from portal.events.times import start_of_day
from portal.web import clock

TABS = ("all", "mine", "past", "drafts")
_sibling = aliased(Session.__table__)
_its_activity = aliased(Activity.__table__)


@dataclass(frozen=True, slots=True)
class ListedSession:
    """One line of the list."""

    session_id: int
    event_id: int
    title: str
    strapline: str
    starts_at: datetime
    minutes: int
    mode: str
    place: str
    capacity: int | None
    cancelled_at: datetime | None
    cancel_reason: str
    published_at: datetime | None
    position: int
    sessions: int
    held_at: datetime | None
    places: Places = NO_PLACES

    @property
    def name(self) -> tuple[str, int, int]:
        return self.title, self.position, self.sessions

    @property
    def places_left(self) -> int | None:
        return self.places.left(self.capacity)

    @property
    def is_full(self) -> bool:
        return self.places.is_full(self.capacity)

    @property
    def can_book(self) -> bool:
        return bool(self.published_at and not self.cancelled_at and self.starts_at > clock.now())


# A date that was called off has no number among the others.
_siblings = (
    select(func.count())
    .select_from(_sibling.join(_its_activity, _its_activity.c.id == _sibling.c.id))
    .where(_sibling.c.event_id == Session.event_id, _its_activity.c.cancelled_at.is_(None))
    .correlate(Session)
    .scalar_subquery()
)
COLUMNS = (
    Session.id,
    Session.event_id,
    Event.title,
    Event.strapline,
    Session.starts_at,
    Session.minutes,
    Session.mode,
    Session.place,
    Session.capacity,
    func.coalesce(Session.cancelled_at, Event.cancelled_at).label("cancelled_at"),
    case((Session.cancelled_at.is_(None), Event.cancel_reason), else_=Session.cancel_reason).label("cancel_reason"),
    Event.published_at,
    Session.position,
    _siblings.label("sessions"),
    Session.held_at,
)


def sessions_under(tab: str, network_id: int, person_id: int, today: datetime) -> Rows:
    """The sessions of one tab, without order. ``today`` is the start of today on the network's clock."""
    return _every(network_id).where(_tab(tab, person_id, today))


def tab_counts(network_id: int, person_id: int, today: datetime) -> dict[str, int]:
    """How many sessions stand under each tab (one query)."""
    sums = [func.coalesce(func.sum(case((_tab(tab, person_id, today), 1), else_=0)), 0) for tab in TABS]
    row = db.session.execute(_every(network_id).with_only_columns(*sums)).one()
    return dict(zip(TABS, row, strict=True))


def listed(rows: list[Any], person_id: int | None) -> list[ListedSession]:
    """Rows of ``sessions_under`` with their places (one query)."""
    places = places_of([row[0] for row in rows], person_id)
    return [_listed(tuple(row), places[row[0]]) for row in rows]


def _listed(row: tuple[Any, ...], places: Places) -> ListedSession:
    return replace(ListedSession(*row), places=places)


@dataclass(frozen=True, slots=True)
class DayMark:
    """A day of the month on which something is on."""

    day: date
    event_id: int
    titles: str
    is_mine: bool


def days_of_month(network_id: int, person_id: int, first: date, after: date, time_zone: str) -> dict[date, DayMark]:
    """The days from ``first`` up to ``after`` on which a published event takes place (one query)."""
    start, end = (start_of_day(day, time_zone) for day in (first, after))
    rows = db.session.execute(
        _every(network_id)
        .with_only_columns(Session.starts_at, Session.event_id, Event.title, _mine(person_id))
        .where(Event.published_at.is_not(None), Event.cancelled_at.is_(None), Session.cancelled_at.is_(None))
        .where(Session.starts_at >= start, Session.starts_at < end)
        .order_by(Session.starts_at)
        .limit(200)
    )
    marks: dict[date, DayMark] = {}
    for starts_at, event_id, title, is_mine in rows:
        day = clock.local(starts_at, time_zone).date()
        before = marks.get(day)
        titles = f"{before.titles}, {title}" if before else title
        marks[day] = DayMark(
            day, before.event_id if before else event_id, titles, is_mine or bool(before and before.is_mine)
        )
    return marks


def _every(network_id: int) -> Rows:
    return (
        select(*COLUMNS)
        .join(Event, Event.id == Session.event_id)
        .where(Session.network_id == network_id, Session.kind == "session", Event.deleted_at.is_(None))
    )


def _mine(person_id: int) -> ColumnElement[bool]:
    return exists().where(
        Booking.session_id == Session.id, Booking.person_id == person_id, Booking.cancelled_at.is_(None)
    )


def _tab(tab: str, person_id: int, today: datetime) -> ColumnElement[bool]:
    published, ahead = Event.published_at.is_not(None), Session.starts_at >= today
    return {
        "all": and_(published, ahead),
        "mine": and_(published, ahead, _mine(person_id)),
        "past": and_(published, ~ahead),
        "drafts": Event.published_at.is_(None),
    }[tab]


def public_sessions(network_id: int) -> Rows:
    """What anybody may come to, from now on, without order. What has begun is gone by itself."""
    return _every(network_id).where(Event.published_at.is_not(None), Event.is_public, Session.starts_at > clock.now())
