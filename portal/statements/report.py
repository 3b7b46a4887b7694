"""R6, mentoring and induction hours: what a period comes to, counted from the same rows as every statement. Plain values.

Source of the lines: practice.md 10, R6. The few stay hidden (``small``): no figure may point to a person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median

from portal.programmes.models import Programme
from portal.programmes.rules import target_between, target_by
from portal.statements.counted import Counted, confirmed_of, minutes_by_kind, minutes_by_pair, talks_among
from portal.statements.periods import YEAR, Period
from portal.statements.queries_pairs import Pair
from portal.statements.queries_report import Wish
from portal.statements.small import is_few
from portal.statements.ticks import Mix

STANDINGS = ("under", "at", "over")
# Where no programme says within how many days a mentor is to be found (California: 30).
WITHIN_DAYS = 30
NO_MIX = Mix()
QUARTER = 15


@dataclass(frozen=True, slots=True)
class Report:
    """``pairs`` were one on some day of the period; ``counted`` is what counts of their talks within it."""

    period: Period
    programme: Programme | None
    today: date
    pairs: Sequence[Pair]
    counted: Counted
    wishes: Sequence[Wish] = ()
    rematched: frozenset[int] = frozenset()
    cycles: Mapping[int, int] = field(default_factory=dict)
    trained: Mapping[int, date] = field(default_factory=dict)
    did: Mix = NO_MIX
    about: Mix = NO_MIX

    @property
    def met(self) -> set[int]:
        """The pairs that talked at least once: the mentor's own time is no meeting."""
        return {one.pairing_id for one in self.counted.sittings if one.kind != "support"}

    @property
    def mentors(self) -> set[int]:
        return {pair.mentor_id for pair in self.pairs}

    @property
    def is_of_few(self) -> bool:
        """Whether what was written down comes from so few pairs that it is theirs alone, however many pairs there are."""
        return is_few(len(self.pairs)) or is_few(len(self.books))

    @property
    def talks(self) -> int:
        return talks_among(self.counted.lines)

    @property
    def minutes(self) -> int:
        return self.counted.minutes

    @property
    def median_minutes(self) -> int:
        """Of all pairs, those that did not meet among them. In quarter hours, down: of an odd number it is one pair's own sum."""
        books = self.books
        middle = int(median(books.get(pair.id, 0) for pair in self.pairs)) if self.pairs else 0
        return middle // QUARTER * QUARTER

    @property
    def books(self) -> dict[int, int]:
        return minutes_by_pair(self.counted.sittings)

    @property
    def by_kind(self) -> dict[str, int]:
        return minutes_by_kind(self.counted.lines)

    @property
    def pairs_by_kind(self) -> dict[str, set[int]]:
        return {kind: {one.pairing_id for one in self.counted.sittings if one.kind == kind} for kind in self.by_kind}

    @property
    def confirmed(self) -> tuple[int, int]:
        return confirmed_of(self.counted.lines)

    @property
    def on_one_word(self) -> int:
        return sum(1 for line in self.counted.lines if line.standing(self.today) == "one_word")

    @property
    def within_days(self) -> int:
        return (self.programme and self.programme.within_days) or WITHIN_DAYS

    @property
    def matched(self) -> tuple[int, int]:
        """Wishes answered by a pair in time, of those whose time is over or that have one; taken back is no wish."""
        days = timedelta(days=self.within_days)
        due = [one for one in self.wishes if one.paired_on or (not one.is_over and one.asked_on + days < self.today)]
        return sum(1 for one in due if one.paired_on and one.paired_on <= one.asked_on + days), len(due)

    @property
    def standings(self) -> dict[str, set[int]]:
        """The pairs under, at and over what the programme asks for by the last day; none where it asks for no amount."""
        books, found = self.books, {name: set[int]() for name in STANDINGS}
        for pair in self.pairs:
            if name := standing_of(self, pair, books.get(pair.id, 0)):
                found[name].add(pair.id)
        return found if any(found.values()) else {}

    @property
    def trained_in_period(self) -> int:
        return sum(1 for day in self.trained.values() if self.period.first <= day <= self.period.last)


def standing_of(report: Report, pair: Pair, minutes: int) -> str:
    """ "under", "at", "over", or "" where nothing is asked."""
    programme, period = report.programme, report.period
    if programme is None:
        return ""
    last = min(period.last, report.today)
    if period.key == YEAR:
        return target_by(programme, pair.since, pair.until, last).standing(minutes)
    if last < period.first:
        return ""
    return target_between(programme, pair.since, pair.until, period.first, period.last, last).standing(minutes)
