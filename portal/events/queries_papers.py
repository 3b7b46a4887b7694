"""Questions about what stays with an event. Who looks comes first: what she may not read is never loaded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from portal.activities.models import Activity, Participation
from portal.db import Rows, db
from portal.events.links_typed import fault_of, host_of
from portal.events.models import Booking, Session
from portal.events.models_papers import KINDS, EventPaper
from portal.files.models import StoredFile

MOST = 200
_session = Session.__table__.c


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever looks: the circles that she is in, and her id, by which it is asked whether she comes or came."""

    circles: frozenset[str]
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """One thing that stays: a file, a link or words."""

    id: int
    session_id: int | None
    kind: str
    title: str
    link: str
    words_html: Markup
    readers: str
    added_at: datetime
    file_id: int | None
    file_name: str | None
    size: int | None
    media_type: str | None
    # The date it belongs to; None for the whole event.
    starts_at: datetime | None

    @property
    def host(self) -> str:
        """Where its link leads, as far as a reader has to know; empty for what is no link."""
        return host_of(self.link) if self.link and not fault_of(self.link) else ""


def papers_of(event_id: int, reader: Reader) -> list[Paper]:
    """What this reader may see of it, by kind and then as it was added (one query)."""
    order = (case({kind: place for place, kind in enumerate(KINDS)}, value=EventPaper.kind), EventPaper.id)
    rows = db.session.execute(_papers().where(*_there(event_id), may_read(reader)).order_by(*order).limit(MOST))
    return [_paper(row) for row in rows]


def paper_of(event_id: int, paper_id: int, reader: Reader) -> tuple[Paper | None, bool]:
    """One of them, or None where there is none, and whether this reader may see it (one query)."""
    allowed = case((may_read(reader), 1), else_=0).label("allowed")
    query = _papers().add_columns(allowed).where(*_there(event_id), EventPaper.id == paper_id)
    row = db.session.execute(query).first()
    return (_paper(row[:-1]), bool(row[-1])) if row else (None, False)


def paper_in(event_id: int, paper_id: int, removed: bool = False) -> EventPaper | None:
    """The record to act on."""
    gone = EventPaper.removed_at.is_not(None) if removed else EventPaper.removed_at.is_(None)
    query = select(EventPaper).where(EventPaper.id == paper_id, EventPaper.event_id == event_id, gone)
    return db.session.execute(query).scalar_one_or_none()


def count_papers(event_id: int) -> int:
    return db.session.execute(select(func.count()).where(*_there(event_id))).scalar_one()


def may_read(reader: Reader) -> ColumnElement[bool]:
    """The readers that were chosen for a paper, as a condition on ``EventPaper``."""
    by_circle = EventPaper.readers.in_(sorted(reader.circles))
    if reader.person_id is None or "coming" in reader.circles:
        return by_circle
    return or_(by_circle, and_(EventPaper.readers == "coming", comes_or_came(reader.person_id)))


def comes_or_came(person_id: int) -> ColumnElement[bool]:
    """Whether she holds a place in any session of the paper's event, was there, or led it. Who waits does not come yet."""
    sessions = select(_session.id).where(_session.event_id == EventPaper.event_id)
    booked = exists().where(
        Booking.session_id.in_(sessions),
        Booking.person_id == person_id,
        Booking.cancelled_at.is_(None),
        Booking.waiting_since.is_(None),
    )
    led = Participation.capacity.in_(("facilitator", "presenter"))
    was_there = exists().where(
        Participation.activity_id.in_(sessions),
        Participation.person_id == person_id,
        or_(Participation.minutes > 0, led),
    )
    return or_(booked, was_there)


def _there(event_id: int) -> tuple[ColumnElement[bool], ...]:
    return (EventPaper.event_id == event_id, EventPaper.removed_at.is_(None))


def _papers() -> Rows:
    file = StoredFile
    return (
        select(
            EventPaper.id,
            EventPaper.session_id,
            EventPaper.kind,
            EventPaper.title,
            EventPaper.link,
            EventPaper.words_html,
            EventPaper.readers,
            EventPaper.added_at,
            EventPaper.stored_file_id,
            file.name,
            file.size,
            file.media_type,
            Activity.starts_at,
        )
        .outerjoin(file, file.id == EventPaper.stored_file_id)
        .outerjoin(Activity, Activity.id == EventPaper.session_id)
    )


def _paper(row: Any) -> Paper:
    values = list(row)
    # Made safe by web.prose when it was saved.
    values[5] = Markup(values[5])
    return Paper(*values)
