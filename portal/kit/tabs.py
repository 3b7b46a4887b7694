"""The tabs over the pages of the room: all boxes, refill and mend, and what lending adds to them.

A page draws them with ``{% include "kit/_tabs.html" %}`` after ``{% set tab = 'boxes' %}``.
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
    """``place`` orders them (all boxes is 20, refill 30). ``count`` stands behind the words; ``shown`` is asked first."""

    key: str
    label: LazyString
    endpoint: str
    place: int
    count: Count = lambda member: None
    shown: Callable[[Member], bool] = lambda member: True


_known: dict[str, Tab] = {}


def declare_tab(tab: Tab) -> None:
    _known[tab.key] = tab


def kit_tabs(current: str) -> list[tuple[str, str, bool, int | None]]:
    """For the ``tabs`` macro: those that this member sees, in their order."""
    member = here().membership
    known = sorted(_known.values(), key=lambda tab: tab.place)
    return [
        (str(tab.label), url_for(tab.endpoint), tab.key == current, tab.count(member))
        for tab in known
        if tab.shown(member)
    ]
