"""Which dates a repeating entry means, worked out on its own clock: every Tuesday at five stays at five.

dateutil works the rules out; here stands what it may be asked. A rule without an end is followed for two years, one
that asks for more work than any meeting needs is refused.
"""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import islice

from dateutil.rrule import rrulestr
from flask_babel import gettext as _

from portal.web.calendars_in_lines import Block, Line
from portal.web.calendars_in_times import Unreadable, When, in_utc, when_of, whens_of
from portal.web.calendars_in_zones import Clock, Clocks

AHEAD = timedelta(days=731)
# Steps of a day that working out one entry, and all of a file, may take.
MOST_STEPS, MOST_STEPS_OF_FILE = 60_000, 400_000
_PARTS = {
    *("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYSETPOS", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"),
    *("BYDAY", "BYHOUR", "BYMINUTE", "BYSECOND", "RSCALE", "SKIP"),
}
# Rules of weeks, months and years skip most days.
STEPS = {"WEEKLY": 4, "MONTHLY": 20, "YEARLY": 100}
# The western calendar repeats itself after so long, weekdays and all.
CYCLE_YEARS, CYCLE = 400, timedelta(days=146_097)
# What a rule costs that never comes true: dateutil follows such a one to the year 9999, whatever its end.
NEVER = 40_000
LAST_YEAR = 9998
DAY_ENDS = time(23, 59, 59)


class CantRepeat(Exception):
    """A rule that is not followed: one sentence why."""

    def __init__(self, sentence: object) -> None:
        super().__init__(str(sentence))
        self.sentence = str(sentence)


@dataclass
class Budget:
    """What the repeats of one file may still cost."""

    left: int = MOST_STEPS_OF_FILE

    def spend(self, steps: int) -> None:
        if steps > MOST_STEPS or steps > self.left:
            raise CantRepeat(_("It repeats too often, over too long a time, to be worked out here."))
        self.left -= steps


@dataclass
class Dates:
    """The dates of an entry as its clock shows them, with the lengths of those that have their own."""

    walls: list[datetime]
    lengths: dict[datetime, timedelta] = field(default_factory=dict)
    is_endless: bool = False


def dates_of(block: Block, start: When, clock: Clock, clocks: Clocks, now: datetime, budget: Budget) -> Dates:
    """Every date up to two years ahead (of today, or of the start where that is later), in order.

    Raises CantRepeat, Unreadable, UnknownClock.
    """
    horizon = max(clock.to_wall(now), start.wall) + AHEAD
    rules = [_parts(line) for line in block.all("RRULE") if line.value.strip()]
    walls = {start.wall}
    for rule in rules:
        walls |= set(_followed(rule, start, clock, horizon, budget, with_start=True))
    lengths: dict[datetime, timedelta] = {}
    for more in whens_of(block.all("RDATE")):
        wall = _on(more, start, clock, clocks)
        walls.add(wall)
        if more.lasts is not None:
            lengths[wall] = more.lasts
    for line in block.all("EXRULE"):
        walls -= set(_followed(_parts(line), start, clock, horizon, budget, with_start=False))
    walls = _without(walls, whens_of(block.all("EXDATE")), start, clock, clocks)
    endless = any(not {"COUNT", "UNTIL"} & rule.keys() for rule in rules)
    return Dates(sorted(wall for wall in walls if wall <= horizon), lengths, endless)


def _parts(line: Line) -> dict[str, str]:
    parts = dict(part.strip().upper().split("=", 1) for part in line.value.split(";") if "=" in part)
    odd = [key for key in parts if key not in _PARTS and not key.startswith("X-")]
    if odd or parts.get("FREQ") not in ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"):
        raise CantRepeat(_("How it repeats can’t be read: %(rule)s", rule=line.value[:80]))
    if parts["FREQ"] in ("HOURLY", "MINUTELY", "SECONDLY"):
        raise CantRepeat(_("It repeats more often than once a day: that is no meeting."))
    if parts.pop("RSCALE", "GREGORIAN") != "GREGORIAN" or parts.pop("SKIP", "OMIT") != "OMIT":
        raise CantRepeat(_("It repeats by another calendar than the one of the western months."))
    return {key: value for key, value in parts.items() if key in _PARTS}


def _followed(
    parts: dict[str, str], start: When, clock: Clock, horizon: datetime, budget: Budget, with_start: bool
) -> list[datetime]:
    rule = dict(parts)
    most = _number(rule.pop("COUNT", ""), 1_000_000)
    if _number(rule.get("INTERVAL", ""), 1) < 1 or most < 1:
        raise CantRepeat(_("How it repeats can’t be read: %(rule)s", rule=_spelt(parts)[:80]))
    end = min(horizon, _until(rule.pop("UNTIL", ""), clock) or horizon)
    times = [rule[key].count(",") + 1 for key in ("BYHOUR", "BYMINUTE", "BYSECOND") if key in rule]
    steps = max(0, (end - start.wall).days) // STEPS.get(rule["FREQ"], 1)
    for more in times:
        steps *= more
    budget.spend(steps)
    # Worked out as late as the calendar goes, so that a rule that never comes true is given up soon.
    later = max(0, LAST_YEAR - max(end, start.wall).year) // CYCLE_YEARS * CYCLE
    rule["UNTIL"] = f"{end + later:%Y%m%dT%H%M%S}"
    try:
        found = [one - later for one in islice(rrulestr(_spelt(rule), dtstart=start.wall + later), most)]
    except (ValueError, TypeError, KeyError, IndexError, OverflowError) as error:
        raise CantRepeat(_("How it repeats can’t be read: %(rule)s", rule=_spelt(parts)[:80])) from error
    if not found:
        budget.spend(NEVER)
    # The start is the first date even where the rule does not name it.
    return found[: most - 1] if with_start and start.wall not in found else found


def _until(text: str, clock: Clock) -> datetime | None:
    if not text:
        return None
    limit = when_of(Line("UNTIL", {}, text))
    if limit.is_day:
        return datetime.combine(limit.day, DAY_ENDS)
    return clock.to_wall(in_utc(limit.wall)) if limit.zone == "UTC" else limit.wall


def _on(when: When, start: When, clock: Clock, clocks: Clocks) -> datetime:
    """A moment on the clock of the entry; a bare date means the hour of the entry on that day."""
    if when.is_day or start.is_day:
        return datetime.combine(when.day, start.wall.time())
    if not when.zone or when.zone == clock.name:
        return when.wall
    return clock.to_wall(clocks.called(when.zone).to_utc(when.wall))


def _without(walls: set[datetime], left_out: list[When], start: When, clock: Clock, clocks: Clocks) -> set[datetime]:
    days = {when.day for when in left_out if when.is_day}
    moments = {_on(when, start, clock, clocks) for when in left_out if not when.is_day}
    return {wall for wall in walls if wall not in moments and wall.date() not in days}


def _number(text: str, otherwise: int) -> int:
    if not text:
        return otherwise
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0


def _spelt(parts: dict[str, str]) -> str:
    return ";".join(f"{key}={value}" for key, value in parts.items())


__all__ = ["Budget", "CantRepeat", "Dates", "Unreadable", "dates_of"]
