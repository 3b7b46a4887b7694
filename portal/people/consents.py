"""What a person can agree to: each thing apart, in the words that she saw, with the date; taken back at any time."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

WORDINGS: dict[str, LazyString] = {
    "contact": _l("My networks may write to me about meetings, materials and courses that they did not plan with me."),
    "quoted": _l("What I write about my lessons may be quoted with my name and school in reports and on public pages."),
    "photo": _l("Pictures from meetings on which I can be recognised may be shown in reports and on public pages."),
    "research": _l("What is recorded about my part may be used, without my name, in studies of how networks work."),
}
