"""The periods that numbers are asked for: a term, a school year, the last twelve months, or any two dates."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from portal.networks.models import SchoolTerm

# The key of two days that a reader chose herself.
CHOSEN = "dates"


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both included. ``key`` stands in the address."""

    key: str
    name: str
    starts_on: date
    ends_on: date

    def moments(self, time_zone: str) -> tuple[datetime, datetime]:
        """Midnight before the first day to midnight after the last, on that clock, in UTC."""
        zone = ZoneInfo(time_zone)
        start = datetime.combine(self.starts_on, time(), zone)
        end = datetime.combine(self.ends_on + timedelta(days=1), time(), zone)
        return start.astimezone(UTC), end.astimezone(UTC)

    def is_open(self, today: date) -> bool:
        return self.ends_on >= today


def offered(terms: list[SchoolTerm], today: date) -> list[Period]:
    """The terms that have begun, newest first, then the school years that they make, then the last twelve months."""
    begun = [term for term in terms if term.starts_on <= today]
    periods = [Period(f"term-{term.id}", term.name, term.starts_on, term.ends_on) for term in begun]
    years: dict[int, list[SchoolTerm]] = {}
    for term in terms:
        years.setdefault(school_year(term.starts_on), []).append(term)
    for year, of_year in sorted(years.items(), reverse=True):
        first, last = min(t.starts_on for t in of_year), max(t.ends_on for t in of_year)
        if first <= today:
            name = _("School year %(from)s to %(to)s", **{"from": str(year), "to": str(year + 1)})
            periods.append(Period(f"year-{year}", name, first, last))
    year_ago = today - timedelta(days=365)
    return [*periods, Period("months-12", _("The last twelve months"), year_ago, today)]


def school_year(day: date) -> int:
    """The calendar year in which that day's school year began: it turns in August."""
    return day.year if day.month >= 8 else day.year - 1


def between(starts_on: date, ends_on: date) -> Period:
    """Any two days, turned round if they came in the wrong order."""
    first, last = sorted((starts_on, ends_on))
    return Period(CHOSEN, _("Your own dates"), first, last)
