"""One row of the sheet, read and drawn: here, part with its hours, or not here. Every form of the room reads by it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from flask_babel import format_time, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.activities.operations import Mark
from portal.attendance.hours import Hours, Part
from portal.attendance.queries import SheetRow
from portal.web import clock, dates
from portal.web.errors import DomainError

HERE, PART, AWAY = "here", "part", "away"
ANSWERS = ((HERE, _l("Here")), (PART, _l("Part")), (AWAY, _l("Not here")))
MINUTE, QUARTER = 60, 15


class Overtaken(DomainError):
    """Somebody else marked this row since the sheet was opened."""


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the sheet as it is drawn: what is marked, or what was just typed."""

    row: SheetRow
    answer: str
    start: str
    end: str
    minutes: str
    capacity: str
    lasts: int
    error: str = ""

    @property
    def id(self) -> str:
        return f"person-{self.row.person_id}"

    @property
    def clock(self) -> str:
        """When she came, for the margin: 4:52, without half of the day, which the head of the page says."""
        at = self.row.arrived_at
        return (
            str(format_time(clock.local(at, dates.place_clock()).replace(tzinfo=None), "h:mm", rebase=False))
            if at
            else ""
        )

    @property
    def counts(self) -> str:
        """1 hour of 1½ counts; nothing where all of it does or nothing is counted yet."""
        part = self.row.minutes
        if not part or part >= self.lasts or self.answer == AWAY:
            return ""
        if part % QUARTER or self.lasts % QUARTER:
            return _("%(part)s of %(all)s counts.", part=dates.minutes(part), all=dates.minutes(self.lasts))
        of = {"part": dates.hours(part), "all": dates.hours(self.lasts)}
        return ngettext(
            "%(part)s hour of %(all)s counts.", "%(part)s hours of %(all)s count.", -(-part // MINUTE), **of
        )


def line_of(row: SheetRow, hours: Hours) -> Line:
    """How a row stands."""
    only_minutes = row.minutes and not row.arrived_at and not row.left_at and row.minutes != hours.lasts
    minutes = str(row.minutes) if only_minutes else ""
    answer = _answer(row, hours)
    return Line(row, answer, hours.shown(row.arrived_at), hours.shown(row.left_at), minutes, row.capacity, hours.lasts)


def line_typed(row: SheetRow, hours: Hours, typed: Mapping[str, str], error: str = "") -> Line:
    """The same as it was just typed, with what is to be put right; as it stands where nothing was sent of it."""
    key = str(row.person_id)
    if f"was-{key}" not in typed:
        return line_of(row, hours)
    start, end, minutes = _typed_part(typed, key)
    return Line(
        row,
        typed.get(f"is-{key}", ""),
        start,
        end,
        minutes,
        typed.get(f"cap-{key}") or row.capacity,
        hours.lasts,
        error,
    )


def read_row(row: SheetRow, hours: Hours, typed: Mapping[str, str]) -> Mark | None:
    """What is to be noted of a row, or nothing where nobody touched it. Raises DomainError, and Overtaken."""
    key = str(row.person_id)
    was, answer = typed.get(f"was-{key}"), typed.get(f"is-{key}", "")
    if was is None or not answer or _is_untouched(_as_it_was(row, was), hours, typed):
        return None
    mark = _mark(row, hours, answer, typed)
    if says_the_same(mark, row):
        return None
    if was != row.state:
        raise Overtaken(overtaken(row))
    return mark


def _answer(row: SheetRow, hours: Hours) -> str:
    """Whoever signed in before the end counts as here, to the end, unless something else is marked."""
    if row.minutes is None:
        return HERE if row.arrived_at and hours.to_the_end(row.arrived_at) else ""
    if row.minutes == 0:
        return AWAY
    is_whole = row.minutes == hours.lasts or (
        row.left_at is None and row.arrived_at and row.minutes == hours.to_the_end(row.arrived_at)
    )
    return HERE if is_whole else PART


def _mark(row: SheetRow, hours: Hours, answer: str, typed: Mapping[str, str]) -> Mark:
    capacity = typed.get(f"cap-{row.person_id}") or row.capacity
    if answer == PART:
        part = hours.part(*_typed_part(typed, str(row.person_id)), row.arrived_at)
        return Mark(row.person_id, part.minutes, capacity, part.arrived_at, part.left_at, row.organisation_id)
    # The moment of a sign-in stays, so that "not here" pressed by mistake loses nothing.
    there = hours.whole(row.arrived_at) if answer == HERE else Part(0, row.arrived_at, None)
    return Mark(row.person_id, there.minutes, capacity, there.arrived_at, None, row.organisation_id)


def _typed_part(typed: Mapping[str, str], key: str) -> tuple[str, str, str]:
    start, end, minutes = (typed.get(f"{name}-{key}", "").strip() for name in ("from", "to", "min"))
    return start, end, minutes


def _is_untouched(row: SheetRow, hours: Hours, typed: Mapping[str, str]) -> bool:
    """What was sent is what the page showed. A field that the page did not have is not touched."""
    line, key = line_of(row, hours), row.person_id
    shown = {"is": line.answer, "cap": line.capacity}
    if line.answer == PART:
        shown |= {"from": line.start, "to": line.end, "min": line.minutes}
    return all(typed.get(f"{name}-{key}", value).strip() == value for name, value in shown.items())


def _as_it_was(row: SheetRow, was: str) -> SheetRow:
    """The row as the page showed it."""
    parts = was.split(".")
    if len(parts) != 4 or not all(part.isdecimal() and len(part) < 10 for part in (parts[0], *parts[2:]) if part):
        return replace(row, minutes=None, arrived_at=None, left_at=None)
    minutes, capacity, arrived, left = parts
    return replace(
        row, minutes=int(minutes) if minutes else None, capacity=capacity, arrived_at=_at(arrived), left_at=_at(left)
    )


def _at(minute: str) -> datetime | None:
    return datetime.fromtimestamp(int(minute) * MINUTE, UTC) if minute else None


def says_the_same(mark: Mark, row: SheetRow) -> bool:
    """Nothing would change."""
    same = mark.minutes == row.minutes and mark.capacity == row.capacity
    return same and mark.arrived_at in (None, row.arrived_at) and mark.left_at in (None, row.left_at)


def overtaken(row: SheetRow) -> str:
    """Who was quicker, and what stands there now."""
    if not row.by or row.minutes is None:
        return _("somebody else marked this row while you wrote. Look at it again.")
    stands = dates.minutes(row.minutes) if row.minutes else _("not here")
    return _(
        "somebody else marked this row while you wrote (%(name)s: %(stands)s). Look at it again.",
        name=row.by,
        stands=stands,
    )
