"""What fellow members see of a person: each chooses for herself, item by item."""

from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

# The items in the order of the page, and what each means.
ITEMS: tuple[tuple[str, LazyString], ...] = (
    ("school", _l("Where I work")),
    ("subjects", _l("My subjects")),
    ("phases", _l("My phases")),
    ("knows_about", _l("What I know about")),
    ("email", _l("My email address")),
    ("phone", _l("My phone number")),
    ("public", _l("My name on the public page of a network that I coordinate")),
)
SHOWN_UNLESS_KEPT = {"school", "subjects", "phases", "knows_about"}


def is_listed(listing: dict[str, Any], item: str) -> bool:
    """Whether a person shows an item to fellow members; address and phone only when she says so."""
    return bool(listing.get(item, item in SHOWN_UNLESS_KEPT))
