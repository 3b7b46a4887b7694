"""The kinds of costs in words."""

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
