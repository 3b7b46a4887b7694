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


def _closed(app: Flask) -> Path:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return Path(app.config["SETTINGS"].database)
