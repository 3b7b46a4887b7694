"""Terms as FTS5 expressions for one index. Everything typed stands between quotes: no question can fail.

A word in one of the index's ``best`` columns counts once more, and an exact word or phrase there again: FTS5 adds up
every phrase of an expression that a row has, also those that can't change which rows match.
"""

from collections.abc import Iterable

from portal.fulltext.indexes import Index
from portal.fulltext.understanding import Asked, Term

# Columns that hold no text of their own.
NO_TEXT = ("codes", "hung")


def some(asked: Asked, index: Index) -> str:
    """Any of the terms will do; with everything that makes a find better."""
    return _within(" OR ".join(_term(term, index) for term in asked.terms), index, ())


def plain(term: Term, index: Index, within: Iterable[str] = (), best_only: bool = False) -> str:
    """One of the terms: to ask whether it is there at all, or in one of the best columns."""
    return _within(_in(index.best, term.ways) if best_only else f"({' OR '.join(_places(term, index))})", index, within)


def _within(asked: str, index: Index, within: Iterable[str]) -> str:
    scope = " OR ".join(f'"{token}"' for token in within) if index.has_scope else ""
    return f"{{{' '.join(index.weights)}}} : ({asked})" + (f" AND scope : ({scope})" if scope else "")


def _places(term: Term, index: Index) -> list[str]:
    """Where it may stand."""
    parts = [_in([column for column in index.weights if column not in NO_TEXT], term.ways)]
    if "codes" in index.weights and term.codes:
        parts.append(_in(["codes"], [way for code in term.codes for way in (f'"{code}"', f'"{code}" *')]))
    if "hung" in index.weights and term.marks:
        parts.append(_in(["hung"], [f'"{mark}"' for mark in term.marks]))
    return parts


def _term(term: Term, index: Index) -> str:
    # A title that begins with the word is more likely about nothing else.
    first = [f"{{{column}}} : (^ {term.ways[0]})" for column in index.best]
    best = [_in([column], dict.fromkeys((term.ways[0], *term.exact, *term.phrases))) for column in index.best]
    return f"({' OR '.join([*_places(term, index), *first, *best])})"


def _in(columns: Iterable[str], ways: Iterable[str]) -> str:
    return f"{{{' '.join(columns)}}} : ({' OR '.join(ways)})"
