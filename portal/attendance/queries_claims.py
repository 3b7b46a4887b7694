"""What people say of themselves about a session, and whether they may still say it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from portal.activities.models import Participation
from portal.attendance.models import AttendanceClaim
from portal.attendance.queries import SheetRow, row_of
from portal.db import db
from portal.events.models import Session
from portal.people.models import Person
from portal.web import clock
from portal.web.errors import NotHere

# Providers of credit hours take late claims for 14 to 30 days and then close the list (practice.md 7.4): the shorter.
SAYABLE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Claim:
    """An open question: who says what, against what stands on the sheet."""

    id: int
    person_id: int
    name: str
    minutes: int
    arrived_at: datetime | None
    left_at: datetime | None
    said_at: datetime
    stands: int | None


def last_day_to_say(session: Session) -> datetime:
    """Until when people can say themselves that they were there."""
    return session.ends_at + SAYABLE


def is_sayable(session: Session) -> bool:
    """It has begun, was not called off, and the window is open."""
    is_on = session.cancelled_at is None and session.event.cancelled_at is None
    return is_on and session.starts_at <= clock.now() < last_day_to_say(session)


def own_row(session_id: int, person_id: int) -> SheetRow | None:
    """What the sheet says of her, or nothing where she is not on it (one query)."""
    try:
        return row_of(session_id, person_id)
    except NotHere:
        return None


def last_claim(session_id: int, person_id: int) -> AttendanceClaim | None:
    """What she asked last (one query)."""
    hers = (AttendanceClaim.session_id == session_id, AttendanceClaim.person_id == person_id)
    newest = select(AttendanceClaim).where(*hers).order_by(AttendanceClaim.id.desc()).limit(1)
    return db.session.execute(newest).scalar_one_or_none()


def claims_of(session_id: int) -> list[Claim]:
    """The open questions of a session, the oldest first (one query)."""
    there = (Participation.activity_id == session_id) & (Participation.person_id == AttendanceClaim.person_id)
    rows = db.session.execute(
        select(
            AttendanceClaim.id,
            AttendanceClaim.person_id,
            Person.name,
            AttendanceClaim.minutes,
            AttendanceClaim.arrived_at,
            AttendanceClaim.left_at,
            AttendanceClaim.said_at,
            Participation.minutes,
        )
        .join(Person, Person.id == AttendanceClaim.person_id)
        .outerjoin(Participation, there)
        .where(AttendanceClaim.session_id == session_id, AttendanceClaim.answered_at.is_(None))
        .where(Person.erased_at.is_(None))
        .order_by(AttendanceClaim.said_at, AttendanceClaim.id)
    )
    return [Claim(*row) for row in rows]


def claim_of(session_id: int, claim_id: int) -> AttendanceClaim:
    """One of the session's questions, answered or not. Raises NotHere."""
    found = db.session.get(AttendanceClaim, claim_id)
    if found is None or found.session_id != session_id:
        raise NotHere
    return found
