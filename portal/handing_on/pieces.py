"""What a teacher may hand on, piece by piece. Only what is hers to give: facts of her own mentoring, and her own words.

What the other one of a pair wrote in her own name is not offered at all: it was written for the two, and its writer has
not been asked. Goals and steps of a cycle are one text of the two, in the mentee's name, whoever of them typed it.
Nor does a mentor hand anything on: what she wrote is about somebody else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

# The kinds in the order in which they stand on the page and in the document.
HEADINGS: dict[str, LazyString] = {
    "pair": _l("That you had a mentor: who, from when to when, how many talks and hours"),
    "months": _l("Your hours, month by month"),
    "goal": _l("Goals of you two, as they stand in your name"),
    "needs": _l("What you wanted help with, in your words"),
    "cycle_step": _l("Coaching cycles, what stands in your name"),
    "talk": _l("What you wrote about a talk for the two of you"),
    "note": _l("Notes to yourself, which nobody has read so far"),
}
# What the same parts are called for whoever reads the document.
PARTS: dict[str, LazyString] = {
    "pair": _l("Mentoring"),
    "months": _l("Hours by month"),
    "goal": _l("Goals"),
    "needs": _l("What I wanted help with"),
    "cycle_step": _l("Coaching cycles"),
    "talk": _l("From my notes of talks"),
    "note": _l("From my notes to myself"),
}
Picked = list[list[str | int]]


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that can be picked. ``lines`` are (label, text); an empty label is a paragraph of its own."""

    kind: str
    id: int
    title: str
    lines: tuple[tuple[str, str], ...]
    day: date | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"

    @property
    def start(self) -> str:
        """How it begins, to know it again on the page on which she picks."""
        return " · ".join(f"{label}: {text}" if label else text for label, text in self.lines)


def keys_of(picked: Picked) -> list[str]:
    return [f"{kind}:{number}" for kind, number in picked]


def picked_of(keys: Iterable[str]) -> Picked:
    """The other way round; raises ValueError for what is no key."""
    found: Picked = []
    for key in keys:
        kind, _colon, number = key.partition(":")
        found.append([kind, int(number)])
    return found


def by_kind(pieces: Iterable[Piece]) -> dict[str, list[Piece]]:
    """In the order of the headings; kinds of which there is nothing are left out."""
    found: dict[str, list[Piece]] = {kind: [] for kind in HEADINGS}
    for piece in pieces:
        found[piece.kind].append(piece)
    return {kind: some for kind, some in found.items() if some}


def taken(pieces: Iterable[Piece], picked: Picked) -> list[Piece]:
    """The picked ones, in the order in which they are offered. What is gone meanwhile is not there."""
    wanted = set(keys_of(picked))
    return [piece for piece in pieces if piece.key in wanted]
