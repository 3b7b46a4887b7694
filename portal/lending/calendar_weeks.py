"""The weeks of a term as columns of the calendar: seven at a time, so that a school's name fits into one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
SHOWN = 7


class Term(Protocol):
    """What a calendar needs to know of a term: ``networks.models.SchoolTerm`` is one."""

    id: int
    name: str
    starts_on: date
    ends_on: date
    break_on: date | None


@dataclass(frozen=True, slots=True)
class Week:
    """From Monday to Sunday. ``number`` counts teaching weeks; it is 0 at half-term and outside of any term."""

    monday: date
    number: int = 0
    is_now: bool = False
    is_break: bool = False

    @property
    def friday(self) -> date:
        return self.monday + 4 * DAY

    @property
    def sunday(self) -> date:
        return self.monday + 6 * DAY


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows: a term (None where the network has none), its weeks in view, and where one turns to."""

    term: Term | None
    weeks: list[Week]
    before: tuple[int, date] | None = None
    after: tuple[int, date] | None = None

    @property
    def first(self) -> date:
        return self.weeks[0].monday

    @property
    def last(self) -> date:
        return self.weeks[-1].sunday


def monday_of(day: date) -> date:
    return day - day.weekday() * DAY


def weeks_of(term: Term, today: date) -> list[Week]:
    """Every week that a day of the term lies in."""
    found, monday, number = list[Week](), monday_of(term.starts_on), 0
    half_term = monday_of(term.break_on) if term.break_on else None
    while monday <= term.ends_on:
        is_break = monday == half_term
        number += not is_break
        found.append(Week(monday, 0 if is_break else number, monday == monday_of(today), is_break))
        monday += WEEK
    return found


def weeks_shown(terms: Sequence[Term], today: date, term_id: int | None = None, start: date | None = None) -> Shown:
    """Seven weeks of the chosen term from ``start`` on; else of the running or the next term, from last week on."""
    if not terms:
        return Shown(None, _without_terms(start or today - WEEK, today))
    in_order = sorted(terms, key=lambda term: term.starts_on)
    term = next((one for one in in_order if one.id == term_id), None) or _now_or_next(in_order, today)
    weeks = weeks_of(term, today)
    at = _first_shown(weeks, start or today - WEEK)
    return Shown(
        term, weeks[at : at + SHOWN], _before(in_order, term, weeks, at, today), _after(in_order, term, weeks, at)
    )


def term_and_next(terms: Sequence[Term], today: date) -> list[Term]:
    """The running or coming term, and the one after it."""
    ahead = sorted((term for term in terms if term.ends_on >= today), key=lambda term: term.starts_on)
    return ahead[:2]


def _now_or_next(in_order: Sequence[Term], today: date) -> Term:
    return next((term for term in in_order if term.ends_on >= today), in_order[-1])


def _first_shown(weeks: Sequence[Week], start: date) -> int:
    """Where the view begins; the end of a term is still shown as a full view."""
    at = next((n for n, week in enumerate(weeks) if week.sunday >= start), 0)
    return max(0, min(at, len(weeks) - SHOWN))


def _before(
    in_order: Sequence[Term], term: Term, weeks: Sequence[Week], at: int, today: date
) -> tuple[int, date] | None:
    if at:
        return term.id, weeks[max(0, at - SHOWN)].monday
    earlier = [one for one in in_order if one.starts_on < term.starts_on]
    if not earlier:
        return None
    last = weeks_of(earlier[-1], today)
    return earlier[-1].id, last[max(0, len(last) - SHOWN)].monday


def _after(in_order: Sequence[Term], term: Term, weeks: Sequence[Week], at: int) -> tuple[int, date] | None:
    if at + SHOWN < len(weeks):
        return term.id, weeks[at + SHOWN].monday
    later = next((one for one in in_order if one.starts_on > term.starts_on), None)
    return (later.id, monday_of(later.starts_on)) if later else None


def _without_terms(start: date, today: date) -> list[Week]:
    first = monday_of(start)
    return [Week(first + n * WEEK, is_now=first + n * WEEK == monday_of(today)) for n in range(SHOWN)]
