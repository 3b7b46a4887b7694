"""What a calendar file is read into: a thing with its words, and its dates."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime

from portal.web.calendars_in_lines import Block

LONGEST_TITLE, LONGEST_PLACE, LONGEST_ABOUT, LONGEST_LINK = 200, 300, 10_000, 500
_LINK = re.compile(r"https?://[^\s<>\"]{3,490}", re.IGNORECASE)
_LINKS = (
    *("CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL"),
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
)


@dataclass(frozen=True, slots=True)
class Date:
    """One date of a thing. ``key`` names it for ever: its start as it was first planned, empty for the only one."""

    key: str
    starts_at: datetime
    minutes: int
    place: str
    link: str
    sequence: int
    is_cancelled: bool = False

    @property
    def mark(self) -> str:
        """Changes when anything does that people must be told."""
        said = f"{self.starts_at.isoformat()}|{self.minutes}|{self.place}|{self.link}|{self.is_cancelled}"
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass
class Found:
    """Everything of one UID. ``keys`` are those of its dates and of all that lie ahead, also beyond the most that are
    taken; ``has_series`` tells whether a date that is missing among them was taken out."""

    uid: str
    title: str
    about: str
    numbers: list[int]
    dates: list[Date]
    keys: frozenset[str]
    has_series: bool
    is_whole_day: bool
    remarks: list[str] = field(default_factory=list)

    @property
    def uid_hash(self) -> str:
        return hashlib.sha256(self.uid.encode()).hexdigest()

    @property
    def kept(self) -> list[Date]:
        return [one for one in self.dates if not one.is_cancelled]


def title_of(block: Block) -> str:
    return " ".join(block.text("SUMMARY").split())[:LONGEST_TITLE]


def where_of(block: Block) -> tuple[str, str]:
    """The place in words, and the link by which people join, wherever the program has put it."""
    place = " ".join(block.text("LOCATION").split())
    named = (block.text(name) for name in _LINKS)
    link = next((one for one in named if _LINK.fullmatch(one)), "")
    inside = _LINK.search(place)
    if inside:
        # A link is a key to the door: it belongs to those who come, not into the place that everybody reads.
        link, place = link or inside[0], " ".join(_LINK.sub(" ", place).split()).strip(" ,;-–")
    return place[:LONGEST_PLACE], link[:LONGEST_LINK]


def about_of(block: Block) -> str:
    about, url = block.text("DESCRIPTION")[:LONGEST_ABOUT], block.text("URL")
    return f"{about}\n\n<{url}>".strip() if _LINK.fullmatch(url) and url not in about else about
