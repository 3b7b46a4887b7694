"""Questions about the region's words."""

import unicodedata
from collections import defaultdict

from sqlalchemy import select

from portal.db import db
from portal.vocabulary.models import Word


def words_of(kind: str, retired: bool = False) -> list[Word]:
    """The words of a kind in the region's order; with ``retired`` also those no longer offered (one query)."""
    query = select(Word).where(Word.kind == kind).order_by(Word.position, Word.label)
    if not retired:
        query = query.where(Word.in_use)
    return list(db.session.execute(query).scalars())


def all_words(retired: bool = False) -> dict[str, list[Word]]:
    """All kinds at once (one query), for a page that offers several."""
    query = select(Word).order_by(Word.kind, Word.position, Word.label)
    if not retired:
        query = query.where(Word.in_use)
    found: dict[str, list[Word]] = defaultdict(list)
    for word in db.session.execute(query).scalars():
        found[word.kind].append(word)
    return found


def labels(kind: str) -> dict[str, str]:
    """What people read for each code, retired words included: old data still shows its word."""
    rows = db.session.execute(select(Word.code, Word.label).where(Word.kind == kind))
    return {row[0]: row[1] for row in rows}


def choices(kind: str) -> list[tuple[str, str]]:
    """(code, label) of the words offered, for a select."""
    return [(word.code, word.label) for word in words_of(kind)]


def spellings(kind: str) -> dict[str, Word]:
    """Every folded spelling that means a word of this kind: its code, its label and its other spellings (one query)."""
    known: dict[str, Word] = {}
    for word in words_of(kind, retired=True):
        for spelling in (word.code, word.label, *word.also.splitlines()):
            if spelling.strip():
                known.setdefault(fold(spelling), word)
    return known


def fold(spelling: str) -> str:
    """A spelling as it is compared: no accents, hyphens are blanks, lower case."""
    plain = unicodedata.normalize("NFKD", spelling).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(plain.replace("-", " ").replace("_", " ").split())
