"""A kit goes through several classrooms one after the other: which days are whose, with the holidays jumped over.

A turn is counted in school days, five to a week: eight weeks that half-term cuts in two end a week later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.lending.calendar_weeks import DAY, WEEK, Term, monday_of

SCHOOL_DAYS = 5
# Nobody plans further, and a slip of the pen ends here.
FARTHEST = 3 * 366


@dataclass(frozen=True, slots=True)
class Turn:
    """The days of one classroom, both included."""

    starts_on: date
    ends_on: date


class TooFar(Exception):
    """The plan leaves the years that anybody can plan for."""


def is_school_day(day: date, terms: Sequence[Term], jumps: bool = True) -> bool:
    """Monday to Friday within a term and not at half-term. Beyond the terms that are known, every week counts."""
    if day.weekday() >= SCHOOL_DAYS:
        return False
    if not jumps or not terms or not min(t.starts_on for t in terms) <= day <= max(t.ends_on for t in terms):
        return True
    term = next((term for term in terms if term.starts_on <= day <= term.ends_on), None)
    return term is not None and not (term.break_on and monday_of(term.break_on) == monday_of(day))


def turns_from(
    first: date, weeks: int, between: int, count: int, terms: Sequence[Term], jumps: bool = True
) -> list[Turn]:
    """``count`` turns of so many weeks, ``between`` days after each. Raises TooFar."""
    return laid_out(first, [weeks * SCHOOL_DAYS] * count, between, terms, jumps)


def laid_out(
    first: date, lengths: Sequence[int], between: int, terms: Sequence[Term], jumps: bool = True
) -> list[Turn]:
    """Turns of so many school days each, one after the other. Raises TooFar."""
    turns, day = list[Turn](), first
    limit = first + FARTHEST * DAY
    for length in lengths:
        day = _next_school_day(day, terms, jumps, limit)
        last = _after(day, length, terms, jumps, limit)
        turns.append(Turn(day, last))
        day = last + (between + 1) * DAY
    return turns


def length_of(turn: Turn, terms: Sequence[Term]) -> int:
    """How many school days a turn has, at least one."""
    days = (turn.ends_on - turn.starts_on).days + 1
    return max(1, sum(is_school_day(turn.starts_on + n * DAY, terms) for n in range(days)))


def jumped(turn: Turn, terms: Sequence[Term]) -> int:
    """How many whole weeks of a turn are holidays."""
    monday, weeks = monday_of(turn.starts_on), 0
    while monday <= turn.ends_on:
        weeks += not any(is_school_day(monday + n * DAY, terms) for n in range(SCHOOL_DAYS))
        monday += WEEK
    return weeks


def known_until(terms: Sequence[Term]) -> date | None:
    return max((term.ends_on for term in terms), default=None)


def _next_school_day(day: date, terms: Sequence[Term], jumps: bool, limit: date) -> date:
    while not is_school_day(day, terms, jumps):
        day += DAY
        if day > limit:
            raise TooFar
    return day


def _after(day: date, length: int, terms: Sequence[Term], jumps: bool, limit: date) -> date:
    """The day on which so many school days are over."""
    left = length - 1
    while left:
        day += DAY
        if day > limit:
            raise TooFar
        left -= is_school_day(day, terms, jumps)
    return day
