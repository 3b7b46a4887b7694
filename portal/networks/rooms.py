"""The rooms that a network can have open, in the order of their tabs. A closed room is nowhere to be seen."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Room:
    """``key`` names the blueprint and the package's place in the address, ``code`` is the timetable code."""

    key: str
    code: LazyString
    name: LazyString
    can_close: bool = True

    @property
    def endpoint(self) -> str:
        return f"{self.key}.index"


ROOMS = (
    Room("today_here", _l("To"), _l("Today"), can_close=False),
    Room("events", _l("Ev"), _l("What’s on")),
    Room("conversations", _l("Co"), _l("Conversations")),
    Room("resources", _l("Re"), _l("Resources")),
    Room("kit", _l("Ki"), _l("Kit boxes")),
    Room("mentoring", _l("Me"), _l("Mentoring")),
    Room("numbers", _l("Nu"), _l("Numbers")),
)
DEFAULT_ROOMS = [room.key for room in ROOMS if room.can_close]
