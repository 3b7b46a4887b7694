"""The periods that a statement is asked for: a programme's year, the one before, a month of them, or any two days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from portal.mentoring.months import month_of, next_month
from portal.programmes.models import Programme, year_of

YEAR, LAST_YEAR, DAYS = "year", "last-year", "days"
# Where no programme is chosen a year begins as most school years do.
SEPTEMBER = 9
EARLIEST, LATEST = date(1990, 1, 1), date(2190, 1, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both included. ``key`` stands in the address: "year", "last-year", "2026-10", "days"."""

    key: str
    first: date
    last: date

    @property
    def asked(self) -> dict[str, str]:
        """As it stands in an address."""
        if self.key == DAYS:
            return {"from": self.first.isoformat(), "to": self.last.isoformat()}
        return {"period": self.key}

    @property
    def months(self) -> list[date]:
        """The first day of each month that it touches."""
        found, month = [], month_of(self.first)
        while month <= self.last:
            found.append(month)
            month = next_month(month)
        return found


def year(programme: Programme | None, day: date, key: str = YEAR) -> Period:
    """The programme's year that a day lies in."""
    if programme:
        first, after = year_of(programme, day)
        return Period(key, first, after - timedelta(days=1))
    begun = day.year if day.month >= SEPTEMBER else day.year - 1
    return Period(key, date(begun, SEPTEMBER, 1), date(begun + 1, SEPTEMBER, 1) - timedelta(days=1))


def year_before(programme: Programme | None, today: date) -> Period:
    return year(programme, year(programme, today).first - timedelta(days=1), LAST_YEAR)


def month(day: date) -> Period:
    first = month_of(day)
    return Period(f"{first:%Y-%m}", first, next_month(first) - timedelta(days=1))


def whole_months(period: Period) -> Period:
    """Widened to the months that it touches: for those who read totals by month and never a day."""
    widened = Period(period.key, month_of(period.first), next_month(period.last) - timedelta(days=1))
    return widened if widened != period else period


def month_before(day: date) -> Period:
    """The last whole month."""
    return month(month_of(day) - timedelta(days=1))


def months_until(programme: Programme | None, today: date) -> list[Period]:
    """The months of this year and the last that have begun, newest first."""
    first = year_before(programme, today).first
    return [month(one) for one in reversed(Period("", first, today).months)]


def chosen(asked: Mapping[str, str], programme: Programme | None, today: date, usual: Period | None = None) -> Period:
    """The period in an address; where it says none that can be read the usual one, or the programme's running year."""
    days = [_day(asked.get(name, "")) for name in ("from", "to")]
    if days[0] and days[1]:
        return Period(DAYS, min(days[0], days[1]), max(days[0], days[1]))
    key = asked.get("period", "")
    if key == LAST_YEAR:
        return year_before(programme, today)
    if key == YEAR:
        return year(programme, today)
    return month_called(key) or usual or year(programme, today)


def month_called(key: str) -> Period | None:
    """ "2026-10" as that month; None for what is none."""
    day = _day(f"{key}-01")
    return month(day) if day else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day < LATEST else None
