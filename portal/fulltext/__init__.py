"""Finding by words: the full-text tables beside our own, and the questions that rooms may ask of them.

Rooms hand over what a person typed and get back ids; who may see those rows stays the room's own condition.
"""

from portal.fulltext.asking import alike, is_common, matching
from portal.fulltext.fts import ensure_indexes, faults, paused, set_aside
from portal.fulltext.indexes import REGION, network, owner
from portal.fulltext.words import close_enough, excerpt, has_words, highlight

__all__ = [
    "REGION",
    "alike",
    "close_enough",
    "ensure_indexes",
    "excerpt",
    "faults",
    "has_words",
    "highlight",
    "is_common",
    "matching",
    "network",
    "owner",
    "paused",
    "set_aside",
]
