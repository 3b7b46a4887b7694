"""An opening as the operations are handed it, and how it stands."""

from dataclasses import dataclass
from datetime import date

from portal.openings.models import Opening

# What the history calls it.
SUBJECT = "opening"
ANSWERS = ("taken", "not_now")


@dataclass(frozen=True, slots=True)
class Posting:
    """``subjects`` and ``phases`` are codes of the region's words; ``text`` is Markdown."""

    kind: str
    title: str
    answer_by: date
    text: str = ""
    starts_on: date | None = None
    places: int | None = None
    subjects: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()


def state_of(opening: Opening, today: date) -> str:
    """ "open", "past" (its last day is over) or "closed" (somebody said so)."""
    if opening.closed_at:
        return "closed"
    return "past" if opening.answer_by < today else "open"
