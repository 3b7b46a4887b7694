"""Where today lies in a network's year: since when "this year" counts, and since when a school is called silent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

# A longer break than this ends a school year: Easter and Christmas are shorter, the long holiday is longer.
LONG_BREAK = timedelta(days=30)
WITHOUT_TERMS_YEAR = timedelta(days=365)
WITHOUT_TERMS_SILENT = timedelta(days=240)


class Term(Protocol):
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """``term_from`` is the start of the latest term that has begun; ``silent_before`` the start of the one before."""

    year_from: date
    term_from: date
    silent_before: date

    def moment(self, day: date, time_zone: str) -> datetime:
        """The first moment of a day on the network's clocks."""
        return datetime.combine(day, time(), ZoneInfo(time_zone)).astimezone(UTC)


def school_year(today: date, terms: Sequence[Term]) -> SchoolYear:
    """Read the terms that have begun; without any, a year and about two terms are counted back from today."""
    begun = sorted((term for term in terms if term.starts_on <= today), key=lambda term: term.starts_on)
    if not begun:
        return SchoolYear(today - WITHOUT_TERMS_YEAR, today, today - WITHOUT_TERMS_SILENT)
    first = len(begun) - 1
    while first and begun[first].starts_on - begun[first - 1].ends_on < LONG_BREAK:
        first -= 1
    term_from = begun[-1].starts_on
    silent_before = begun[-2].starts_on if len(begun) > 1 else term_from - WITHOUT_TERMS_SILENT / 2
    return SchoolYear(begun[first].starts_on, term_from, silent_before)
