"""Questions that other pages ask about sessions: my next one, this week's, those without a sheet, my hours."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, exists, func, or_, select

from portal.activities.models import Activity, Participation
from portal.activities.queries import Attended, attended_by
from portal.db import Rows, db
from portal.events.models import Booking, Event, Session
from portal.events.queries_bookings import placed
from portal.web import clock

MOST = 50


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session as another page shows it in one line."""

    session_id: int
    event_id: int
    title: str
    starts_at: datetime
    minutes: int
    mode: str
    place: str
    cancelled_at: datetime | None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class MySession:
    """My next session: the line, and whether I hold a place or wait for one. The link only with a place."""

    line: SessionLine
    is_waiting: bool
    joining_link: str


@dataclass(frozen=True, slots=True)
class UnmarkedSession:
    """A session that is over and whose sheet still has people without a mark."""

    line: SessionLine
    unmarked: int
    marked: int

    @property
    def total(self) -> int:
        return self.unmarked + self.marked


def next_session_of(person_id: int, network_id: int) -> MySession | None:
    """The next session that this person has booked or waits for, if any (one query)."""
    query = (
        _lines(network_id, Booking.waiting_since, Session.joining_link)
        .join(Booking, and_(Booking.session_id == Session.id, Booking.cancelled_at.is_(None)))
        .where(Booking.person_id == person_id, *_takes_place())
        .where(Session.starts_at >= clock.now() - timedelta(hours=3))
        .order_by(Session.starts_at, Session.id)
    )
    # One that has begun is still the next until it is over.
    for *line, waiting_since, link in db.session.execute(query.limit(5)):
        found = SessionLine(*line)
        if found.ends_at > clock.now():
            return MySession(found, waiting_since is not None, "" if waiting_since else link)
    return None


def unmarked_sessions(network_id: int) -> list[UnmarkedSession]:
    """Sessions of the last year that are over, whose sheet is open, and where somebody has no mark (one query).

    A sheet on which nobody booked and nobody was marked waits too. The oldest first.
    """
    is_marked = (Participation.activity_id == Session.id, Participation.minutes.is_not(None))
    marked = select(func.count()).select_from(Participation).where(*is_marked).scalar_subquery()
    hers = exists().where(*is_marked, Participation.person_id == Booking.person_id).correlate(Session, Booking)
    unmarked = select(func.count()).where(Booking.session_id == Session.id, placed, ~hers).scalar_subquery()
    now = clock.now()
    query = (
        _lines(network_id, unmarked, marked)
        .where(*_takes_place(), Session.attendance_closed_at.is_(None))
        .where(Session.starts_at < now, Session.starts_at > now - timedelta(days=365))
        .where(or_(unmarked > 0, marked == 0))
        .order_by(Session.starts_at, Session.id)
        .limit(MOST)
    )
    found = [UnmarkedSession(SessionLine(*line), left, done) for *line, left, done in db.session.execute(query)]
    return [one for one in found if one.line.ends_at <= now]


def hours_of(person_id: int, start: datetime, end: datetime, network_id: int | None = None) -> list[Attended]:
    """What a person attended in a span, with minutes, newest first; all networks unless one is named (one query)."""
    query = hours_select(person_id, start, end, network_id).order_by(Activity.starts_at.desc())
    return [Attended(*row) for row in db.session.execute(query)]


def hours_select(person_id: int, start: datetime, end: datetime, network_id: int | None = None) -> Rows:
    """The same as a select for a listing."""
    return attended_by(person_id, start, end, network_id).join(Session.__table__, _is_session)


_is_session = Session.__table__.c.id == Participation.activity_id


def _lines(network_id: int, *more: Any) -> Rows:
    cancelled_at = case((Session.cancelled_at.is_not(None), Session.cancelled_at), else_=Event.cancelled_at)
    return (
        select(
            Session.id,
            Session.event_id,
            Event.title,
            Session.starts_at,
            Session.minutes,
            Session.mode,
            Session.place,
            cancelled_at.label("cancelled_at"),
            *more,
        )
        .join(Event, Event.id == Session.event_id)
        .where(Session.network_id == network_id, Session.kind == "session", Event.deleted_at.is_(None))
    )


def _takes_place() -> tuple[Any, ...]:
    return (Event.published_at.is_not(None), Event.cancelled_at.is_(None), Session.cancelled_at.is_(None))
