"""The tabs over the pages of one room, where it has several lists: its own, and what the rooms that stand on it add.

A page draws them with ``{{ tabs(room_tabs('kit', 'boxes'), _('Kit boxes')) }}``. What few people open stands under a tab,
so that the row stays one line on a tablet.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString

from portal.networks.scope import Standing, here

Drawn = list[tuple[str, str, bool, int | None]]


@dataclass(frozen=True)
class Tab:
    """``place`` orders them. ``count`` stands behind the words; ``shown`` is asked first.

    ``under`` is the key of another tab: then the page of that one leads to it, and the row marks that one.
    """

    key: str
    label: LazyString
    endpoint: str
    place: int
    count: Callable[[Standing], int | None] = lambda member: None
    shown: Callable[[Standing], bool] = lambda member: True
    under: str = ""


_known: dict[str, dict[str, Tab]] = defaultdict(dict)


def declare_tab(room: str, tab: Tab) -> None:
    """Add one to a room, by the room's key."""
    _known[room][tab.key] = tab


def room_tabs(room: str, current: str) -> Drawn:
    """For the ``tabs`` macro: those that this member sees, in their order."""
    known = _known[room]
    return _in_order(room, "", (known[current].under or current) if current in known else "")


def room_tabs_under(room: str, parent: str) -> Drawn:
    """Those that the page of a tab leads to."""
    return _in_order(room, parent, "")


def room_tabs_beside(room: str, current: str) -> Drawn:
    """Where the page stands under a tab: what else does, so that nobody has to go back for it."""
    known = _known[room]
    return _in_order(room, known[current].under, current) if current in known and known[current].under else []


def _in_order(room: str, under: str, here_is: str) -> Drawn:
    member = here().membership
    known = sorted((tab for tab in _known[room].values() if tab.under == under), key=lambda tab: tab.place)
    return [
        (str(tab.label), url_for(tab.endpoint), tab.key == here_is, tab.count(member))
        for tab in known
        if tab.shown(member)
    ]
