"""What is written down of one visit, as the operations want it."""

from dataclasses import dataclass
from datetime import date

from portal.activities.meetings import Met

# What the history calls it.
SUBJECT = "support_visit"


@dataclass(frozen=True, slots=True)
class Visit:
    """``kind`` is "visit" or "technical"; ``topics`` are codes of the region's words; ``met_id`` is who was met there.

    ``along`` are the other coordinators who were there too.
    """

    met: Met
    organisation_id: int
    kind: str = "visit"
    topics: tuple[str, ...] = ()
    met_id: int | None = None
    note: str = ""
    next_step: str = ""
    next_on: date | None = None
    along: frozenset[int] = frozenset()
