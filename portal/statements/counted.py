"""The one way in which hours are counted: talks as they stand in the books of pairs, taken once for whoever sat in them.

Every paper and every figure of this room is made from these rows, so that none of them can say anything else. Plain
values: no database, no request. The rules: a group counts once for the mentor and once for each of her mentees; support
is the mentor's time alone; what a programme does not count is told apart with its reason and never vanishes; a removed
talk is no row at all. Source: practice.md 6.1 (three kinds, so that no minute is counted twice).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from portal.programmes.models import Programme
from portal.programmes.what_counts import why_not

# After so many days without an answer a talk stands on the word of the one who wrote it down.
ANSWER_DAYS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One talk in the book of one pair. ``minutes`` are those of the talk, however many pairs sat in it."""

    contact_id: int
    talk_id: int
    pairing_id: int
    mentor_id: int
    mentee_id: int
    day: date
    minutes: int
    kind: str
    mode: str
    confirmed: bool = False
    disputed: bool = False
    programmes: frozenset[int] = frozenset()

    @property
    def month(self) -> date:
        return self.day.replace(day=1)


@dataclass(frozen=True, slots=True)
class Line:
    """One talk, once. ``asked`` is how many others can say so too (support: none), ``confirmed`` how many did."""

    contact_id: int
    talk_id: int
    day: date
    minutes: int
    kind: str
    mode: str
    pairing_ids: tuple[int, ...]
    asked: int
    confirmed: int
    disputed: int

    @property
    def month(self) -> date:
        return self.day.replace(day=1)

    def standing(self, today: date) -> str:
        """ "alone" (support), "agreed", "otherwise" (somebody disputes it), "open", or "one_word" after two weeks."""
        if not self.asked:
            return "alone"
        if self.confirmed == self.asked:
            return "agreed"
        if self.disputed:
            return "otherwise"
        return "one_word" if today - self.day > ANSWER_DAYS else "open"


@dataclass(frozen=True)
class Counted:
    """What counts, and what does not, each with its reason: "group", "support", "unconfirmed"."""

    sittings: tuple[Sitting, ...]
    left_out: dict[str, tuple[Sitting, ...]]

    @cached_property
    def lines(self) -> list[Line]:
        """Worked out once: a report of a region asks for them again and again."""
        return once(self.sittings)

    @property
    def minutes(self) -> int:
        """Each talk once."""
        return minutes_once(self.sittings)

    def between(self, first: date, last: date) -> "Counted":
        """The same from a day to a day, both included."""
        return Counted(
            tuple(one for one in self.sittings if first <= one.day <= last),
            {
                reason: kept
                for reason, some in self.left_out.items()
                if (kept := tuple(one for one in some if first <= one.day <= last))
            },
        )


def counted_for(sittings: Iterable[Sitting], programme: Programme | None, as_mentor: bool = True) -> Counted:
    """Those that count for a programme, or all of them without one; for a mentee without the mentor's own time."""
    counts: list[Sitting] = []
    left_out: dict[str, list[Sitting]] = defaultdict(list)
    for one in sittings:
        if one.kind == "support" and not as_mentor:
            continue
        if programme is not None and programme.id not in one.programmes:
            continue
        reason = why_not(programme, one.kind, one.confirmed) if programme is not None else ""
        (left_out[reason] if reason else counts).append(one)
    return Counted(tuple(counts), {reason: tuple(some) for reason, some in left_out.items()})


def once(sittings: Iterable[Sitting]) -> list[Line]:
    """Each talk as one line, in the order of their days: the pairs that sat in it, and how many of them said yes."""
    together: dict[int, list[Sitting]] = defaultdict(list)
    for one in sittings:
        together[one.contact_id].append(one)
    return sorted((_line(some) for some in together.values()), key=lambda line: (line.day, line.contact_id))


def minutes_once(sittings: Iterable[Sitting]) -> int:
    return sum({one.contact_id: one.minutes for one in sittings}.values())


def minutes_by_pair(sittings: Iterable[Sitting]) -> dict[int, int]:
    """What each pair's book holds: a group stands whole in each."""
    found: dict[int, int] = defaultdict(int)
    for one in sittings:
        found[one.pairing_id] += one.minutes
    return dict(found)


def minutes_by_mentee(sittings: Iterable[Sitting]) -> dict[int, int]:
    """The same for people: two who became a pair again are one mentee."""
    found: dict[int, int] = defaultdict(int)
    for one in sittings:
        found[one.mentee_id] += one.minutes
    return dict(found)


def minutes_by_kind(lines: Iterable[Line]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for line in lines:
        found[line.kind] += line.minutes
    return dict(found)


def confirmed_of(lines: Iterable[Line]) -> tuple[int, int]:
    """How many words of others are in, of how many that could be: support asks nobody."""
    told = list(lines)
    return sum(line.confirmed for line in told), sum(line.asked for line in told)


def talks_among(lines: Iterable[Line]) -> int:
    """How many talks with somebody: the mentor's own time is none."""
    return sum(1 for line in lines if line.kind != "support")


def _line(some: Sequence[Sitting]) -> Line:
    first = some[0]
    words = [] if first.kind == "support" else some
    return Line(
        first.contact_id, first.talk_id, first.day, first.minutes, first.kind, first.mode,
        tuple(one.pairing_id for one in some),
        len(words), sum(one.confirmed for one in words), sum(one.disputed for one in words),
    )  # fmt: skip
