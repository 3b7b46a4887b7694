"""The payroll copy: for each mentor of a programme what she worked in a period and what of it she may claim. Plain values.

Source: practice.md R6 (payroll copy: mentor, month, hours, signature lines).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from portal.programmes.models import Programme
from portal.statements.claiming import claimable
from portal.statements.counted import Sitting, counted_for
from portal.statements.periods import Period
from portal.statements.statement import Sum


@dataclass(frozen=True, slots=True)
class PayLine:
    """One mentor. ``worked`` are minutes, each talk once; ``claim`` is what the programme's steps and caps leave of them."""

    mentor_id: int
    mentor: str
    mentees: int
    talks: int
    worked: int
    claim: int
    on_one_word: int


def pay_lines(
    programme: Programme, sittings: Iterable[Sitting], names: Mapping[int, str], period: Period, today: date
) -> list[PayLine]:
    """Those with something in the period, by name. ``sittings`` reach back to the beginning of the programme's year."""
    by_mentor: dict[int, list[Sitting]] = defaultdict(list)
    for one in counted_for(sittings, programme).sittings:
        by_mentor[one.mentor_id].append(one)
    lines = [_line(programme, mentor, names, some, period, today) for mentor, some in by_mentor.items()]
    return sorted((line for line in lines if line.worked or line.claim), key=lambda line: line.mentor.casefold())


def _line(
    programme: Programme, mentor: int, names: Mapping[int, str], some: list[Sitting], period: Period, today: date
) -> PayLine:
    within = [one for one in some if period.first <= one.day <= period.last]
    found = Sum.of(within, today)
    claim = claimable(programme, some, period.first, period.last)
    mentees = len({one.mentee_id for one in within})
    return PayLine(mentor, names.get(mentor, ""), mentees, found.talks, found.minutes, claim, found.on_one_word)
