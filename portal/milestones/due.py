"""What is asked of a pair now: for which period, by which day, and whether it is done. Dates only: no database, no words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from portal.milestones.models import ONCE, Milestone
from portal.programmes.models import Programme, day_of, year_of

A_DAY = timedelta(days=1)
# What stands once it is there; everything else is done anew in each period.
STANDING = frozenset({"agreement"})
# A month of which a pair, or what it is asked, saw less than about half asks for nothing.
MID_MONTH = 15

Key = tuple[int, date]


@dataclass(frozen=True, slots=True)
class Stay:
    """A pair in a programme: its days there, and the last day on which anything is asked of it."""

    pairing_id: int
    programme: Programme
    since: date
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One milestone for one period: what is done from ``begins`` to before ``ends`` counts for it."""

    milestone: Milestone
    period: date
    due_on: date
    begins: date = date.min
    ends: date = date.max

    def day_for(self, today: date) -> date:
        """The day that is meant by "it is done", where nobody names one: today, or the last that counts for it."""
        return today if today < self.ends else self.ends - A_DAY


@dataclass(frozen=True, slots=True)
class State:
    """How one thing that is asked stands on a day."""

    asked: Asked
    programme: Programme
    done_on: date | None
    days_late: int

    @property
    def is_done(self) -> bool:
        return self.done_on is not None

    @property
    def is_late(self) -> bool:
        return self.days_late > 0


def asked_of(milestone: Milestone, stay: Stay, made_on: date, today: date) -> list[Asked]:
    """What this milestone asks of a pair on a day: nothing, one thing, or a month and the one before it.

    ``made_on`` is the day on which the milestone was written down: nothing is late because of days before that.
    """
    begun = max(stay.since, made_on)
    if stay.last_day and stay.last_day < today:
        return []
    if milestone.due == "after_start":
        within = timedelta(days=milestone.within_days or 1)
        return [Asked(milestone, ONCE, begun + within)] if stay.since <= today else []
    return _years(milestone, stay, begun, today) if milestone.due == "each_year" else _months(milestone, begun, today)


def _years(milestone: Milestone, stay: Stay, begun: date, today: date) -> list[Asked]:
    """This year of the programme alone: a new one begins with a clean sheet. Who joined after the day is not asked."""
    first, after = year_of(stay.programme, today)
    due = day_in(first, after, milestone.by_month or 1, milestone.by_day or 1)
    return [Asked(milestone, first, due, first, after)] if begun <= due else []


def _months(milestone: Milestone, begun: date, today: date) -> list[Asked]:
    this = today.replace(day=1)
    last = (this - A_DAY).replace(day=1)
    months = [one for one in (last, this) if begun < one.replace(day=MID_MONTH)]
    return [Asked(milestone, one, _next(one) - A_DAY, one, _next(one)) for one in months]


def day_in(first: date, after: date, month: int, day: int) -> date:
    """That day of the year within a programme's year; 29 February is the last of February in other years."""
    for year in (first.year, after.year):
        found = day_of(year, month, day)
        if first <= found < after:
            return found
    return after - A_DAY


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def state_of(asked: Asked, programme: Programme, said: date | None, days: Collection[date], today: date) -> State:
    """``said`` is the day that somebody named; ``days`` are those on which the two did what it is known by: one is enough."""
    counts_since = date.min if asked.milestone.known_by in STANDING else asked.begins
    known = [day for day in days if counts_since <= day < asked.ends]
    done_on = said or (min(known) if known else None)
    late = (today - asked.due_on).days if done_on is None else 0
    return State(asked, programme, done_on, max(0, late))


def states_of(
    stay: Stay,
    milestones: Sequence[tuple[Milestone, date]],
    said: Mapping[Key, date | None],
    days: Mapping[str, Collection[date]],
    today: date,
) -> list[State]:
    """All that a programme asks of a pair on a day, what is open first and by its day.

    ``milestones`` come with the day on which each was written down, ``said`` by milestone and period, ``days`` by what
    a milestone is known by.
    """
    found = [
        state_of(asked, stay.programme, said.get((milestone.id, asked.period)), _known(milestone, days), today)
        for milestone, made_on in milestones
        for asked in asked_of(milestone, stay, made_on, today)
    ]
    return in_order(found)


def state_at(states: Iterable[State], milestone_id: int, period: date) -> State | None:
    """Among what is asked now the one of that milestone and period; None for what is asked no more."""
    return next((one for one in states if (one.asked.milestone.id, one.asked.period) == (milestone_id, period)), None)


def in_order(states: Collection[State]) -> list[State]:
    """What is open first, by the day on which it is due."""
    return sorted(states, key=lambda one: (one.is_done, one.asked.due_on, one.asked.milestone.position))


def _known(milestone: Milestone, days: Mapping[str, Collection[date]]) -> Collection[date]:
    return days.get(milestone.known_by, ())
