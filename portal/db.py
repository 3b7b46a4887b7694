"""The database: engine and pragmas, naming convention, base class, UTC type, and the only place that commits.

What only SQLite has stands here (pragmas, BEGIN IMMEDIATE) and in ``search/fts.py`` (FTS5); models and
migrations keep to what PostgreSQL has too.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import wraps
from typing import Any, ParamSpec, TypeAlias, TypeVar

import pysqlite3
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Dialect, Engine, MetaData, Select, event
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from portal.config import Settings
from portal.writers import Queue, init_queue

P = ParamSpec("P")
R = TypeVar("R")
# A query for rows of any columns, as listings, exports and counting rules pass it on.
Rows: TypeAlias = "Select[*tuple[Any, ...]]"


class UTCDateTime(TypeDecorator[datetime]):
    """A moment: aware in Python, stored in UTC without an offset. Naive values are refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """All tables. Constraint names are fixed so that migrations can name them on any database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UTCDateTime(), dict[str, Any]: JSON, dict[str, str]: JSON, list[str]: JSON}


# Objects stay readable after an operation has committed; the next request reads anew.
db = SQLAlchemy(metadata=Base.metadata, disable_autonaming=True, session_options={"expire_on_commit": False})

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_depth: ContextVar[int] = ContextVar("operation_depth", default=0)
_before_commit: list[Callable[[], None]] = []


class UnsafeSQLite(RuntimeError):
    """The SQLite library at hand can corrupt a database in WAL mode."""


def refuse_unsafe_sqlite(version: tuple[int, ...] = pysqlite3.sqlite_version_info) -> None:
    """Refuse SQLite 3.7.0 to 3.51.2, whose WAL reset can lose committed pages (sqlite.org, notes on 3.51.3).

    The fix was also carried back to 3.44.6 and 3.50.7.
    """
    fixed = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    if not fixed:
        found = ".".join(map(str, version))
        raise UnsafeSQLite(
            f"SQLite {found} has the WAL-reset bug and may corrupt data. Staffroom needs 3.51.3 or newer: "
            "install the pysqlite3 package from the lock file (make setup)."
        )


def init_database(app: Flask, settings: Settings) -> None:
    refuse_unsafe_sqlite()
    settings.instance.mkdir(parents=True, exist_ok=True)
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{settings.database}"
    options = {
        "module": pysqlite3,
        "pool_size": 8,
        "max_overflow": 8,
        # What was about to be written stands in no error, and so in no log.
        "hide_parameters": True,
        # The portal knows more statements than the 500 that SQLAlchemy keeps compiled; one anew costs 2 ms or so.
        "query_cache_size": 1500,
    }
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    with app.app_context():
        for engine in db.engines.values():
            _prepare(engine, init_queue(engine, settings.database.with_suffix(".queue")))


def _prepare(engine: Engine, queue: Queue) -> None:
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", lambda connection: _begin(connection, queue))


def _set_pragmas(connection: Any, record: object) -> None:
    # The driver must not open transactions by itself: _begin decides which kind.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",  # readers never wait for a writer
        "synchronous=FULL",  # what was answered "saved" survives a power cut
        "foreign_keys=ON",
        "busy_timeout=5000",  # milliseconds
        "secure_delete=ON",  # erased means overwritten
        "trusted_schema=OFF",
        "cache_size=-4000",  # 4 MB a connection: the system keeps the rest of the file in memory once for all
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Any, queue: Queue) -> None:
    if not _writing.get():
        connection.exec_driver_sql("BEGIN")
        return
    connection.info["has_turn"] = queue.enter()
    try:
        # A transaction that reads first and writes later fails at once under load; one that says so at the start waits.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except BaseException:
        if connection.info.pop("has_turn"):
            queue.leave()
        raise


def start_writing() -> None:
    """From here on this thread's transactions take the write lock at their start."""
    _writing.set(True)


def stop_writing() -> None:
    _writing.set(False)


@contextmanager
def writing() -> Iterator[None]:
    """For commands and the mail worker: transactions inside take the write lock at their start.

    A read transaction that is still open is ended first, since it can't be turned into a writing one.
    """
    db.session.rollback()
    token = _writing.set(True)
    try:
        yield
    finally:
        db.session.rollback()
        _writing.reset(token)


def before_commit(hook: Callable[[], None]) -> None:
    """Add something that belongs into every operation's transaction (the record of handled forms)."""
    _before_commit.append(hook)


def operation(verb: Callable[P, R]) -> Callable[P, R]:
    """Make a function one transaction: it commits when the outermost operation returns and leaves nothing on error."""

    @wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        outermost = _depth.get() == 0
        token = _depth.set(_depth.get() + 1)
        try:
            result = verb(*args, **kwargs)
            if outermost:
                for hook in _before_commit:
                    hook()
                db.session.commit()
            else:
                db.session.flush()
            return result
        except BaseException:
            if outermost:
                db.session.rollback()
            raise
        finally:
            _depth.reset(token)

    return run


def empty_log() -> bool:
    """Carry SQLite's write-ahead log into the file and cut it off: what was erased is gone from both only then.

    Belongs outside a transaction. False while somebody still reads an older state: the next hour tries again.
    """
    if db.engine.dialect.name != "sqlite":
        return True
    # The driver's own connection: SQLAlchemy would open a transaction first.
    connection = db.engine.raw_connection()
    try:
        busy, _pages, _moved = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()
    return not busy


def faults() -> list[str]:
    """What is wrong with the database file: damage, and rows that point at missing rows. Reads all of it."""
    with db.engine.connect() as connection:
        damaged = connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok"
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    found = ["the database file is damaged"] if damaged else []
    return found + [f"a row of {row[0]} points at a missing row of {row[2]}" for row in broken]
