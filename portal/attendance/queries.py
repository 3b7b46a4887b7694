"""The sheet of a session: who booked, who came besides, and what is marked so far."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, String, and_, func, or_, select
from sqlalchemy.sql.expression import column, table

from portal.activities.models import Participation
from portal.db import db
from portal.events.models import Booking
from portal.people.models import Person

_organisation = table("organisation", column("id", Integer), column("name", String))
MOST = 2000


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One person of the sheet. ``minutes`` None is not marked, 0 is not here."""

    person_id: int
    name: str
    sort_name: str
    school: str
    kind: str
    is_waiting: bool
    organisation_id: int | None
    minutes: int | None
    capacity: str
    arrived_at: datetime | None
    left_at: datetime | None

    @property
    def is_marked(self) -> bool:
        return self.minutes is not None

    @property
    def is_observer(self) -> bool:
        return self.capacity == "observer"

    @property
    def is_walk_in(self) -> bool:
        return self.kind == ""

    @property
    def state(self) -> str:
        """What stood on the sheet when it was opened, so that nobody overwrites what another marked meanwhile."""
        return "" if self.minutes is None else f"{self.minutes}.{self.capacity}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows, and how far the marking is."""

    rows: list[SheetRow]

    @property
    def expected(self) -> list[SheetRow]:
        """Those the sheet is about; people on the waiting list only once they are marked."""
        return [row for row in self.rows if row.is_marked or not row.is_waiting]

    @property
    def marked(self) -> int:
        return sum(row.is_marked for row in self.rows)

    @property
    def total(self) -> int:
        return len(self.expected)

    @property
    def unmarked(self) -> int:
        return self.total - self.marked

    @property
    def here(self) -> int:
        """Who was there for more than no minutes, observers apart."""
        return sum(bool(row.minutes) and not row.is_observer for row in self.rows)

    @property
    def observers(self) -> int:
        return sum(bool(row.minutes) and row.is_observer for row in self.rows)

    @property
    def minutes(self) -> int:
        """Person-minutes of those who were there, observers apart."""
        return sum(row.minutes or 0 for row in self.rows if not row.is_observer)


def sheet_of(session_id: int) -> Sheet:
    """Everybody who booked or was marked, those without a mark first, then by name (one query)."""
    booking = and_(Booking.person_id == Person.id, Booking.session_id == session_id, Booking.cancelled_at.is_(None))
    there = and_(Participation.person_id == Person.id, Participation.activity_id == session_id)
    booked = select(Booking.person_id).where(Booking.session_id == session_id, Booking.cancelled_at.is_(None))
    marked = select(Participation.person_id).where(Participation.activity_id == session_id)
    school = func.coalesce(Participation.organisation_id, Booking.organisation_id)
    rows = db.session.execute(
        select(
            Person.id,
            Person.name,
            Person.sort_name,
            func.coalesce(_organisation.c.name, Booking.organisation_typed, ""),
            func.coalesce(Booking.kind, ""),
            Booking.waiting_since.is_not(None),
            school,
            Participation.minutes,
            func.coalesce(Participation.capacity, ""),
            Participation.arrived_at,
            Participation.left_at,
        )
        .select_from(Person)
        .outerjoin(Booking, booking)
        .outerjoin(Participation, there)
        .outerjoin(_organisation, _organisation.c.id == school)
        .where(or_(Person.id.in_(booked), Person.id.in_(marked)))
        .order_by(Participation.minutes.is_not(None), Person.sort_name, Person.id)
        .limit(MOST)
    )
    return Sheet([_row(row) for row in rows])


def _row(row: Any) -> SheetRow:
    """Whoever booked as an observer starts as one; everybody else as taking part."""
    person_id, name, sort_name, school, kind, is_waiting, organisation_id, minutes, capacity, arrived_at, left_at = row
    was = capacity or ("observer" if kind == "observer" else "participant")
    about = (person_id, name, sort_name, school, kind, bool(is_waiting), organisation_id)
    return SheetRow(*about, minutes, was, arrived_at, left_at)
