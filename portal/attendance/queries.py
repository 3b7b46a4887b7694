"""The sheet of a session: who booked, who came besides, and what is marked so far."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, and_, func, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.expression import column, table

from portal.activities.models import Participation
from portal.attendance.hours import counted
from portal.db import Rows, db
from portal.events.models import Booking, Session
from portal.events.queries_leading import LEADING
from portal.people.models import Person
from portal.web.errors import NotHere

_organisation = table("organisation", column("id", Integer), column("name", String))
_recorder = aliased(Person)
MOST = 2000
# Ways of signing in for oneself, in the room.
IN_THE_ROOM = ("code", "kiosk")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One person of the sheet. ``minutes`` None is not counted yet, 0 is not here; ``arrived_at`` besides None is "in
    the room, not counted yet". ``how``, ``by`` and ``recorded_at`` say who wrote it last, and when.
    """

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
    how: str = ""
    by: str = ""
    recorded_at: datetime | None = None
    booked_at: datetime | None = None

    @property
    def is_counted(self) -> bool:
        return self.minutes is not None

    @property
    def is_in_room(self) -> bool:
        """Signed in, not counted yet."""
        return self.minutes is None and self.arrived_at is not None

    @property
    def is_marked(self) -> bool:
        return self.is_counted or self.is_in_room

    @property
    def is_observer(self) -> bool:
        return self.capacity == "observer"

    @property
    def is_leading(self) -> bool:
        """Named as leading or presenting and without a booking: on the sheet, and nobody waits for a mark."""
        return self.kind == "" and self.capacity in LEADING

    @property
    def is_walk_in(self) -> bool:
        return self.kind == "" and not self.is_leading

    @property
    def is_expected(self) -> bool:
        """Whoever is on it to be marked, or is marked by now."""
        return self.is_marked or not (self.is_waiting or self.is_leading)

    @property
    def is_own_word(self) -> bool:
        return self.how == "self"

    @property
    def signed_in(self) -> bool:
        """Her arrival was noted by code or kiosk; a later correction of the minutes keeps that moment."""
        return self.arrived_at is not None and self.how in IN_THE_ROOM

    @property
    def state(self) -> str:
        """What stood on the sheet when it was opened, so that nobody overwrites what another marked meanwhile."""
        if not self.is_marked:
            return ""
        minutes = "" if self.minutes is None else str(self.minutes)
        return f"{minutes}.{self.capacity}.{_minute(self.arrived_at)}.{_minute(self.left_at)}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows, and how far the marking is."""

    rows: list[SheetRow]

    @property
    def expected(self) -> list[SheetRow]:
        """Those to be marked; people on the waiting list, and who leads without a booking, only once they are."""
        return [row for row in self.rows if row.is_expected]

    @property
    def listed(self) -> list[SheetRow]:
        """Those a closed sheet names: whoever leads it too."""
        return [row for row in self.rows if row.is_expected or row.is_leading]

    def beginning_with(self, letters: str) -> list[SheetRow]:
        """Those whose surname begins like that; everybody without letters."""
        wanted = letters.casefold()
        return [row for row in self.rows if row.sort_name.casefold().startswith(wanted)]

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
    def unmarked_rows(self) -> list[SheetRow]:
        return [row for row in self.expected if not row.is_marked]

    @property
    def in_room(self) -> list[SheetRow]:
        """Signed in, not counted yet."""
        return [row for row in self.rows if row.is_in_room]

    def until_the_end(self, session: Session) -> list[SheetRow]:
        """Those of them whom closing counts to the end."""
        return [row for row in self.in_room if counted(session.starts_at, session.minutes, row.arrived_at, None)]

    def after_the_end(self, session: Session) -> list[SheetRow]:
        """Those who signed in only when it was over: closing can not know how long they were there."""
        return [row for row in self.in_room if not counted(session.starts_at, session.minutes, row.arrived_at, None)]

    @property
    def uses_codes(self) -> bool:
        """Somebody signed herself in, so that whoever did not stands out."""
        return any(row.signed_in for row in self.rows)

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


def sheet_of(session_id: int, cancelled_after: datetime | None = None) -> Sheet:
    """Everybody who booked or was marked, those without a mark first, then by name (one query).

    With ``cancelled_after``, whoever gave her place back after that moment too.
    """
    query = rows_of(session_id, cancelled_after)
    query = query.order_by(Participation.minutes.is_not(None), Person.sort_name, Person.id).limit(MOST)
    seen = {row.person_id: row for row in (_row(one) for one in db.session.execute(query))}
    return Sheet(list(seen.values()))


def row_of(session_id: int, person_id: int) -> SheetRow:
    """One row of it (one query). Raises NotHere for somebody who is not on the sheet."""
    row = db.session.execute(rows_of(session_id).where(Person.id == person_id)).first()
    if row is None:
        raise NotHere
    return _row(row)


def rows_of(session_id: int, cancelled_after: datetime | None = None) -> Rows:
    """The rows of a sheet as a select."""
    held: ColumnElement[bool] = Booking.cancelled_at.is_(None)
    if cancelled_after:
        held = or_(held, and_(Booking.cancelled_at > cancelled_after, Booking.placed_at.is_not(None)))
    booking = and_(Booking.person_id == Person.id, Booking.session_id == session_id, held)
    there = and_(Participation.person_id == Person.id, Participation.activity_id == session_id)
    booked = select(Booking.person_id).where(Booking.session_id == session_id, held)
    marked = select(Participation.person_id).where(Participation.activity_id == session_id)
    school = func.coalesce(Participation.organisation_id, Booking.organisation_id)
    return (
        select(
            *(Person.id, Person.name, Person.sort_name),
            func.coalesce(_organisation.c.name, Booking.organisation_typed, ""),
            func.coalesce(Booking.kind, ""),
            Booking.waiting_since.is_not(None),
            school,
            Participation.minutes,
            func.coalesce(Participation.capacity, ""),
            *(Participation.arrived_at, Participation.left_at),
            func.coalesce(Participation.how_recorded, ""),
            func.coalesce(_recorder.name, ""),
            Participation.recorded_at,
            Booking.booked_at,
        )
        .select_from(Person)
        .outerjoin(Booking, booking)
        .outerjoin(Participation, there)
        .outerjoin(_organisation, _organisation.c.id == school)
        .outerjoin(_recorder, _recorder.id == Participation.recorded_by)
        .where(or_(Person.id.in_(booked), Person.id.in_(marked)))
    )


def _row(row: Any) -> SheetRow:
    """Whoever booked as an observer starts as one; everybody else as taking part."""
    person_id, name, sort_name, school, kind, is_waiting, organisation_id, minutes, capacity, *rest = row
    was = capacity or ("observer" if kind == "observer" else "participant")
    about = (person_id, name, sort_name, school, kind, bool(is_waiting), organisation_id)
    return SheetRow(*about, minutes, was, *rest)


def _minute(moment: datetime | None) -> str:
    return "" if moment is None else str(int(moment.timestamp()) // 60)
