"""Small numbers: which cells of a table stay hidden, and which others with them so that none can be worked out.

Source: practice.md 11.3 (threshold 5 for adults and pairs; complementary suppression). Plain values.
"""

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
FEW = 5
# Shares of what was ticked are told in whole steps, so that two reports a week apart do not tell what one talk was.
SHARE_STEP = 5


def is_few(count: int) -> bool:
    """So few that a figure could point to a person. None at all points to nobody."""
    return 0 < count < FEW


def is_few_of(part: int, whole: int) -> bool:
    """The same for a part of a whole: the few that are not in it can be pointed at too."""
    return is_few(whole) or is_few(part) or is_few(whole - part)


def hidden_of(cells: Mapping[K, Collection[int]]) -> set[K]:
    """The cells of a table to hide, each being the pairs (their ids) that it comes from.

    Those of one to four pairs; and where their sum could still be told from the whole and the shown ones, the smallest of
    the others too, until at least two are hidden which together come from five pairs.
    """
    hidden = {key for key, pairs in cells.items() if is_few(len(set(pairs)))}
    others = sorted((key for key in cells if key not in hidden and cells[key]), key=lambda key: len(set(cells[key])))
    while hidden and others and not _keeps(hidden, cells):
        hidden.add(others.pop(0))
    return hidden


def share(part: int, whole: int) -> int:
    """Per cent, in steps of five: 37 of 100 are 35."""
    return round(part * 100 / whole / SHARE_STEP) * SHARE_STEP if whole else 0


def _keeps(hidden: set[K], cells: Mapping[K, Collection[int]]) -> bool:
    together = set().union(*(set(cells[key]) for key in hidden))
    return len(hidden) > 1 and len(together) >= FEW
