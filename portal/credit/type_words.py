"""A kind of credit in words: its columns as an administrator reads them, and how its minutes are rounded."""

from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.credit.models import CreditType
from portal.web import dates

ROUNDED: dict[int, LazyString] = {
    1: _l("to the minute"),
    15: _l("down to the quarter hour"),
    30: _l("down to the half hour"),
    60: _l("down to the whole hour"),
}
# What each column is called on the page.
LABELS: dict[str, LazyString] = {
    "name": _l("Name"),
    "unit": _l("One of it"),
    "units": _l("Several of it"),
    "authority": _l("Who recognises it"),
    "minutes_a_unit": _l("Minutes in one"),
    "round_to": _l("Rounded"),
    "shortest": _l("The shortest event that can carry it"),
    "categories": _l("Categories counted apart"),
    "needs_approval": _l("Somebody approves each event before it begins"),
    "needs_evaluation": _l("The evaluation has to be in"),
    "needs_times": _l("Arrival and departure have to be on record"),
    "years_kept": _l("Years to keep"),
    "statement": _l("The sentence above the signature"),
    "blank_line": _l("The line to fill in by hand"),
}


def rounded(step: int) -> str:
    """ "Down to the quarter hour"; a step that came by import is said in minutes."""
    return str(ROUNDED[step]) if step in ROUNDED else _("down to steps of %(length)s", length=dates.minutes(step))


def in_words(kind: CreditType) -> dict[str, str]:
    """What stands there now, by the names of the form's fields."""
    return {key: shown(key, getattr(kind, key)) for key in LABELS}


def shown(key: str, value: Any) -> str:
    """One column in words."""
    if key == "round_to":
        return rounded(int(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "\n".join(value)
    return str(value)
