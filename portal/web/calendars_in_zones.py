"""Which clock a calendar file means: a name that is known, a name of Windows, or the rules that the file brings along."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice
from typing import Protocol
from zoneinfo import ZoneInfo, available_timezones

from dateutil.rrule import rrulestr
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from portal.web.calendars_in_lines import Block, Line
from portal.web.calendars_in_times import Unreadable, when_of, whens_of

FIRST, LAST = datetime(1949, 1, 1), datetime(2152, 1, 1)  # noqa: DTZ001 - what a clock shows
_OFFSET = re.compile(r"([+-])?(\d\d):?(\d\d)(?::?(\d\d))?")
_YEARLY = re.compile(r"(?i)(?=.*FREQ=YEARLY)(?!.*BY(HOUR|MINUTE|SECOND)=[^;]*,)[A-Z0-9=;,+-]{1,200}")
_MOST = 400


class Clock(Protocol):
    """A clock on a wall somewhere."""

    @property
    def name(self) -> str: ...
    def to_utc(self, wall: datetime) -> datetime:
        """The moment when it shows that. Of two the first; an hour that is left out is read as if the clocks had not
        been changed yet (RFC 5545, 3.3.5)."""

    def to_wall(self, moment: datetime) -> datetime: ...


class UnknownClock(Exception):
    """No clock of that name is known or told of in the file."""


@dataclass(frozen=True, slots=True)
class NamedClock:
    zone: ZoneInfo

    @property
    def name(self) -> str:
        return self.zone.key

    def to_utc(self, wall: datetime) -> datetime:
        return wall.replace(tzinfo=self.zone, fold=0).astimezone(UTC)

    def to_wall(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone).replace(tzinfo=None, fold=0)


@dataclass(frozen=True, slots=True)
class ToldClock:
    """A clock by the rules in the file: from each moment on (in UTC, without zone) it is that far from UTC."""

    name: str
    changes: tuple[tuple[datetime, timedelta, timedelta], ...]

    def _offset(self, moment: datetime) -> timedelta:
        found = self.changes[0][1]
        for at, _before, after in self.changes:
            if at > moment:
                break
            found = after
        return found

    def to_utc(self, wall: datetime) -> datetime:
        offsets = sorted({offset for change in self.changes for offset in change[1:]}, reverse=True)
        for offset in offsets:
            # The largest offset is the earliest moment: the first of two equal hours.
            if self._offset(wall - offset) == offset:
                return (wall - offset).replace(tzinfo=UTC)
        before = next(
            (before for at, before, after in self.changes if at + before <= wall < at + after), self.changes[0][1]
        )
        return (wall - before).replace(tzinfo=UTC)

    def to_wall(self, moment: datetime) -> datetime:
        naive = moment.astimezone(UTC).replace(tzinfo=None)
        return naive + self._offset(naive)


class Clocks:
    """The clocks of one file. ``floating`` hangs wherever the file names none."""

    def __init__(self, told: Mapping[str, Block], floating: str) -> None:
        self._told, self._found = told, dict[str, Clock | None]()
        self.floating = NamedClock(ZoneInfo(floating))

    def called(self, name: str) -> Clock:
        """The clock of that name. Raises UnknownClock."""
        if not name:
            return self.floating
        if name not in self._found:
            self._found[name] = self._find(name)
        found = self._found[name]
        if found is None:
            raise UnknownClock(name)
        return found

    def _find(self, name: str) -> Clock | None:
        known, block = known_zone(name), self._told.get(name)
        if known is None and block is not None:
            # Some programs invent a name and say beside it which place they mean.
            known = known_zone(block.text("X-LIC-LOCATION"))
        if known and ("/" in known or block is None):
            return NamedClock(ZoneInfo(known))
        # A short name ("Eastern", "EST") is what the file says it is, as far as that can be read.
        told = _told_clock(name, block) if block else None
        return told or (NamedClock(ZoneInfo(known)) if known else None)


@cache
def known_zone(name: str) -> str | None:
    """The name in the time zone database: itself, behind a maker's prefix, with _ for /, or what Windows calls it."""
    names, parts = _names(), name.strip().strip("/").split("/")
    for tail in range(len(parts)):
        found = names.get("/".join(parts[tail:]).lower())
        if found and (tail == 0 or "/" in found):
            return found
    return names.get(name.strip().replace("_", "/", 1).lower()) or _of_windows().get(name.strip().lower())


@cache
def _names() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones() if name not in ("Factory", "localtime")}


@cache
def _of_windows() -> dict[str, str]:
    known = set(_names().values())
    return {windows.lower(): name for windows, name in WINDOWS_TO_OLSON.items() if name in known}


def _told_clock(name: str, block: Block) -> Clock | None:
    try:
        changes = sorted(change for part in block.inside for change in _changes(part))
    except (Unreadable, ValueError, OverflowError):
        return None
    return ToldClock(name, tuple(changes)) if changes else None


def _changes(part: Block) -> list[tuple[datetime, timedelta, timedelta]]:
    """Every moment at which one of its rules sets the clock. Raises ValueError for rules that no clock follows."""
    start = part.first("DTSTART")
    if part.kind not in ("STANDARD", "DAYLIGHT") or start is None:
        return []
    before, after = _offset(part.text("TZOFFSETFROM")), _offset(part.text("TZOFFSETTO"))
    walls = [when_of(start).wall, *(one.wall for one in whens_of(part.all("RDATE")))]
    for rule in part.all("RRULE"):
        walls += _yearly(rule.value, walls[0], before)
    return [(wall - before, before, after) for wall in walls[: _MOST * 2]]


def _yearly(rule: str, start: datetime, before: timedelta) -> list[datetime]:
    if not _YEARLY.fullmatch(rule):
        raise Unreadable(rule)
    parts = dict(part.upper().split("=", 1) for part in rule.split(";") if "=" in part)
    if start < FIRST and not {"COUNT", "INTERVAL"} & parts.keys() and (start.month, start.day) != (2, 29):
        # Windows lets its rules begin in 1601.
        start = start.replace(year=FIRST.year)
    end, most = LAST, min(int(parts.pop("COUNT", _MOST)), _MOST)
    if until := parts.pop("UNTIL", ""):
        limit = when_of(Line("UNTIL", {}, until))
        end = min(end, limit.wall + (before if limit.zone == "UTC" else timedelta(days=limit.is_day)))
    parts["UNTIL"] = end.strftime("%Y%m%dT%H%M%S")
    found = rrulestr(";".join(f"{key}={value}" for key, value in parts.items()), dtstart=start)
    return list(islice(found, most))


def _offset(text: str) -> timedelta:
    found = _OFFSET.fullmatch(text.strip())
    if found is None:
        raise Unreadable(text)
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    if offset >= timedelta(hours=24):
        raise Unreadable(text)
    return -offset if found[1] == "-" else offset
