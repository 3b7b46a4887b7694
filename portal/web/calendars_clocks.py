"""The rules that a place's clocks follow, as two lines in a calendar file (VTIMEZONE) instead of seventy years of them.

Every program knows "the last Sunday in October"; few keep to a list of single dates. So the rule is found from what the
clocks really do in the years of the file, and only used when it says exactly the same.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Change:
    """The clocks are put from one offset to another. ``wall`` is what they showed at that moment."""

    wall: datetime
    before: timedelta
    after: timedelta
    name: str


@dataclass(frozen=True)
class Rule:
    """One line of two: from ``first`` on, every year on the same Sunday; ``month`` of 0 is once and for all."""

    first: Change
    month: int = 0
    weekday: str = ""

    def component(self) -> TimezoneStandard | TimezoneDaylight:
        change = self.first
        made = TimezoneDaylight() if change.after > change.before else TimezoneStandard()
        made.add("dtstart", change.wall)
        if self.month:
            made.add("rrule", {"freq": "yearly", "bymonth": self.month, "byday": self.weekday})
        made.add("tzoffsetfrom", change.before)
        made.add("tzoffsetto", change.after)
        made.add("tzname", change.name)
        return made


@dataclass(frozen=True)
class Clocks:
    """The clocks of one place, told by rules that are true in the years of the file."""

    zone: ZoneInfo
    rules: tuple[Rule, ...]

    def can_tell(self, moment: datetime) -> bool:
        """Whether what the clocks show means this moment alone. Of two equal hours some programs take the first, others
        the second."""
        wall = moment.astimezone(self.zone)
        return wall.replace(fold=0).utcoffset() == wall.replace(fold=1).utcoffset()

    def component(self) -> Timezone:
        made = Timezone()
        made.add("tzid", self.zone.key)
        for rule in self.rules:
            made.add_component(rule.component())
        return made


def clocks_of(places: Iterable[tuple[str, datetime | date]]) -> dict[str, Clocks]:
    """The clocks of all places of a file, by their names. A place whose clocks keep no simple rule is left out."""
    years: dict[str, set[int]] = {}
    for name, starts_at in places:
        if name not in ("", "UTC") and isinstance(starts_at, datetime):
            years.setdefault(name, set()).add(starts_at.year)
    found = {name: clocks_in(name, min(seen), max(seen)) for name, seen in years.items()}
    return {name: clocks for name, clocks in found.items() if clocks}


@lru_cache(maxsize=256)
def clocks_in(name: str, first_year: int, last_year: int) -> Clocks | None:
    """The clocks of a place from one year to another, or None where no simple rule says what they do."""
    zone = ZoneInfo(name)
    changes = list(_changes(zone, first_year - 1, last_year + 1))
    if not changes:
        start = datetime(first_year - 1, 1, 1, tzinfo=zone)
        offset = start.utcoffset() or timedelta()
        return Clocks(zone, (Rule(Change(start.replace(tzinfo=None), offset, offset, start.tzname() or name)),))
    kinds: dict[tuple[timedelta, timedelta], list[Change]] = {}
    for change in changes:
        kinds.setdefault((change.before, change.after), []).append(change)
    rules = [_rule(kind, last_year - first_year + 3) for kind in kinds.values()]
    return Clocks(zone, tuple(rule for rule in rules if rule)) if len(kinds) == 2 and all(rules) else None


def _changes(zone: ZoneInfo, first_year: int, last_year: int) -> Iterator[Change]:
    """Every change of the clocks in these years, in order."""
    moment, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    while moment < end:
        if _offset(zone, moment) != _offset(zone, moment + DAY):
            yield _change(zone, moment)
        moment += DAY


def _change(zone: ZoneInfo, low: datetime) -> Change:
    high = low + DAY
    before = _offset(zone, low)
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
    wall = (high + before).replace(tzinfo=None)
    return Change(wall, before, _offset(zone, high), high.astimezone(zone).tzname() or zone.key)


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _rule(changes: list[Change], years: int) -> Rule | None:
    """The same Sunday of the same month at the same hour, once in each of the years; else None."""
    walls = [change.wall for change in changes]
    same = {(wall.month, wall.weekday(), wall.time()) for wall in walls}
    if len(same) != 1 or len({wall.year for wall in walls}) != years or len(walls) != years:
        return None
    ((month, weekday, _time),) = same
    places = {(wall.day - 1) // 7 + 1 for wall in walls}
    if all((wall + WEEK).month != wall.month for wall in walls):
        places = {-1}
    return Rule(changes[0], month, f"{places.pop()}{WEEKDAYS[weekday]}") if len(places) == 1 else None
