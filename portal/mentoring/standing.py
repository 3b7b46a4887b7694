"""How a pair stands against the rules of its programmes and its own rhythm. Plain values: no database, no request.

A pair in two programmes stands against each by itself; the rhythm that asks soonest is the one that is due.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.programmes.models import Programme, year_of
from portal.programmes.rules import Cadence, Due, Target, cadence_of, next_due, silent_days, target_by


@dataclass(frozen=True, slots=True)
class InProgramme:
    """A pair in a programme: from when to when, whose it is, and the minutes that count in its running year."""

    programme: Programme
    since: date
    until: date | None
    minutes: int
    whose: str = ""

    def target(self, started_on: date, ended_on: date | None, day: date) -> Target:
        ends = [one for one in (self.until, ended_on) if one]
        return target_by(self.programme, max(self.since, started_on), min(ends, default=None), day)


@dataclass(frozen=True, slots=True)
class Against:
    """Minutes of the running year against one programme's rule."""

    programme: Programme
    whose: str
    since: date
    until: date | None
    year_begins: date
    minutes: int
    target: Target

    @property
    def standing(self) -> str:
        """ "under", "at", "over", or "" where the programme asks for no amount."""
        return self.target.standing(self.minutes)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one pair stands today. ``silent`` is for how many days, once that is longer than the rule."""

    cadence: Cadence
    due: Due | None
    silent: int | None
    against: Sequence[Against]


def standing_of(
    started_on: date,
    ended_on: date | None,
    every_days: int | None,
    last_on: date | None,
    programmes: Sequence[InProgramme],
    today: date,
) -> Standing:
    """Of a pair whose last talk was on ``last_on``. A pair that has ended is neither due nor silent."""
    current = [one.programme for one in programmes if one.until is None or one.until >= today]
    cadence = cadence_of(current, every_days)
    against = [
        Against(
            one.programme,
            one.whose,
            one.since,
            one.until,
            year_of(one.programme, today)[0],
            one.minutes,
            one.target(started_on, ended_on, today),
        )
        for one in programmes
    ]
    if ended_on:
        return Standing(cadence, None, None, against)
    return Standing(
        cadence,
        next_due(cadence, started_on, last_on, today),
        silent_days(cadence.silent_after_days, started_on, last_on, today),
        against,
    )
