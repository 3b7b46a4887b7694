"""The story's own tools: its data files, its people by handle, its calendar, and a clock that stands where it is told."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from portal.networks.scope import Standing
from portal.web import clock

FILES = Path(__file__).parent / "region"
TIME_ZONE = "Europe/London"
# Some have come, some have gone, and the better half is still ahead.
ON_SINCE = timedelta(minutes=20)
# A place that came free is kept for a day and a night, which has to lie before the evening itself.
WELL_AHEAD = timedelta(days=1)


def read(name: str) -> dict[str, Any]:
    """One data file of the region."""
    with (FILES / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@dataclass
class Story:
    """Where the telling stands: the day and the moment it is told, and everybody and everything by the files' handles."""

    today: date
    now: datetime
    people: dict[str, int] = field(default_factory=dict)
    organisations: dict[str, int] = field(default_factory=dict)
    networks: dict[str, int] = field(default_factory=dict)
    programmes: dict[str, int] = field(default_factory=dict)
    standings: dict[str, Standing] = field(default_factory=dict)

    @property
    def monday(self) -> date:
        """This week's Monday; at a weekend the coming one, as Today shows it."""
        start = self.today - timedelta(days=self.today.weekday())
        return start + timedelta(days=7) if self.today.weekday() >= 5 else start

    def ago(self, days: float, at: str = "16:40") -> datetime:
        """So many days before today, at a time of day; never later than now."""
        return min(self.moment(self.today - timedelta(days=days), at), self.now)

    def on(self, days: int, at: str) -> datetime:
        """So many days from this week's Monday."""
        return self.moment(self.monday + timedelta(days=days), at)

    def dates(self, told: dict[str, Any]) -> list[datetime]:
        """When the sessions of an event begin, always still to come where it says so; the one that is on began just now."""
        if any(one.get("now") for one in told["sessions"]):
            begun = self.now - ON_SINCE
            return [begun - timedelta(minutes=begun.minute % 5, seconds=begun.second, microseconds=begun.microsecond)]
        weeks = 0
        while told.get("ahead") and self.on(told["sessions"][0]["on"] + 7 * weeks, "00:00") < self.now + WELL_AHEAD:
            weeks += 1
        return [self.on(one["on"] + 7 * weeks, one["at"]) for one in told["sessions"]]

    def days_from(self, first: datetime, days: float, at: str) -> datetime:
        """So many days from an event's first date, at a time of day; never later than now."""
        day = clock.local(first, TIME_ZONE).date() + timedelta(days=days)
        return min(self.moment(day, at), self.now)

    @staticmethod
    def moment(day: date, at: str) -> datetime:
        return datetime.combine(day, time.fromisoformat(at), ZoneInfo(TIME_ZONE)).astimezone(UTC)

    def who(self, handle: str) -> int:
        return self.people[handle]

    def stands(self, handle: str) -> Standing:
        """What a person is in Tarn and Tide, as operations want it."""
        return self.standings[handle]


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Things done inside happen at that moment."""
    clock.freeze(moment)
    try:
        yield
    finally:
        clock.freeze(None)


def spread(moment: datetime, place: int) -> datetime:
    """Some minutes later for each further thing of one day, so that they keep their order."""
    return moment + timedelta(minutes=7 * place)
