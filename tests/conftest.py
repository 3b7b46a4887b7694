"""Fixtures for every test. Each test gets a clone of one prepared database, never tables made anew.

Do not hold an application context open around client requests: Flask-Login keeps its user in it. Use ``in_app``.
"""

import gc
import os
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pysqlite3
import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event

from portal import Base, create_app
from portal.cli import init_commands
from portal.config import Settings
from portal.db import db, writing
from portal.people.operations_sessions import start_session
from portal.web import clock
from tests import cast
from tests.databases import lay

# What is loaded stays: while the tests are gathered, looking for garbage finds none and costs a quarter of the time.
gc.disable()

SHARED = Path(os.environ.get("SHARED_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    try:
        return (yield)
    finally:
        gc.enable()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Path]]:
    """The application and a finished database file with the cast in it."""
    folder = tmp_path_factory.mktemp("instance")
    settings = replace(Settings(), instance=folder, environment="development", secure_cookies=False)
    app = create_app(settings, testing=True)
    init_commands(app)
    # What one worker has compiled of the templates, the others need not compile again.
    shared = tmp_path_factory.getbasetemp().parent / "templates"
    shared.mkdir(exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(shared))
    app.config["WTF_CSRF_ENABLED"] = False
    template = folder / "template.sqlite"
    clock.freeze(cast.NOW)
    with app.app_context():
        # These databases need not survive a power cut; waiting for the disk is a tenth of all the time.
        event.listen(db.engine, "connect", lambda connection, record: connection.execute("PRAGMA synchronous=OFF"))
        Base.metadata.create_all(db.engine)
        prepare_search(app)
        with writing():
            cast.make_cast()
        db.engine.dispose()
        # A key is made where it is first asked for; what tests seal in one process is opened with the same.
        settings.key("mentoring")
    _copy(settings.database, template)
    shutil.copytree(settings.instance / "keys", folder / "template-keys")
    clock.freeze(None)
    # What stands now stays to the end: the collector need not walk through it again and again.
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    yield app, template


def prepare_search(app: Flask) -> None:
    """The full-text tables, as ``flask setup`` makes them."""
    try:
        from portal.fulltext import ensure_indexes
    except ImportError:
        return
    ensure_indexes()


def _copy(source: Path, target: Path) -> None:
    with pysqlite3.connect(source) as origin, pysqlite3.connect(target) as copy:
        origin.backup(copy)
    origin.close()
    copy.close()


def _begin(made: Flask, template: Path) -> None:
    lay(made, template)
    _lay_keys(template.with_name("template-keys"), template.with_name("keys"))
    made.extensions.pop("region", None)
    clock.freeze(cast.NOW)


def _lay_keys(kept: Path, keys: Path) -> None:
    """A test that loses a key, or finds an old one, loses it for itself alone."""
    wanted = {path.name: path.read_bytes() for path in kept.iterdir()}
    if wanted != {path.name: path.read_bytes() for path in keys.iterdir()}:
        shutil.rmtree(keys)
        shutil.copytree(kept, keys)


@pytest.fixture
def app(prepared: tuple[Flask, Path]) -> Iterator[Flask]:
    made, template = prepared
    _begin(made, template)
    yield made
    clock.freeze(None)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Nobody: a browser that is not signed in."""
    return app.test_client()


@pytest.fixture
def as_(app: Flask) -> Callable[[str], FlaskClient]:
    """``as_("ines")`` is a browser in which that person is signed in."""

    def sign_in(key: str) -> FlaskClient:
        with app.app_context(), writing():
            token = start_session(cast.person_id(key), timedelta(hours=8), False, "a test")
        browser = app.test_client()
        with browser.session_transaction() as session:
            session["_user_id"] = token
            session["_fresh"] = True
        return browser

    return sign_in


@pytest.fixture
def in_app(app: Flask) -> Callable[[], object]:
    """``with in_app():`` is a place to call operations and queries directly, in a writing transaction."""

    @contextmanager
    def enter() -> Iterator[None]:
        with app.test_request_context(), writing():
            yield

    return enter


@pytest.fixture
def queries(app: Flask) -> Callable[[], object]:
    """``with queries() as seen:`` collects the statements that reach the database."""

    @contextmanager
    def collect() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
                seen.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return collect


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real public data. It never lies in this repository: tests that want it are skipped, and say so."""
    if not SHARED.is_dir():
        pytest.skip("SKIPPED: the shared data is not here (set SHARED_DATA to its folder)")
    return SHARED


@pytest.fixture(scope="module")
def swept(prepared: tuple[Flask, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """A region with something in every room, made once for all tests of a module that sweep over the whole URL map."""
    from tests.sweeping import Region

    made, template = prepared
    _begin(made, template)
    region = Region(made, tmp_path_factory.mktemp("swept"))
    yield region
    region.close()
    clock.freeze(None)


@pytest.fixture
def region(swept: object) -> object:
    """The same region as it was at the beginning."""
    clock.freeze(cast.NOW)
    swept.back()  # type: ignore[attr-defined]
    return swept
