"""The tabs over the pages of the room: all boxes, refill and mend, and what lending adds to them.

A page draws them with ``{% include "kit/_tabs.html" %}`` after ``{% set tab = 'boxes' %}``. What few people open (rotations,
delivery runs) stands under a tab, so that the row stays one line on a tablet.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString

from portal.kit.policy import Member
from portal.networks.scope import here

Count = Callable[[Member], int | None]


@dataclass(frozen=True)
class Tab:
    """``place`` orders them (all boxes is 20, refill 30). ``count`` stands behind the words; ``shown`` is asked first.

    ``under`` is the key of another tab: then the page of that one leads to it, and the row marks that one.
    """

    key: str
    label: LazyString
    endpoint: str
    place: int
    count: Count = lambda member: None
    shown: Callable[[Member], bool] = lambda member: True
    under: str = ""


_known: dict[str, Tab] = {}


def declare_tab(tab: Tab) -> None:
    _known[tab.key] = tab


def kit_tabs(current: str) -> list[tuple[str, str, bool, int | None]]:
    """For the ``tabs`` macro: those that this member sees, in their order."""
    return _in_order("", _known[current].under or current)


def kit_tabs_under(parent: str) -> list[tuple[str, str, bool, int | None]]:
    """Those that the page of a tab leads to."""
    return _in_order(parent, "")


def _in_order(under: str, here_is: str) -> list[tuple[str, str, bool, int | None]]:
    member = here().membership
    known = sorted((tab for tab in _known.values() if tab.under == under), key=lambda tab: tab.place)
    return [
        (str(tab.label), url_for(tab.endpoint), tab.key == here_is, tab.count(member))
        for tab in known
        if tab.shown(member)
    ]
