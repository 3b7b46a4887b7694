"""From the date and the hours on a wall to moments: which of two, none at all, and an end before its start.

Two hours a year do not behave: one is skipped in spring, one comes twice in autumn. The person is asked.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import format_time
from flask_babel import gettext as _

from portal.web import clock
from portal.web.calendars import ClockOverlap, local_to_utc
from portal.web.errors import DomainError

# An evening may end after midnight; anything else that ends before it starts is a slip.
EVENING, NIGHT = time(20), time(3)
SHORTEST = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Slot:
    """When a session starts, and for how many minutes it runs."""

    starts_at: datetime
    minutes: int


def slot(day: date, start: time, end: time, time_zone: str, fold: int | None = None) -> Slot:
    """The moment and length of a session. ``fold`` says which of two equal hours is meant: 0 the first, 1 the second.

    Raises DomainError at the field "starts" or "ends" when the end is before the start, when the hour is skipped that
    night, or (field "fold") when it comes twice and nobody said which.
    """
    last = day
    if end <= start:
        if not (start >= EVENING and end <= NIGHT):
            raise DomainError(_end_before_start(start, end), "ends")
        last = day + DAY
    starts_at = to_utc(day, start, time_zone, "starts", fold)
    ends_at = to_utc(last, end, time_zone, "ends", fold)
    return Slot(starts_at, int((ends_at - starts_at).total_seconds() // 60))


def to_utc(day: date, at: time, time_zone: str, field: str | None = None, fold: int | None = None) -> datetime:
    """The moment when clocks of that zone show that time. Raises DomainError where none or two do."""
    try:
        return local_to_utc(day, at, time_zone, None if fold is None else bool(fold), field)
    except ClockOverlap as twice:
        words = _("%(time)s comes twice on that day, since the clocks go back. Say which one.", time=in_words(at))
        raise DomainError(words, "fold") from twice


def to_wall(day: date, at: time, time_zone: str) -> datetime:
    """The moment of an hour that nobody typed and so nobody is asked about: the first of two, the next after a gap."""
    return datetime.combine(day, at, ZoneInfo(time_zone)).astimezone(UTC)


def comes_twice(local: datetime) -> bool:
    """Whether clocks of that place show this hour twice on that day."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def start_of_day(day: date, time_zone: str) -> datetime:
    """When that date begins on those clocks."""
    return to_wall(day, time(), time_zone)


def today_starts(time_zone: str) -> datetime:
    return start_of_day(clock.today(time_zone), time_zone)


def weeks_ahead(first: datetime, time_zone: str) -> int:
    """By how many whole weeks last term's dates move so that the first lies at least two weeks from today."""
    gap = clock.today(time_zone) + 2 * WEEK - clock.local(first, time_zone).date()
    return max(1, -(-gap.days // 7))


def moved(moment: datetime, weeks: int, time_zone: str) -> datetime:
    """The same weekday and the same hour on the wall, some weeks later; over a change of the clocks too."""
    local = clock.local(moment, time_zone).replace(tzinfo=None) + weeks * WEEK
    return local.replace(tzinfo=ZoneInfo(time_zone)).astimezone(UTC)


def in_words(at: time) -> str:
    """4:30 pm."""
    return str(format_time(at, "h:mm a")).lower()


def _end_before_start(start: time, end: time) -> str:
    return _(
        "The end, %(end)s, is before the start, %(start)s. Did you mean %(better)s?",
        end=_bare(end),
        start=_bare(start),
        better=_bare(_likely_end(start, end)),
    )


def _likely_end(start: time, end: time) -> time:
    """The next hour with the minutes that were typed, at least an hour after the start."""
    begin = datetime.combine(date(2000, 1, 1), start)
    likely = begin.replace(minute=end.minute)
    while likely < begin + SHORTEST:
        likely += timedelta(hours=1)
    return likely.time()


def _bare(at: time) -> str:
    return str(format_time(at, "h:mm"))
