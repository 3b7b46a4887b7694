"""One organisation's own count: its pairs, and totals by month. Plain values.

Practice.md 6.3: whoever is responsible at a district or a preparation programme knows that a pair exists, from when to
when, and totals a month; never a day, a kind, a note, or what the pair does for another programme.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.programmes.models import Programme
from portal.programmes.rules import units_of
from portal.statements.counted import Sitting, counted_for, minutes_once, once, talks_among
from portal.statements.queries_pairs import Pair


@dataclass(frozen=True, slots=True)
class PairCount:
    pair: Pair
    talks: int
    minutes: int


@dataclass(frozen=True, slots=True)
class MonthCount:
    """``pairs`` met at least once in it."""

    month: date
    pairs: int
    talks: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Count:
    """``minutes`` take each talk once; ``stated`` are they in the programme's whole steps."""

    pairs: tuple[PairCount, ...]
    months: tuple[MonthCount, ...]
    talks: int
    minutes: int
    stated: int
    sittings: tuple[Sitting, ...]


@dataclass(frozen=True, slots=True)
class PairMonthCount:
    """A pair in a month, for the spreadsheet."""

    pair: Pair
    month: date
    talks: int
    minutes: int


def count_for(programme: Programme, pairs: Sequence[Pair], sittings: Iterable[Sitting]) -> Count:
    """By the programme's own rules."""
    counted = counted_for(sittings, programme).sittings
    by_pair, by_month = _grouped(counted, "pairing_id"), _grouped(counted, "month")
    minutes = minutes_once(counted)
    return Count(
        tuple(PairCount(pair, *_come_to(by_pair.get(pair.id, []))) for pair in pairs),
        tuple(MonthCount(month, _met(some), *_come_to(some)) for month, some in sorted(by_month.items())),
        talks_among(once(counted)),
        minutes,
        units_of(programme, minutes).minutes,
        counted,
    )


def by_pair_and_month(programme: Programme, pairs: Sequence[Pair], sittings: Iterable[Sitting]) -> list[PairMonthCount]:
    """Each pair in each month in which something counted."""
    found = []
    by_pair = _grouped(counted_for(sittings, programme).sittings, "pairing_id")
    for pair in pairs:
        months = sorted(_grouped(by_pair.get(pair.id, []), "month").items())
        found += [PairMonthCount(pair, month, *_come_to(some)) for month, some in months]
    return found


def _grouped(sittings: Iterable[Sitting], by: str) -> dict[Any, list[Sitting]]:
    found: dict[Any, list[Sitting]] = defaultdict(list)
    for one in sittings:
        found[getattr(one, by)].append(one)
    return found


def _come_to(some: list[Sitting]) -> tuple[int, int]:
    return talks_among(once(some)), minutes_once(some)


def _met(some: list[Sitting]) -> int:
    return len({one.pairing_id for one in some if one.kind != "support"})
