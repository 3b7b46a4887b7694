"""What stays with an event, in words: the kinds of papers, and who reads them."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

KINDS: dict[str, LazyString] = {
    "agenda": _l("Agenda"),
    "slides": _l("Slides"),
    "recording": _l("Recording"),
    "notes": _l("Notes"),
    "photo": _l("Photos"),
    "approval": _l("Letter of approval"),
    "sheet": _l("Signed sheet"),
    "other": _l("Something else"),
}
READERS: dict[str, LazyString] = {
    "coordinators": _l("Coordinators"),
    "coming": _l("Whoever has a place or came"),
    "members": _l("Members of the network"),
    "public": _l("Everybody"),
}
CONSENT = _l("No pupil can be recognised in these pictures, or her school has consent in writing.")
