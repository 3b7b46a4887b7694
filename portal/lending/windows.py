"""A window as people say it: from a day for so many weeks, until a day, or for a whole term."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.web.numbers import number_of

WEEK = timedelta(days=7)
FRIDAY = 4
MOST_WEEKS = 6
# A day further away than that is a slip of the pen.
FARTHEST = timedelta(days=730)


class Term(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...


@dataclass(frozen=True, slots=True)
class Window:
    """Days from the first to the last, both included."""

    starts_on: date
    ends_on: date

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1


def in_reach(day: date, today: date) -> bool:
    return abs(day - today) <= FARTHEST


def weeks_from(first: date, weeks: int) -> Window:
    """So many weeks; the last day is a school day: from a Monday for one week is until Friday."""
    last = first + weeks * WEEK - timedelta(days=1)
    return Window(first, max(first, last - timedelta(days=max(0, last.weekday() - FRIDAY))))


def usual(today: date, notice_days: int, most_days: int) -> Window:
    """What is offered before anybody chose: two weeks from the first Monday that leaves time to pack."""
    first = today + timedelta(days=notice_days)
    monday = first + timedelta(days=-first.weekday() % 7)
    window = weeks_from(monday, 2)
    return window if window.days <= most_days else Window(monday, monday + timedelta(days=max(most_days, 1) - 1))


def in_term(term: Term, first: date) -> Window:
    """All of a term, or what is left of it from a day on."""
    return Window(min(max(term.starts_on, first), term.ends_on), term.ends_on)


def lengths(terms: Sequence[Term], today: date, most_days: int | None) -> Iterator[tuple[str, str]]:
    """What "for how long" offers: no more than the kit is lent for, where ``most_days`` says so."""
    yield "", _("Until a day")
    for weeks in range(1, MOST_WEEKS + 1):
        if most_days is None or weeks * 7 - 2 <= most_days:
            yield f"w{weeks}", ngettext("%(num)s week", "%(num)s weeks", weeks)
    for term in sorted(terms, key=lambda one: one.starts_on):
        if term.ends_on > today and (most_days is None or in_term(term, today).days <= most_days):
            yield f"t{term.id}", _("All of %(term)s", term=term.name)


def said(first: date, length: str, last: date | None, terms: Sequence[Term]) -> Window | None:
    """The window that somebody means, or None where the last day is missing or nothing like it is offered."""
    kind, number = length[:1], number_of(length[1:])
    if kind == "w" and number and number <= MOST_WEEKS:
        return weeks_from(first, number)
    if kind == "t":
        found = next((term for term in terms if term.id == number), None)
        return in_term(found, first) if found else None
    return Window(first, last) if last else None
