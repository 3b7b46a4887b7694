"""A talk as somebody wrote it down: plain values, checked by the form, handed to the operations."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Talk:
    """What somebody writes down of a talk: the counted layer, then the two private ones."""

    at: datetime
    minutes: int
    mode: str = "in_person"
    kind: str = "one_to_one"
    focus: str | None = None
    next_at: datetime | None = None
    we_two: str = ""
    only_me: str = ""
