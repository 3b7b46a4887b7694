"""The questions that rooms ask: which rows have these words? Answers are Selects of (id, rank), to be joined."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Float, Integer, Select, String, false, func, literal, null, select
from sqlalchemy.sql.expression import ColumnElement, TableClause, column, table

from portal.db import db
from portal.fulltext import expressions, fts
from portal.fulltext.indexes import INDEXES
from portal.fulltext.understanding import Asked, Term
from portal.fulltext.words import question, trigram_question

# More finds than this and their rank means little: the newest come first then.
COMMON = 3000
# Of a word that more rows have only the newest are known.
MOST_HELD = 8000
ALIKE_MOST = 200


def matching(kind: str, words: str, within: Iterable[str] = (), newest: bool = False) -> Select[tuple[int, float]]:
    """Rows of a kind that have all the words; smaller rank is better. Never raises, whatever was typed.

    ``within`` (made by ``network`` and ``owner``) narrows the search early and so makes it quick; it is not a gate.
    ``newest`` leaves out the ranking, for words that stand nearly everywhere.
    """
    index = INDEXES[kind]
    return _ranked(index.words_table, question(words, index.weights, within if index.has_scope else ()), newest)


def holders(
    kind: str, places: Sequence[tuple[str, Term, bool]], within: Iterable[str] = ()
) -> tuple[bytes, list[frozenset[int]]]:
    """For each kind and term the rows that have it, at most ``MOST_HELD``; where True stands, in the best columns (one query).

    With them the stamp of the first ``kind``, for ``near``. Never raises, whatever was typed.
    """
    scope = tuple(within)
    asked = [
        (INDEXES[one].words_table, expressions.plain(term, INDEXES[one], scope, best_only))
        for one, term, best_only in places
    ]
    return fts.ids_matching(kind, asked, MOST_HELD)


def ranks(weights: Mapping[str, float], asked: Asked, ids: Collection[int]) -> dict[int, float]:
    """How well each of these rows fits the question: bm25 in each kind's index times its weight, added up (one query).

    More is better. Rows that have none of it are left out.
    """
    found: dict[int, float] = defaultdict(float)
    each = [(INDEXES[kind].words_table, expressions.some(asked, INDEXES[kind]), -at) for kind, at in weights.items()]
    for number, rank in fts.ranks_of(each, ids) if ids and asked else ():
        found[number] += rank
    return dict(found)


def alike(kind: str, words: str) -> Select[tuple[int, float]]:
    """Names that share pieces with what was typed, the likeliest first; check each with ``close_enough``."""
    asked = trigram_question(words)
    if asked is None:
        return _nothing()
    names_table, hits = _matched(INDEXES[kind].names_table, asked)
    found = select(names_table.c.rowid.label("id"), names_table.c.rank.label("rank")).where(hits)
    return found.order_by(names_table.c.rank).limit(ALIKE_MOST)


def number_of(kinds: Iterable[str], words: str, within: Iterable[str] = ()) -> dict[str, int]:
    """For each kind how many rows have the words, counted up to one more than ``COMMON`` (one query).

    More than that, and ranking them would only cost time.
    """
    scope = tuple(within)
    asked = {
        kind: select(func.count()).select_from(matching(kind, words, scope, newest=True).limit(COMMON + 1).subquery())
        for kind in kinds
    }
    row = db.session.execute(select(*(count.scalar_subquery().label(kind) for kind, count in asked.items()))).one()
    return dict(row._mapping)


def _ranked(name: str, asked: str | None, newest: bool) -> Select[tuple[int, float]]:
    if asked is None:
        return _nothing()
    words_table, hits = _matched(name, asked)
    rank = literal(0.0) if newest else words_table.c.rank
    return select(words_table.c.rowid.label("id"), rank.label("rank")).where(hits)


def _matched(name: str, asked: str) -> tuple[TableClause, ColumnElement[Any]]:
    found = table(name, column("rowid", Integer), column("rank", Float), column(name, String))
    return found, found.c[name].op("MATCH", is_comparison=True)(asked)


def _nothing() -> Select[tuple[int, float]]:
    empty = select(null().cast(Integer).label("id"), null().cast(Float).label("rank"))
    return empty.where(false())
