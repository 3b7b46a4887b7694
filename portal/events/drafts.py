"""An event as somebody typed it: plain values, checked by the form, handed to the operations."""

from dataclasses import dataclass, field
from datetime import datetime

# What an event carries besides its sessions, as the form types it, the record keeps it and a copy takes it along.
TEXTS = ("title", "strapline", "about", "for_whom", "cost", "getting_there", "is_public")
MORE = ("objectives", "books_whole", "completed_share", "seats_per_school", "confirm_hours", "evaluation")


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
class GuestDraft:
    """What somebody without an account typed. ``agreed`` are the kinds of ``people.consents`` that she ticked."""

    name: str
    address: str
    school: str = ""
    needs: str = ""
    subject: str = ""
    wants_credit: bool = False
    comes_as: str = "participant"
    agreed: tuple[str, ...] = ()


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
    objectives: str = ""
    books_whole: bool = False
    completed_share: int = 75
    seats_per_school: int | None = None
    confirm_hours: int | None = None
    evaluation: str = "anonymous"
    sessions: list[SessionDraft] = field(default_factory=list)
