"""The one module that makes FTS5 tables: external content, kept by triggers, nothing left behind when erased.

The words come from a view, so nothing is stored twice. Around each change of a watched row, what the view says
before is taken out and what it says afterwards is put in. ``secure-delete`` removes the words of erased rows from the
index pages themselves (with plain deletes the erased name could still be read in the file).
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pysqlite3
from sqlalchemy import Float, Integer, Select, String, cast, column, func, select, table, text
from sqlite_utils import Database

from portal.db import db
from portal.fulltext.indexes import INDEXES, Index

UNICODE = "unicode61 remove_diacritics 2"
TRIGRAM = "trigram remove_diacritics 1"


def ensure_indexes() -> list[str]:
    """Make what is missing or has changed, and fill it; returns the tables that were filled anew.

    Safe to run again. Call it outside any transaction: it takes the write lock itself.
    """
    with _database() as database:
        known = database.table_names()
        wanted = [index for index in INDEXES.values() if all(watch.table in known for watch in index.watches)]
        return [name for index in wanted for name in _ensure(database, index)]


def set_aside() -> None:
    """Drop the views and triggers, for migrations that rebuild a table; ``ensure_indexes`` brings them back."""
    with _database() as database:
        for index in INDEXES.values():
            _drop_around(database, index)


@contextmanager
def paused() -> Iterator[None]:
    """For bulk loads: no triggers inside, and everything is filled anew at the end."""
    set_aside()
    try:
        yield
    finally:
        ensure_indexes()


def faults() -> list[str]:
    """Compare every index with its rows; says which do not agree."""
    found = []
    with _database() as database:
        known = database.table_names()
        for name in (name for index in INDEXES.values() for name in _tables(index) if name in known):
            try:
                database.execute(f"INSERT INTO {name}({name}, rank) VALUES('integrity-check', 1)")
            except pysqlite3.DatabaseError:
                found.append(f"the search index {name} does not agree with its rows: run flask setup")
    return found


@contextmanager
def _database() -> Iterator[Database]:
    connection = db.engine.raw_connection()
    try:
        database = Database(connection.driver_connection, recursive_triggers=False, execute_plugins=False)
        database.execute("BEGIN IMMEDIATE")
        try:
            yield database
        except BaseException:
            database.execute("ROLLBACK")
            raise
        database.execute("COMMIT")
    finally:
        connection.close()


def _ensure(database: Database, index: Index) -> list[str]:
    wanted = _tables(index) | _known(index) | _around(index)
    rows = database.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'view', 'trigger')")
    made = dict(rows.fetchall())
    if all(made.get(name) == sql for name, sql in wanted.items()) and _rank(database, index) == _weights(index):
        return []
    _drop_around(database, index)
    for name in _known(index) | _tables(index):
        database.execute(f"DROP TABLE IF EXISTS {name}")
    for sql in wanted.values():
        database.execute(sql)
    for name in _tables(index):
        database.execute(f"INSERT INTO {name}({name}, rank) VALUES('secure-delete', 1)")
        database.table(name).rebuild_fts()
    words = index.words_table
    # Kept weights make ORDER BY rank more than twice as quick as bm25() in the query.
    database.execute(f"INSERT INTO {words}({words}, rank) VALUES('rank', ?)", [_weights(index)])
    return list(_tables(index))


def _rank(database: Database, index: Index) -> str | None:
    row = database.execute(f"SELECT v FROM {index.words_table}_config WHERE k = 'rank'").fetchone()
    return row[0] if row else None


def _weights(index: Index) -> str:
    weights = [*index.weights.values(), *([0.0] if index.has_scope else [])]
    return f"bm25({', '.join(map(str, weights))})"


def _tables(index: Index) -> dict[str, str]:
    """The virtual tables of an index and the statements that make them."""
    about = f"content='{index.view}', content_rowid='id'"
    columns = ", ".join(index.columns)
    made = {
        index.words_table: f"CREATE VIRTUAL TABLE {index.words_table} "
        f"USING fts5({columns}, {about}, tokenize='{UNICODE}', prefix='2 3')"
    }
    if index.name:
        made[index.names_table] = (
            f"CREATE VIRTUAL TABLE {index.names_table} USING fts5({index.name}, {about}, tokenize='{TRIGRAM}')"
        )
    return made


def _known(index: Index) -> dict[str, str]:
    """The words that an index has, as a table to read from."""
    made = f"CREATE VIRTUAL TABLE {index.known_table} USING fts5vocab('{index.words_table}', 'row')"
    return {index.known_table: made} if index.is_mended else {}


def _around(index: Index) -> dict[str, str]:
    """The view that words come from, and the triggers that follow its rows."""
    made = {index.view: f"CREATE VIEW {index.view} AS {index.source}"}
    for watch in index.watches:
        for act, rows in (("INSERT", ("new",)), ("UPDATE", ("old", "new")), ("DELETE", ("old",))):
            for moment, put in (("BEFORE", _take_out), ("AFTER", _put_in)):
                name = f"{index.kind}_words_{moment}_{act}_of_{watch.table}".lower()
                event = f"UPDATE OF {', '.join((watch.key, *watch.changes))}" if act == "UPDATE" else act
                body = " ".join(put(index, watch.documents(rows), table) for table in _tables(index))
                made[name] = f"CREATE TRIGGER {name} {moment} {event} ON {watch.table} BEGIN {body} END"
    return made


def _take_out(index: Index, touched: str, table: str) -> str:
    columns = _columns_of(index, table)
    return (
        f"INSERT INTO {table}({table}, rowid, {columns}) SELECT 'delete', id, {columns} "
        f"FROM {index.view} WHERE {touched};"
    )


def _put_in(index: Index, touched: str, table: str) -> str:
    columns = _columns_of(index, table)
    return f"INSERT INTO {table}(rowid, {columns}) SELECT id, {columns} FROM {index.view} WHERE {touched};"


def _columns_of(index: Index, table: str) -> str:
    return str(index.name) if table == index.names_table else ", ".join(index.columns)


def _drop_around(database: Database, index: Index) -> None:
    known = database.execute("SELECT type, name FROM sqlite_master WHERE type IN ('view', 'trigger')").fetchall()
    for kind, name in sorted(known):
        if name.startswith((f"{index.kind}_words_before_", f"{index.kind}_words_after_")) or name == index.view:
            database.execute(f"DROP {kind} {name}")


def kept(matches: Mapping[int, float]) -> Select[tuple[int, float]]:
    """Rows that were found already (``id``, ``match``), so that several questions may stand on them without asking anew."""
    known = json.dumps(dict(matches))
    each = func.json_each(known).table_valued("key", "value").alias("kept")
    return select(cast(each.c.key, Integer).label("id"), cast(each.c.value, Float).label("match"))


def ids_matching(kind: str, asked: Sequence[tuple[str, str]], most: int) -> tuple[bytes, list[frozenset[int]]]:
    """For each table and expression the ids of its rows, the newest ``most`` of them (one query for all).

    With them comes what changes whenever the index of this kind does: the record that FTS5 keeps of its parts.
    """
    # As text: SQLAlchemy takes longer to put twenty such parts together than SQLite to answer them.
    parts = [f"SELECT -1 AS at, block AS ids FROM {INDEXES[kind].words_table}_data WHERE id = 10"]
    parts += [
        f"SELECT {at}, (SELECT group_concat(id) FROM (SELECT rowid AS id FROM {name} WHERE {name} MATCH :asked{at} "
        f"ORDER BY rowid DESC LIMIT :most))"
        for at, (name, _expression) in enumerate(asked)
    ]
    values = {f"asked{at}": expression for at, (_name, expression) in enumerate(asked)}
    rows = {row.at: row.ids for row in db.session.execute(text(" UNION ALL ".join(parts)), {**values, "most": most})}
    sets = (rows[at] for at in range(len(asked)))
    return rows[-1], [frozenset(map(int, ids.split(","))) if ids else frozenset() for ids in sets]


def ranks_of(asked: Sequence[tuple[str, str, float]], ids: Iterable[int]) -> list[tuple[int, float]]:
    """For each table, expression and weight the rank of these rows times the weight (one query for all).

    Rows outside ``ids`` are passed over before they are ranked: that is what costs.
    """
    parts = (
        f"SELECT rowid AS id, rank * :weight{at} AS rank FROM {name} "
        f"WHERE {name} MATCH :asked{at} AND +rowid IN (SELECT value FROM json_each(:ids))"
        for at, (name, _expression, _weight) in enumerate(asked)
    )
    values: dict[str, Any] = {"ids": json.dumps(list(ids))}
    for at, (_name, expression, weight) in enumerate(asked):
        values |= {f"asked{at}": expression, f"weight{at}": weight}
    return list(db.session.execute(text(" UNION ALL ".join(parts)), values))


def words_in(kind: str) -> dict[str, int]:
    """Every word of an index that is made of letters, with the number of its rows (one query, all of the index)."""
    known = table(INDEXES[kind].known_table, column("term", String), column("doc", Integer))
    rows = db.session.execute(select(known.c.term, known.c.doc).where(func.length(known.c.term) > 2))
    return {term: number for term, number in rows if term.isalpha()}
