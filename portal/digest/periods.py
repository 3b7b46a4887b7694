"""When a digest is due: the period that a moment lies in, by rhythm, and when that period's digest is written.

Monday, between six and seven in the morning on the reader's own clocks: the week is planned then, on the way to
school, and what can be answered from the mail is answered before the first lesson. A region chooses another day
and hour at will. Everybody has her own minute within the hour, so that no server gets all of them at once.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.web import clock

MONDAY, SIX = 0, 6
A_WEEK = timedelta(days=7)
# How long after its hour a digest is still written, when the machine was off: never in the middle of the night.
CATCH_UP = {"daily": timedelta(hours=12)}
CATCH_UP_LATER = timedelta(hours=36)
# How far ahead "this period" reaches, a little into the next one.
SPANS = {
    "daily": timedelta(days=2),
    "weekly": timedelta(days=8),
    "fortnightly": timedelta(days=15),
    "monthly": timedelta(days=33),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """The day of the week (0 is Monday) and the hour that the region chose."""

    weekday: int = MONDAY
    hour: int = SIX


@dataclass(frozen=True, slots=True)
class Period:
    """``key`` names it once and for all; ``begins`` is when its digests are due in that time zone."""

    key: str
    begins: datetime


def period_now(rhythm: str, time_zone: str, choice: Choice, now: datetime) -> Period | None:
    """The period whose digest may be written at this moment, or None: not yet, too late, or not this week."""
    day = clock.local(now, time_zone).date()
    step = timedelta(days=1) if rhythm == "daily" else A_WEEK
    if rhythm != "daily":
        day -= timedelta(days=(day.weekday() - choice.weekday) % 7)
    begins = _begins(day, time_zone, choice)
    if begins > now:
        day -= step
        begins = _begins(day, time_zone, choice)
    if now - begins > CATCH_UP.get(rhythm, CATCH_UP_LATER) or not _has_one(rhythm, day):
        return None
    return Period(_key(rhythm, day), begins)


def next_begins(rhythm: str, time_zone: str, choice: Choice, now: datetime) -> datetime:
    """When the next digest of that rhythm is due."""
    day = clock.local(now, time_zone).date()
    while True:
        begins = _begins(day, time_zone, choice)
        its_day = rhythm == "daily" or day.weekday() == choice.weekday
        if begins > now and its_day and _has_one(rhythm, day):
            return begins
        day += timedelta(days=1)


def _begins(day: date, time_zone: str, choice: Choice) -> datetime:
    return datetime.combine(day, time(choice.hour), ZoneInfo(time_zone)).astimezone(UTC)


def _has_one(rhythm: str, day: date) -> bool:
    """Every second week, or the first such day of a month."""
    if rhythm == "fortnightly":
        return _week(day) % 2 == 0
    return day.day <= 7 if rhythm == "monthly" else True


def _key(rhythm: str, day: date) -> str:
    if rhythm == "daily":
        return day.isoformat()
    if rhythm == "monthly":
        return f"{day:%Y-%m}"
    year, week, _day = day.isocalendar()
    # Two weeks are one period from whichever day they are counted; years of 53 weeks do not break the count.
    return f"{year}-W{week:02}" if rhythm == "weekly" else f"{day:%Y}-F{_week(day) // 2}"


def _week(day: date) -> int:
    return (day.toordinal() - 1) // 7
