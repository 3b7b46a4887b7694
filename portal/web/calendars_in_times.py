"""Dates, moments and lengths as calendar files write them."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from portal.web.calendars_in_lines import Line

_WHEN = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d+)?(Z)?)?", re.IGNORECASE)
_LENGTH = re.compile(
    r"([+-])?P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?", re.IGNORECASE
)


class Unreadable(ValueError):
    """This is no date, or no length."""


@dataclass(frozen=True, slots=True)
class When:
    """A date, or what a clock showed; ``zone`` names the clock: "UTC", another name, or "" for whatever hangs there."""

    wall: datetime
    is_day: bool
    zone: str = ""
    # For a period of an RDATE alone.
    lasts: timedelta | None = None

    @property
    def day(self) -> date:
        return self.wall.date()


def when_of(line: Line, value: str | None = None) -> When:
    """The moment in a line. Raises Unreadable."""
    text = (line.value if value is None else value).strip()
    start, _slash, end = text.partition("/")
    found = _WHEN.fullmatch(start)
    if found is None:
        raise Unreadable(text)
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
        # 23:59:60 is a leap second, which no clock here shows.
        clock = time(int(found[4]), int(found[5]), min(int(found[6] or 0), 59)) if found[4] else time()
    except ValueError as error:
        raise Unreadable(text) from error
    wall = datetime.combine(day, clock)
    if found[4] is None or line.parameters.get("VALUE", "").upper() == "DATE":
        return When(datetime.combine(day, time()), is_day=True)
    zone = "UTC" if found[7] else line.parameters.get("TZID", "")
    return When(wall, False, zone, _lasts(line, wall, end) if end else None)


def whens_of(lines: list[Line]) -> list[When]:
    """All moments of several lines, each of which may hold a list. Raises Unreadable."""
    return [when_of(line, value) for line in lines for value in line.value.split(",") if value.strip()]


def length_of(text: str) -> timedelta:
    """PT1H30M and its kin. Raises Unreadable."""
    found = _LENGTH.fullmatch(text.strip())
    if found is None or text.strip().upper().rstrip("T").endswith("P"):
        raise Unreadable(text)
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if found[1] == "-" else length


def _lasts(line: Line, wall: datetime, end: str) -> timedelta:
    if end.lstrip("+-").upper().startswith("P"):
        return length_of(end)
    return when_of(line, end).wall - wall


def in_utc(wall: datetime) -> datetime:
    return wall.replace(tzinfo=UTC)
