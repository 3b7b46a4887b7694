"""Yes-or-no filters that other rooms add to the list of packs: "kit I can borrow".

Those rooms stand above this one and know what it can't::

    declare_further(Further("kit", _l("With a box I can borrow"), packs_with_kit))
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import LazyString
from sqlalchemy import ColumnElement

from portal.networks.readers import Reader


@dataclass(frozen=True)
class Further:
    """``key`` stands in the address (``also=kit``); ``condition`` narrows a query of ``Pack`` for this reader."""

    key: str
    label: LazyString
    condition: Callable[[Reader], ColumnElement[bool]]


_known: dict[str, Further] = {}


def declare_further(further: Further) -> None:
    _known[further.key] = further


def further_filters() -> list[Further]:
    """All of them, in the order in which they were declared."""
    return list(_known.values())
