"""One box as a row of cells: a loan is one cell over its weeks, whoever shares a week stands in it too.

Where two things share a week, the one with more of its school days has the column; the other says its days.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from portal.lending.calendar_weeks import DAY, Week

# What is asked for holds nothing, so it gives way.
GIVES_WAY, LATE = "asked", "overdue"


@dataclass(frozen=True, slots=True)
class Taken:
    """Something that keeps a box: a loan, a request, days out of service. Both days included.

    ``kind`` is the class it is drawn with; ``loan_id`` is set where the reader may open the loan. ``held_until`` is the
    last day on which nobody else can have it.
    """

    kit_id: int
    kind: str
    word: str
    text: str
    starts_on: date
    ends_on: date
    held_until: date
    due_on: date | None = None
    loan_id: int | None = None
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """One thing in a cell, and whether its cell alone tells its days."""

    taken: Taken
    says_days: bool


@dataclass(frozen=True, slots=True)
class Free:
    """Days that can be asked for, or that have gone by."""

    starts_on: date
    ends_on: date
    is_past: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """``runs`` is empty where the box is free; ``free`` is None where it is being turned round, or is not back yet."""

    colspan: int
    runs: list[Run] = field(default_factory=list)
    free: Free | None = None
    is_awaited: bool = False


def cells_of(weeks: Sequence[Week], taken: Sequence[Taken], earliest: date, turn_round: int) -> list[Cell]:
    """The row of one box. ``earliest`` is the first day that can still be asked for."""
    owners = [_owner(week, taken) for week in weeks]
    owning = {id(one) for one in owners if one}
    cells, at = list[Cell](), 0
    while at < len(weeks):
        end = at
        while end + 1 < len(weeks) and owners[end + 1] is owners[at]:
            end += 1
        covered, owner = weeks[at : end + 1], owners[at]
        if owner is None:
            awaited = any(one.kind == LATE and one.ends_on < covered[0].monday for one in taken)
            cells.append(Cell(len(covered), free=_free(covered, taken, earliest, turn_round), is_awaited=awaited))
        else:
            guests = [one for one in taken if id(one) not in owning and _begins_in(one, covered, weeks)]
            ordered = sorted([owner, *guests], key=lambda one: one.starts_on)
            cells.append(Cell(len(covered), [Run(one, _says_days(one, covered)) for one in ordered]))
        at = end + 1
    return cells


def free_windows(
    first: date, last: date, taken: Sequence[Taken], turn_round: int, least: int = 1
) -> list[tuple[date, date]]:
    """Every span of at least ``least`` days in which the box can be had, the days for turning it round left out."""
    found, day = list[tuple[date, date]](), first
    for one in sorted((one for one in taken if one.kind != GIVES_WAY), key=lambda one: one.starts_on):
        until = one.starts_on - (turn_round + 1) * DAY
        if (until - day).days + 1 >= least:
            found.append((day, min(until, last)))
        if one.held_until >= last:
            return found
        day = max(day, one.held_until + DAY)
    if (last - day).days + 1 >= least:
        found.append((day, last))
    return found


def _owner(week: Week, taken: Sequence[Taken]) -> Taken | None:
    inside = [one for one in taken if one.starts_on <= week.sunday and one.ends_on >= week.monday]
    return min(inside, key=lambda one: (one.kind == GIVES_WAY, -_school_days(one, week), one.starts_on), default=None)


def _school_days(one: Taken, week: Week) -> int:
    return max(0, (min(one.ends_on, week.friday) - max(one.starts_on, week.monday)).days + 1)


def _begins_in(one: Taken, covered: Sequence[Week], weeks: Sequence[Week]) -> bool:
    """Whether this is the first cell in view that it touches."""
    touched = next((week for week in weeks if one.starts_on <= week.sunday and one.ends_on >= week.monday), None)
    return touched in covered


def _says_days(one: Taken, covered: Sequence[Week]) -> bool:
    """Its cell tells its days only where it begins with a Monday's week and ends with a week's school days."""
    begins = covered[0].monday - 2 * DAY <= one.starts_on <= covered[0].monday
    ends = covered[-1].friday <= one.ends_on <= covered[-1].sunday
    return not (begins and ends)


def _free(covered: Sequence[Week], taken: Sequence[Taken], earliest: date, turn_round: int) -> Free | None:
    first, last = covered[0].monday, covered[-1].friday
    if last < earliest:
        return Free(first, last, is_past=True)
    windows = free_windows(max(first, earliest), last, taken, turn_round)
    longest = max(windows, key=lambda window: window[1] - window[0], default=None)
    return Free(*longest) if longest else None
