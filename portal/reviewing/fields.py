"""What a coordinator says of a pack, as one plain object from form to operation."""

from dataclasses import dataclass

PASSED, SENT_BACK = "passed", "sent_back"


@dataclass(frozen=True)
class Look:
    """Four answers, a note for its owner, and what was decided. ``hide`` takes a shared pack out of sight meanwhile."""

    works: bool
    is_safe: bool
    licence_is_right: bool
    is_clear: bool
    note: str
    decision: str
    hide: bool = False
