"""What a programme's rules mean for a pair: time asked for by a day, the next talk that is due, silence, units, caps.

Dates and whole minutes only: no database, no request, no words. How an amount is said is ``credit.rounding.in_words``,
which takes a programme as it is. Where a pair is in two programmes, ``cadence_of`` says which of their rules holds.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Protocol, TypeVar

from portal.programmes.models import Programme, year_of

K = TypeVar("K", bound=Hashable)
A_WEEK = 7
SILENT_AFTER = 30


class HowOften(Protocol):
    """What is asked of a cadence: a programme has it, and so has a pair's own rhythm."""

    @property
    def every_days(self) -> int | None: ...
    @property
    def first_every_days(self) -> int | None: ...
    @property
    def first_weeks(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often two are to talk, in days, and after how many days without a talk they are asked kindly."""

    every_days: int | None = None
    first_every_days: int | None = None
    first_weeks: int | None = None
    silent_after_days: int = SILENT_AFTER


@dataclass(frozen=True, slots=True)
class Target:
    """Minutes that a programme asks of one pair within a span of days.

    ``minutes_least`` is what should have been reached by the last of these days, ``minutes_in_all`` what the pair's whole
    time in the programme's year asks for, ``minutes_most`` where the programme's year ends counting. None asks for nothing.
    """

    minutes_least: int | None = None
    minutes_most: int | None = None
    minutes_in_all: int | None = None

    def standing(self, minutes: int) -> str:
        """ "under", "at" or "over" for so many minutes; "" where the programme asks for no amount."""
        if self.minutes_least is None and self.minutes_most is None:
            return ""
        if self.minutes_most is not None and minutes > self.minutes_most:
            return "over"
        return "under" if minutes < (self.minutes_least or 0) else "at"


@dataclass(frozen=True, slots=True)
class Due:
    """The day by which the two should have talked again, and how many days that is past (0: not yet late)."""

    on: date
    late_days: int


@dataclass(frozen=True, slots=True)
class Units:
    """Minutes in whole steps, rounded down, and the same in the programme's unit, exactly."""

    minutes: int
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Claim:
    """What a mentor may claim in a year: minutes for each mentee, and in all after the caps."""

    by_mentee: Mapping[Hashable, int]
    minutes: int
    was_cut: bool


def target_by(programme: Programme, started_on: date, ended_on: date | None, day: date) -> Target:
    """What a pair should have reached by a day, in the programme's year that the day lies in.

    The year's amount grows day by day from the pair's first day; a pair that begins or ends within the year owes its share.
    """
    first, after = year_of(programme, day)
    return _target(programme, started_on, ended_on, [(first, after)], day)


def target_between(
    programme: Programme, started_on: date, ended_on: date | None, first: date, last: date, day: date | None = None
) -> Target:
    """The same for a period that is no programme's year (a term, a quarter): both its days belong to it.

    Amounts and the cap are the period's share of the years that it touches; weeks run through where one of them turns.
    ``day``: what should have been reached by then; the cap is the whole period's all the same.
    """
    return _target(programme, started_on, ended_on, list(_by_years(programme, first, last)), min(day or last, last))


def _by_years(programme: Programme, first: date, last: date) -> Iterable[tuple[date, date]]:
    """A period cut at the beginnings of the programme's years: first day, and the day after the last."""
    begins = first
    while begins <= last:
        after = min(year_of(programme, begins)[1], last + timedelta(days=1))
        yield begins, after
        begins = after


def _target(
    programme: Programme, started_on: date, ended_on: date | None, spans: Sequence[tuple[date, date]], day: date
) -> Target:
    """Spans of which each lies in one of the programme's years."""
    so_far, whole, share = [], [], Fraction(0)
    for first, after in spans:
        year = year_of(programme, first)
        length = (year[1] - year[0]).days
        begins, last = max(first, started_on), after - timedelta(days=1)
        so_far.append((_days(begins, min(day, last, ended_on or day)), length))
        whole.append((_days(begins, min(last, ended_on or last)), length))
        share += Fraction((after - first).days, length)
    most = programme.most_minutes_a_year
    return Target(_asked(programme, so_far), None if most is None else int(most * share), _asked(programme, whole))


def _days(first: date, last: date) -> int:
    return max((last - first).days + 1, 0)


def _asked(programme: Programme, parts: Sequence[tuple[int, int]]) -> int | None:
    """The larger of the year's share and the weekly average: whoever meets both has met each. Rounded down, in minutes.

    ``parts``: days, of so many days in that year.
    """
    by_year = by_week = None
    if programme.minutes_a_year is not None:
        by_year = int(programme.minutes_a_year * sum((Fraction(*part) for part in parts), Fraction(0)))
    if programme.minutes_a_week is not None:
        by_week = programme.minutes_a_week * (sum(days for days, _length in parts) // A_WEEK)
    return max((one for one in (by_year, by_week) if one is not None), default=None)


def cadence_of(programmes: Iterable[Programme], every_days: int | None = None) -> Cadence:
    """The rhythm of a pair: of its programmes' rules and its own the one that asks soonest. 30 days of silence by default."""
    rules = list(programmes)
    first = [one for one in rules if one.first_every_days and one.first_weeks]
    return Cadence(
        _least([one.every_days for one in rules] + [every_days]),
        _least([one.first_every_days for one in first]),
        max((one.first_weeks or 0 for one in first), default=None),
        _least([one.silent_after_days for one in rules]) or SILENT_AFTER,
    )


def _least(days: Iterable[int | None]) -> int | None:
    return min((one for one in days if one), default=None)


def next_due(how_often: HowOften | int | None, started_on: date, last_on: date | None, today: date) -> Due | None:
    """By which day the two should talk again; None where nothing asks for a rhythm.

    Counted from their last talk, or from the first day of a pair that has not met. In its first weeks the closer rhythm
    holds for what follows a talk within them.
    """
    rule: HowOften = Cadence(how_often) if how_often is None or isinstance(how_often, int) else how_often
    since = max(last_on or started_on, started_on)
    gap = rule.every_days
    if rule.first_every_days and rule.first_weeks and since < started_on + timedelta(weeks=rule.first_weeks):
        gap = rule.first_every_days
    if not gap:
        return None
    on = since + timedelta(days=gap)
    return Due(on, max((today - on).days, 0))


def silent_days(silent_after_days: int, started_on: date, last_on: date | None, today: date) -> int | None:
    """For how many days nothing was written down, once that is longer than the rule; else None."""
    days = (today - max(last_on or started_on, started_on)).days
    return days if days > silent_after_days else None


def units_of(programme: Programme, minutes: int) -> Units:
    """Minutes in the programme's whole steps, rounded down and never up, and as its units: 104 in quarters are 90, 3/2."""
    whole = max(minutes, 0) // programme.round_to * programme.round_to
    return Units(whole, Fraction(whole, programme.minutes_a_unit))


def claim_of(programme: Programme, minutes_by_mentee: Mapping[K, int]) -> Claim:
    """What a mentor may claim for one of the programme's years: each mentee up to her cap, all together up to theirs.

    Rounding comes first, then the cap for each mentee, then the cap in all (Washington: ten clock hours for each teacher
    mentored, thirty at most).
    """
    rounded = {one: units_of(programme, minutes).minutes for one, minutes in minutes_by_mentee.items()}
    each, in_all = (
        None if units is None else units * programme.minutes_a_unit
        for units in (programme.most_units_a_mentee, programme.most_units_a_year)
    )
    capped: dict[Hashable, int] = {
        one: minutes if each is None else min(minutes, each) for one, minutes in rounded.items()
    }
    total = sum(capped.values())
    claimed = total if in_all is None else min(total, in_all)
    return Claim(capped, claimed, claimed < sum(rounded.values()))
