"""Who gets a place: the rule, written once. What is free, how many seats a school has, who waits in which order.

Sessions whose places are given together (a series that is booked as a whole) are one ``unit``; else each is its own.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from portal.db import db
from portal.events.models import Booking, Event, Session
from portal.events.queries_bookings import takes_a_place, waits
from portal.web import clock

# A school as places are counted: its row, or its name as a guest typed it. None: no school was named.
SchoolKey = tuple[int, str] | None


@dataclass(frozen=True, slots=True)
class Turn:
    """One person who waits, with her bookings in the unit."""

    person_id: int
    bookings: list[Booking]

    @property
    def school(self) -> SchoolKey:
        return school_key(self.bookings[0].organisation_id, self.bookings[0].organisation_typed)

    @property
    def session_ids(self) -> list[int]:
        return [booking.session_id for booking in self.bookings]

    @property
    def let_pass(self) -> bool:
        """She let an offer run out and went to the end: whoever comes new to a free place is not kept behind her."""
        first = self.bookings[0]
        return first.waiting_since is not None and first.waiting_since > first.booked_at


class Floor:
    """The places of a unit while the write lock is held, and what becomes of them as they are given."""

    def __init__(self, unit: Sequence[Session], seats_per_school: int | None) -> None:
        self.seats = seats_per_school
        self._of_school, taken = _taken([session.id for session in unit])
        self._free = {
            one.id: None if one.capacity is None else max(0, one.capacity - taken[one.id]) for one in unit
        }  # fmt: skip

    def is_full(self) -> bool:
        """Nothing is left to give in any session of the unit."""
        return all(free == 0 for free in self._free.values())

    def has_room(self, school: SchoolKey, session_ids: Iterable[int]) -> bool:
        """A free place in each of these sessions, and a free seat of that school."""
        return all(self._free[one] != 0 and self._has_seat(school, one) for one in session_ids)

    def take(self, school: SchoolKey, session_ids: Iterable[int]) -> None:
        for one in session_ids:
            free = self._free[one]
            self._free[one] = None if free is None else free - 1
            self._of_school[one, school] += 1

    def _has_seat(self, school: SchoolKey, session_id: int) -> bool:
        return self.seats is None or school is None or self._of_school[session_id, school] < self.seats


def school_key(organisation_id: int | None, typed: str) -> SchoolKey:
    """Two spellings of one name are one school; somebody without a school takes nobody's seat."""
    if organisation_id:
        return organisation_id, ""
    name = " ".join(typed.split()).casefold()
    return (0, name) if name else None


def given_together(event: Event, session_ids: Iterable[int]) -> list[list[Session]]:
    """The units to which these sessions belong, as far as they are still to come. Nothing of a called-off event."""
    if event.cancelled_at or not event.published_at:
        return []
    now = clock.now()
    ahead = [one for one in event.sessions if not one.cancelled_at and one.starts_at > now]
    wanted = set(session_ids)
    chosen = [one for one in ahead if one.id in wanted]
    if event.books_whole:
        return [ahead] if chosen else []
    return [[one] for one in chosen]


def in_line(unit: Sequence[Session]) -> list[Turn]:
    """Everybody who waits in a unit, the longest waiting first (one query). Who has an offer does not wait."""
    rows = db.session.execute(
        select(Booking)
        .where(Booking.session_id.in_([session.id for session in unit]), waits)
        .order_by(Booking.waiting_since, Booking.id)
    ).scalars()
    turns: dict[int, Turn] = {}
    for booking in rows:
        turns.setdefault(booking.person_id, Turn(booking.person_id, [])).bookings.append(booking)
    return list(turns.values())


def places_taken(session_id: int) -> int:
    """Places that count against the limit: members, guests and kept offers, not observers (one query)."""
    query = select(func.count()).where(Booking.session_id == session_id, takes_a_place)
    return db.session.execute(query).scalar_one()


def _taken(session_ids: Sequence[int]) -> tuple["Counter[tuple[int, SchoolKey]]", "Counter[int]"]:
    columns = (Booking.session_id, Booking.organisation_id, Booking.organisation_typed)
    rows = db.session.execute(
        select(*columns, func.count()).where(Booking.session_id.in_(session_ids), takes_a_place).group_by(*columns)
    )
    of_school: Counter[tuple[int, SchoolKey]] = Counter()
    taken: Counter[int] = Counter()
    for session_id, organisation_id, typed, people in rows:
        of_school[session_id, school_key(organisation_id, typed)] += people
        taken[session_id] += people
    return of_school, taken
