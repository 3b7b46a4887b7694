"""The event's file in words: kinds of costs, and the ways in which somebody was signed in."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

KINDS: dict[str, LazyString] = {
    "refreshments": _l("Food and drink"),
    "cover": _l("Supply cover"),
    "travel": _l("Travel"),
    "materials": _l("Materials"),
    "room": _l("Room"),
    "speaker": _l("Speaker"),
    "other": _l("Something else"),
}
TIME = "time"
ALL_KINDS: dict[str, LazyString] = {**KINDS, TIME: _l("Time given")}
HOW: dict[str, LazyString] = {
    "code": _l("by the room’s code"),
    "kiosk": _l("at the laptop by the door"),
    "sheet": _l("signed on paper"),
    "coordinator": _l("ticked by a coordinator"),
    "self": _l("said so afterwards"),
    "import": _l("from a list"),
}
