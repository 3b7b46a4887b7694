"""What rooms above put into a row of the coordinators' list of pairs, as a mark in words; nobody else's list has them.

A mark may be for some coordinators only, so each is asked with its reader::

    declare_mark(Mark("rematch", _l("Wants a re-match"), _l("Wanting a re-match"), wants_rematch))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement


@dataclass(frozen=True, slots=True)
class Mark:
    """``words`` stand in the row, ``shown_as`` names the pairs that have it, to narrow the list.

    ``holds`` is handed the columns of the pairs (id, mentor_id, mentee_id) and the id of the coordinator who reads. With
    ``stays_here`` a list that is narrowed to it is no spreadsheet: that would go further than the mark may.
    """

    key: str
    words: object
    shown_as: object
    holds: Callable[[Any, int], ColumnElement[bool]]
    stays_here: bool = True


_known: dict[str, Mark] = {}


def declare_mark(mark: Mark) -> None:
    _known[mark.key] = mark


def marks() -> dict[str, Mark]:
    """All of them by key."""
    return _known
