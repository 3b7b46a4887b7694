"""What talks were about, as totals: shares of talks with any tick. Nobody but the two reads the ticks of a talk.

Only over five pairs and more, for each cell as for the whole (practice.md 6.3). Plain values.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from portal.statements.counted import Sitting
from portal.statements.small import FEW, hidden_of, share


@dataclass(frozen=True, slots=True)
class Tick:
    """That something was ticked at a talk which stands in the book of this pair."""

    label: str
    contact_id: int
    pairing_id: int


@dataclass(frozen=True, slots=True)
class MixLine:
    """One thing that was ticked. ``percent`` is None where it is hidden."""

    label: str
    percent: int | None


@dataclass(frozen=True, slots=True)
class Mix:
    """``talks`` with a tick are the whole of each share; ``is_shown`` is false below five pairs."""

    lines: tuple[MixLine, ...] = ()
    talks: int = 0
    is_shown: bool = False

    @property
    def is_hiding(self) -> bool:
        return any(line.percent is None for line in self.lines)


def mix_of(ticks: Iterable[Tick], counted: Iterable[Sitting]) -> Mix:
    """Of the talks that count, each in the books in which it does, the commonest tick first. The mentor's own time is none."""
    books = {(one.contact_id, one.pairing_id) for one in counted if one.kind != "support"}
    kept = [one for one in ticks if (one.contact_id, one.pairing_id) in books]
    if len({one.pairing_id for one in kept}) < FEW:
        return Mix()
    pairs: dict[str, set[int]] = defaultdict(set)
    talks: dict[str, set[int]] = defaultdict(set)
    for one in kept:
        pairs[one.label].add(one.pairing_id)
        talks[one.label].add(one.contact_id)
    hidden = hidden_of(pairs)
    whole = len({one.contact_id for one in kept})
    lines = [MixLine(label, None if label in hidden else share(len(found), whole)) for label, found in talks.items()]
    return Mix(tuple(sorted(lines, key=lambda line: (-(line.percent or -1), line.label))), whole, True)
