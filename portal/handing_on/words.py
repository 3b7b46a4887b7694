"""What the fields of her texts are called in a document that goes along."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SHARED: dict[str, LazyString] = {
    "parked": _l("Where we parked"),
    "working": _l("What is working"),
    "challenges": _l("What is hard"),
    "mentee_steps": _l("My next steps"),
    "mentor_steps": _l("Next steps of my mentor"),
    "moment": _l("A moment that stays"),
}
# A note to herself needs no name of its own.
NOTE: dict[str, LazyString] = {}
