"""Finding by words: the full-text tables beside our own, and the questions that rooms may ask of them.

Rooms hand over what a person typed and get back ids; who may see those rows stays the room's own condition.
"""

from portal.fulltext.asking import alike, holders, matching, number_of, ranks
from portal.fulltext.fts import ensure_indexes, faults, kept, paused, set_aside
from portal.fulltext.indexes import REGION, mark_of_language, mark_of_word, network, owner
from portal.fulltext.nearness import near
from portal.fulltext.understanding import Asked, Meanings, Synonyms, Term, instead, understand
from portal.fulltext.words import close_enough, excerpt, has_words, highlight

__all__ = [
    "REGION",
    "Asked",
    "Meanings",
    "Synonyms",
    "Term",
    "alike",
    "close_enough",
    "ensure_indexes",
    "excerpt",
    "faults",
    "has_words",
    "highlight",
    "holders",
    "instead",
    "kept",
    "mark_of_language",
    "mark_of_word",
    "matching",
    "near",
    "network",
    "number_of",
    "owner",
    "paused",
    "ranks",
    "set_aside",
    "understand",
]
