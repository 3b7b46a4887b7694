"""Terms as FTS5 expressions for one index. Everything typed stands between quotes: no question can fail.

A word in one of the index's ``best`` columns counts once more, and an exact word or phrase there again: FTS5 adds up
every phrase of an expression that a row has, also those that can't change which rows match.
"""

from collections.abc import Iterable

from portal.fulltext.indexes import Index
from portal.fulltext.understanding import Asked, Term

# Columns that hold no text of their own.
NO_TEXT = ("codes", "hung")


def every(asked: Asked, index: Index, within: Iterable[str] = ()) -> str | None:
    """All terms are wanted. None when there is nothing to ask of this index."""
    return _within([_term(term, index) for term in asked.terms], " AND ", index, within)


def some(asked: Asked, index: Index, within: Iterable[str] = ()) -> str | None:
    """Any of the terms will do."""
    return _within([_term(term, index) for term in asked.terms], " OR ", index, within)


def plain(term: Term, index: Index, within: Iterable[str] = ()) -> str | None:
    """One of the terms, without what only makes a find better: to ask whether it is there at all."""
    return _within([_term(term, index, is_plain=True)], " AND ", index, within)


def _within(parts: list[str], word: str, index: Index, within: Iterable[str]) -> str | None:
    if not parts:
        return None
    scope = " OR ".join(f'"{token}"' for token in within) if index.has_scope else ""
    asked = f"{{{' '.join(index.weights)}}} : ({word.join(parts)})"
    return asked + (f" AND scope : ({scope})" if scope else "")


def _term(term: Term, index: Index, is_plain: bool = False) -> str:
    text = [column for column in index.weights if column not in NO_TEXT]
    parts = [_in(text, term.ways)]
    if "codes" in index.weights and term.codes:
        parts.append(_in(["codes"], [way for code in term.codes for way in (f'"{code}"', f'"{code}" *')]))
    if "hung" in index.weights and term.marks:
        parts.append(_in(["hung"], [f'"{mark}"' for mark in term.marks]))
    if not is_plain:
        # A title that begins with the word is more likely about nothing else.
        parts += [f"{{{column}}} : (^ {term.ways[0]})" for column in index.best]
        parts += [_in([column], (*term.ways, *term.exact, *term.phrases)) for column in index.best]
    return f"({' OR '.join(parts)})"


def _in(columns: Iterable[str], ways: Iterable[str]) -> str:
    return f"{{{' '.join(columns)}}} : ({' OR '.join(ways)})"
