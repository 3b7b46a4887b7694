"""A statement of hours: what a mentor or a mentee shows a licence office, an employer or a programme. Plain values.

Minutes are those of the ledger, to the minute. What is said in the programme's unit is worked out from them once, at the
end: whole steps, rounded down. No note, no focus and no tick ever stands here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.programmes.models import Programme
from portal.programmes.rules import units_of
from portal.statements.claiming import claimable, has_caps
from portal.statements.counted import (
    Counted,
    Line,
    Sitting,
    confirmed_of,
    counted_for,
    minutes_by_kind,
    minutes_once,
    once,
    talks_among,
)
from portal.statements.periods import Period
from portal.statements.queries_months import Closing
from portal.statements.queries_pairs import Pair


@dataclass(frozen=True, slots=True)
class Whose:
    """Who states her hours, and as what. ``one_pair`` where it is about a single pair."""

    person_id: int
    name: str
    as_mentor: bool
    one_pair: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """What some lines come to: each talk once."""

    talks: int
    minutes: int
    confirmed: int
    asked: int
    on_one_word: int

    @classmethod
    def of(cls, sittings: Sequence[Sitting], today: date) -> "Sum":
        lines = once(sittings)
        words = sum(1 for line in lines if line.standing(today) == "one_word")
        return cls(talks_among(lines), sum(line.minutes for line in lines), *confirmed_of(lines), words)


@dataclass(frozen=True, slots=True)
class Statement:
    whose: Whose
    programme: Programme | None
    period: Period
    pairs: tuple[Pair, ...]
    counted: Counted
    # Minutes that are said in the programme's unit: rounded down, and for a mentor what the caps leave of it.
    stated: int
    today: date
    closings: Mapping[date, Closing]

    @property
    def lines(self) -> list[Line]:
        return self.counted.lines

    @property
    def whole(self) -> Sum:
        return Sum.of(self.counted.sittings, self.today)

    @property
    def by_pair(self) -> list[tuple[Pair, Sum]]:
        """What stands in the book of each: a group stands in each, so these need not add up to the whole."""
        return [(pair, Sum.of(self._where(pairing_id=pair.id), self.today)) for pair in self.pairs]

    @property
    def by_month(self) -> list[tuple[date, Sum, Closing | None]]:
        """Each month with something in it."""
        months = sorted({one.month for one in self.counted.sittings})
        return [(one, Sum.of(self._where(month=one), self.today), self.closings.get(one)) for one in months]

    @property
    def by_kind(self) -> dict[str, int]:
        return minutes_by_kind(self.counted.lines)

    @property
    def left_out(self) -> dict[str, tuple[int, int]]:
        """By reason: how many talks the programme does not count, and their minutes."""
        return {reason: (len(once(some)), minutes_once(some)) for reason, some in self.counted.left_out.items()}

    @property
    def is_capped(self) -> bool:
        return bool(self.whose.as_mentor and self.programme and has_caps(self.programme))

    def with_whom(self, line: Line) -> str:
        """The names of the others who sat in it."""
        named = {pair.id: pair.other_than(self.whose.person_id) for pair in self.pairs}
        return ", ".join(sorted({named[one] for one in line.pairing_ids if one in named}))

    def _where(self, **is_: object) -> list[Sitting]:
        return [one for one in self.counted.sittings if all(getattr(one, key) == value for key, value in is_.items())]


def statement(
    whose: Whose,
    programme: Programme | None,
    period: Period,
    pairs: Sequence[Pair],
    sittings: Sequence[Sitting],
    closings: Mapping[date, Closing],
    today: date,
) -> Statement:
    """``sittings``: all talks of those pairs since the beginning of the programme's year (``claiming.since_when``)."""
    whole = counted_for(sittings, programme, whose.as_mentor)
    counted = whole.between(period.first, period.last)
    stated = counted.minutes
    if programme and whose.as_mentor:
        stated = claimable(programme, whole.sittings, period.first, period.last)
    elif programme:
        stated = units_of(programme, stated).minutes
    shown = [pair for pair in pairs if pair.was_there(period.first, period.last)]
    return Statement(whose, programme, period, tuple(shown), counted, stated, today, closings)
