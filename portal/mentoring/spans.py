"""The spans that a caseload is counted over, as moments of the network's clock."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.mentoring.counting import ANSWER_TIME
from portal.mentoring.months import month_of
from portal.programmes.models import Programme, year_of
from portal.web import clock

SCHOOL_YEAR = (9, 1)


@dataclass(frozen=True, slots=True)
class Spans:
    """Today, and from when on figures count: this month, this year. What waits since before ``word_by`` is one word."""

    today: date
    time_zone: str
    year_on: date

    @property
    def now(self) -> datetime:
        return clock.now()

    @property
    def month(self) -> datetime:
        return self.morning(month_of(self.today))

    @property
    def year(self) -> datetime:
        return self.morning(self.year_on)

    @property
    def word_by(self) -> datetime:
        return self.days_before(ANSWER_TIME.days)

    def morning(self, day: date) -> datetime:
        return midnight(day, self.time_zone)

    def days_before(self, days: int) -> datetime:
        return self.morning(self.today - timedelta(days=days))


def midnight(day: date, time_zone: str) -> datetime:
    """The moment at which a day begins there."""
    return datetime.combine(day, time(), ZoneInfo(time_zone)).astimezone(UTC)


def spans_of(programmes: Iterable[Programme], today: date, time_zone: str) -> Spans:
    """Month and year of today; the year begins as most programmes of the network have it, else on 1 September."""
    days = Counter((one.year_begins_month, one.year_begins_day) for one in programmes if one.retired_at is None)
    month, day = days.most_common(1)[0][0] if days else SCHOOL_YEAR
    return Spans(today, time_zone, year_of(Programme(year_begins_month=month, year_begins_day=day), today)[0])
