"""An event as somebody typed it: plain values, checked by the form, handed to the operations."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SessionDraft:
    """One session as typed. ``id`` is None for a new one; ``is_removed`` takes it out."""

    starts_at: datetime
    minutes: int
    mode: str = "in_person"
    place: str = ""
    joining_link: str = ""
    capacity: int | None = None
    id: int | None = None
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event as typed, with its sessions."""

    title: str
    strapline: str = ""
    about: str = ""
    for_whom: str = ""
    cost: str = ""
    getting_there: str = ""
    is_public: bool = True
    owner_id: int | None = None
    sessions: list[SessionDraft] = field(default_factory=list)
