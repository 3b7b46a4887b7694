"""What somebody did with a step, as plain values: shaped by the form, handed to the operation."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from portal.coaching.writing import Where
from portal.mentoring.talks import Talk


@dataclass(frozen=True)
class Words:
    """What was typed into one text of a step, and the mark of what stood there when she began."""

    where: Where
    typed: Mapping[str, str]
    seen: str


@dataclass(frozen=True)
class Told:
    """The talk that a step was. ``same``: "yes" for the one of that day, "no" for another, "" not asked yet."""

    talk: Talk
    same: str = ""


@dataclass(frozen=True)
class Saved:
    """What somebody did with a step. ``lines`` are ids of the frame, where the step chooses them; ``result`` closes the cycle.

    ``reopens``: she opens a cycle again that the other one closed while she wrote.
    """

    words: Collection[Words] = field(default_factory=tuple)
    due_on: date | None = None
    is_done: bool = True
    told: Told | None = None
    lines: Collection[int] | None = None
    result: str = ""
    reopens: bool = False
