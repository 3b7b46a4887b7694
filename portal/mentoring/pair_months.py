"""The months of a pair: how often it talked, how long, how much of it both say, and until when it can be written to.

Plain values: no database, no request.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from portal.mentoring.months import closes_on, is_open, month_of, next_month
from portal.mentoring.standing import InProgramme
from portal.programmes.models import Programme, year_of
from portal.programmes.what_counts import why_not

# How many months a pair's page goes back.
MOST = 12


@dataclass(frozen=True, slots=True)
class Told:
    """A talk as it is counted in the book of a pair; ``logged_by`` and whether the other one said that it was otherwise."""

    day: date
    minutes: int
    kind: str
    confirmed: bool
    programmes: frozenset[int] = frozenset()
    id: int = 0
    starts_at: datetime | None = None
    logged_by: int = 0
    disputed: bool = False

    def waits_for(self, person_id: int) -> bool:
        """Whether this one of the two is asked about it and has not answered: nobody is about the mentor's own time."""
        return self.logged_by != person_id and self.kind != "support" and not (self.confirmed or self.disputed)


@dataclass(frozen=True, slots=True)
class Stay:
    """A programme that a pair is or was in."""

    programme: Programme
    since: date
    until: date | None
    whose: str = ""

    def touches(self, month: date) -> bool:
        return self.since < next_month(month) and (self.until is None or self.until >= month)


@dataclass(frozen=True, slots=True)
class Reopening:
    """What became of a month beyond the rule: asked for, and opened again until a day."""

    asked_at: datetime | None = None
    asked_by: int | None = None
    reopened_at: datetime | None = None
    open_until: date | None = None

    @property
    def waits(self) -> bool:
        return self.asked_at is not None and self.reopened_at is None


@dataclass(frozen=True, slots=True)
class Month:
    """``asked`` is how many of its talks the other one can confirm; ``closes`` the last day by the rule, None: never."""

    month: date
    talks: int
    minutes: int
    asked: int
    confirmed: int
    closes: date | None
    state: str
    beyond: Reopening = field(default_factory=Reopening)


def months_of(
    talks: Iterable[Told],
    stays: Sequence[Stay],
    beyond: dict[date, Reopening],
    begun: date,
    ended: date | None,
    today: date,
) -> list[Month]:
    """This month, or the last one of a pair that has ended, and up to a year before it; the newest first."""
    by_month: dict[date, list[Told]] = {}
    for talk in talks:
        by_month.setdefault(month_of(talk.day), []).append(talk)
    last = month_of(min(ended or today, today))
    found: list[Month] = []
    while len(found) < MOST and last >= month_of(begun):
        found.append(_month(last, by_month.get(last, []), stays, beyond.get(last, Reopening()), today))
        last = month_before(last)
    return found


def month_before(month: date) -> date:
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def counted(talks: Iterable[Told], stays: Iterable[Stay], today: date) -> list[InProgramme]:
    """Each programme that the pair is in, or was in during its running year, with the minutes that count."""
    known = list(talks)
    found = []
    for stay in stays:
        programme, (begins, after) = stay.programme, year_of(stay.programme, today)
        if stay.until is None or stay.until >= begins:
            minutes = sum(one.minutes for one in known if begins <= one.day < after and _counts(one, programme))
            found.append(InProgramme(programme, stay.since, stay.until, minutes, stay.whose))
    return found


def _counts(talk: Told, programme: Programme) -> bool:
    return programme.id in talk.programmes and not why_not(programme, talk.kind, talk.confirmed)


def _month(month: date, talks: list[Told], stays: Sequence[Stay], beyond: Reopening, today: date) -> Month:
    met = [one for one in talks if one.kind != "support"]
    closes = closes_on(month, [one.programme.closes_on_day for one in stays if one.touches(month)])
    return Month(
        month,
        len(met),
        sum(one.minutes for one in talks),
        len(met),
        sum(one.confirmed for one in met),
        closes,
        _state(closes, beyond, today),
        beyond,
    )


def _state(closes: date | None, beyond: Reopening, today: date) -> str:
    """ "open", "reopened", "asked" (closed, and somebody asks for it) or "closed"."""
    if is_open(today, closes):
        return "open"
    if is_open(today, closes, beyond.open_until):
        return "reopened"
    return "asked" if beyond.waits else "closed"
