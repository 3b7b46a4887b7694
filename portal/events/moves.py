"""What happened to a session in a change, for the mail that tells of it."""

from dataclasses import dataclass
from datetime import datetime

from portal.events.models import Session


@dataclass(frozen=True, slots=True)
class Moved:
    """A session that changed its time, place or way, or was taken out, or is new. ``old_…`` is how it was."""

    session: Session
    old_starts_at: datetime
    old_minutes: int
    old_mode: str
    old_place: str
    is_taken_out: bool = False
    is_new: bool = False

    @property
    def starts_at(self) -> datetime:
        return self.old_starts_at

    @property
    def minutes(self) -> int:
        return self.old_minutes

    @property
    def mode(self) -> str:
        return self.old_mode

    @property
    def place(self) -> str:
        return self.old_place
