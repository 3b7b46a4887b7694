"""The database file of the tests: laid down as bytes, and kept as it is at a moment to be laid down again."""

import shutil
from pathlib import Path

import pysqlite3
from flask import Flask

from portal.db import db


def lay(app: Flask, kept: Path) -> None:
    """A clone of ``kept``, while nobody has the file open; what an earlier one had not yet written into it goes too."""
    database = _closed(app)
    for name in (database, *(database.with_name(f"{database.name}-{rest}") for rest in ("wal", "shm"))):
        name.unlink(missing_ok=True)
    shutil.copyfile(kept, database)


def keep(app: Flask, name: str) -> Path:
    """The database as it stands, in a file of that name beside it."""
    database = _closed(app)
    with pysqlite3.connect(database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return Path(shutil.copyfile(database, database.with_name(name)))


def contents(app: Flask) -> dict[str, int]:
    """A mark of what each table holds, which changes when any cell does."""
    with pysqlite3.connect(Path(app.config["SETTINGS"].database)) as connection:
        marks = contents_of(connection.cursor())
    connection.close()
    return marks


def contents_of(cursor: pysqlite3.Cursor) -> dict[str, int]:
    names = [name for (name,) in cursor.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {
        name: hash(tuple(cursor.execute(f'SELECT * FROM "{name}"').fetchall()))
        for name in names
        if not name.startswith("sqlite_") and "_fts" not in name and not name.startswith("fts")
    }


def _closed(app: Flask) -> Path:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return Path(app.config["SETTINGS"].database)
