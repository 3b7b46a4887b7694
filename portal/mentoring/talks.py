"""A talk as somebody wrote it down: plain values, checked by the form, handed to the operations."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from portal.web.errors import DomainError

# What the two share of a talk, from the ten-second entry to the long form.
SHARED = ("parked", "working", "challenges", "mentee_steps", "mentor_steps", "moment")


@dataclass(frozen=True)
class Talk:
    """What somebody writes down of a talk: the counted layer, then the two private ones.

    ``also`` are the ids of other pairs of the same mentor that sat in it (kind "group"). ``not_for`` are programmes of the
    pair that this talk does not count for; None where she was not asked, so that it stays as it was. ``activities`` are
    codes, ``standards`` ids of lines of a frame.
    """

    at: datetime
    minutes: int
    mode: str = "in_person"
    kind: str = "one_to_one"
    has_time: bool = False
    focus: str | None = None
    activities: Collection[str] = ()
    standards: Collection[int] = ()
    also: Collection[int] = ()
    not_for: Collection[int] | None = None
    next_at: datetime | None = None
    how: str = "page"
    parked: str = ""
    working: str = ""
    challenges: str = ""
    mentee_steps: str = ""
    mentor_steps: str = ""
    moment: str = ""
    only_me: str = ""

    @property
    def shared(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in SHARED}

    @property
    def texts(self) -> dict[str, str]:
        return self.shared | {"only_me": self.only_me}


class MonthClosed(DomainError):
    """The day lies in a month that is closed for a pair, of a group perhaps another one; ``month`` is its first day."""

    def __init__(self, sentence: object, month: date, pairing_id: int) -> None:
        super().__init__(sentence, "on")
        self.month, self.pairing_id = month, pairing_id
