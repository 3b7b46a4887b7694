"""A finished region to sweep over: what every room prepares for the access matrix, the forms its pages show, and counts.

The sweeps read the URL map and the pages themselves, so that a new door or form is swept without being named here.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pysqlite3
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal.db import db, writing
from portal.people.operations_sessions import start_session
from tests import cast
from tests.databases import contents_of
from tests.test_access_matrix import COLUMNS, doors, table, url_of, values_once

# What a refused form may leave behind: counts of guessing, and the mark that a session was used.
TRACES = {"tries", "sign_in_session"}
VOID = {"input", "br", "hr", "img", "meta", "link", "wbr", "col", "area", "source"}


@dataclass
class PageForm:
    """A form as a page shows it: where it goes, and its fields with what they hold."""

    action: str
    method: str
    page: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)
    # The first of each group of boxes or dots, and the first button that has a name.
    offered: dict[str, tuple[str, str]] = field(default_factory=dict)

    def choose(self) -> None:
        """Take the first of each group in which nothing is chosen yet."""
        there = {name for name, _kind, _value in self.fields}
        self.fields += [(name, kind, value) for name, (kind, value) in self.offered.items() if name not in there]

    def filled(self, fill: Callable[[str, str, str], str] | None = None) -> list[tuple[str, str]]:
        """Names and values to send, as a browser would; ``fill(name, kind, value)`` may type something else."""
        return [(name, fill(name, kind, value) if fill else value) for name, kind, value in self.fields]

    def data(self, fill: Callable[[str, str, str], str] | None = None) -> dict[str, list[str]]:
        sent: dict[str, list[str]] = {}
        for name, value in self.filled(fill):
            sent.setdefault(name, []).append(value)
        return sent


class FormReader(HTMLParser):
    """Finds the forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.forms = page, list[PageForm]()
        self._open: PageForm | None = None
        self._area: str | None = None
        self._select: str | None = None
        self._must = False
        self._options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = PageForm(held.get("action") or self.page, held.get("method", "get"), self.page)
            self.forms.append(self._open)
        elif tag == "textarea" and self._open:
            self._area = held.get("name", "") or "no name"
            self._note(self._area, "textarea", "")
        elif tag == "select":
            self._select, self._options = held.get("name", ""), []
            self._must = "required" in held
        elif tag == "option":
            self._options.append((held.get("value", ""), "selected" in held))
        elif tag == "input":
            self._input(held)
        elif tag == "button" and held.get("name") not in (None, "preview", "add_session") and self._open is not None:
            self._open.offered.setdefault(held["name"], ("submit", held.get("value", "")))

    def _input(self, held: dict[str, str]) -> None:
        kind = held.get("type", "text")
        ticked = kind not in ("checkbox", "radio") or "checked" in held
        if not ticked and self._open is not None and (kind == "radio" or held.get("value", "y") != "y"):
            self._open.offered.setdefault(held.get("name", ""), (kind, held.get("value", "")))
        if kind not in ("submit", "button", "file", "image") and ticked:
            self._note(held.get("name", ""), kind, held.get("value", "on" if kind == "checkbox" else ""))

    def handle_data(self, data: str) -> None:
        if self._area and self._open:
            name, kind, value = self._open.fields[-1]
            self._open.fields[-1] = (name, kind, value + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._open is not None:
            self._open.choose()
            self._open = None
        elif tag == "textarea" and self._open and self._area:
            name, kind, value = self._open.fields[-1]
            # A browser leaves out the first line break of a text area.
            self._open.fields[-1] = (name, kind, value.removeprefix("\r").removeprefix("\n"))
            self._area = None
        elif tag == "select" and self._select is not None:
            chosen = [value for value, is_chosen in self._options if is_chosen and (value or not self._must)]
            filled = [value for value, _chosen in self._options if value]
            self._note(
                self._select, "select", (chosen or filled or [""])[-1 if self._select in ("mentee", "mentee_id") else 0]
            )
            self._select = None

    def _note(self, name: str, kind: str, value: str) -> None:
        if name and self._open is not None:
            self._open.fields.append((name, kind, value))


# One form of each POST door, found once in this process: every region begins as the same rows.
_forms: dict[str, tuple[str, PageForm]] = {}


class Region:
    """The prepared application, its values, a browser for each of the cast, and a way back to the beginning."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app = app
        self.values = values_once(app, self.acting)
        self.tokens = {key: self._token(key) for key in COLUMNS if key != "nobody"}
        self.database: Path = app.config["SETTINGS"].database
        self.template = folder / "swept.sqlite"
        _copy(self.database, self.template)
        # Stays open: SQLite tells it whether anybody wrote, and it reads the schema once.
        self.watcher = pysqlite3.connect(self.database)
        self.state = self._state()

    def close(self) -> None:
        self.watcher.close()

    def _state(self) -> int:
        """A number that changes with every commit of others (sqlite.org/pragma.html#pragma_data_version)."""
        return int(self.watcher.execute("PRAGMA data_version").fetchone()[0])

    def is_touched(self) -> bool:
        """Whether anything was written since the beginning."""
        return self._state() != self.state

    def _token(self, key: str) -> str:
        with self.app.app_context(), writing():
            return start_session(cast.person_id(key), timedelta(hours=8), False, "a test")

    @contextmanager
    def acting(self) -> Iterator[None]:
        """A place to call operations and queries directly."""
        with self.app.test_request_context(), writing():
            yield

    def browser(self, key: str) -> FlaskClient:
        browser = self.app.test_client()
        if key != "nobody":
            with browser.session_transaction() as session:
                session["_user_id"], session["_fresh"] = self.tokens[key], True
        return browser

    def back(self) -> None:
        """The database as it was at the start."""
        if self.is_touched():
            _copy(self.template, self.database)
            self.state = self._state()

    def doors(self, method: str) -> list[tuple[str, Rule]]:
        return [(key, rule) for key, rule in doors(self.app) if key.startswith(f"{method} ")]

    def url(self, rule: Rule, **others: object) -> str:
        return url_of(self.app, rule, self.values | others)

    def who_may(self, key: str) -> str:
        """The first of the cast for whom this door opens; where it opens for nobody, the coordinator."""
        return next((who for who in COLUMNS if table()[key][who] == "may"), "ines")

    def endpoint_of(self, address: str) -> str | None:
        try:
            return self.app.url_map.bind("localhost").match(urlsplit(address).path, method="POST")[0]
        except HTTPException:
            return None

    @property
    def forms(self) -> dict[str, tuple[str, PageForm]]:
        """One form of each POST door that a page shows, with who sees it."""
        if not _forms:
            _forms.update(self._found_forms())
        return _forms

    def _found_forms(self) -> dict[str, tuple[str, PageForm]]:
        found: dict[str, tuple[str, PageForm]] = {}
        for key, rule in self.doors("GET"):
            for who in dict.fromkeys((self.who_may(key), *self._others(key))):
                path = self.url(rule)
                for form in self._forms_on(who, path):
                    endpoint = self.endpoint_of(form.action)
                    if form.method.lower() == "post" and endpoint:
                        found.setdefault(endpoint, (who, form))
        return found

    def _others(self, key: str) -> list[str]:
        """Who is shown other forms on the same page than the coordinator is."""
        room = key.split()[1].partition(".")[0]
        near = {
            "mentoring": ("tobi", "dafydd"),
            "agreements": ("tobi", "dafydd"),
            "log_sheets": ("tobi", "dafydd"),
            "note_keeping": ("tobi", "dafydd"),
            "pair_programmes": ("tobi", "dafydd"),
            "matching": ("tobi", "dafydd"),
            "conversations": ("dafydd",),
            "resources": ("tobi", "dafydd"),
            "toolkits": ("tobi",),
        }
        near |= {"networks": ("hana",), "network": ("tobi",), "my_page": ("tobi",)}
        return [who for who in near.get(room, ()) if table()[key][who] == "may"]

    def _forms_on(self, who: str, path: str) -> list[PageForm]:
        with self.browser(who).get(path) as answer:
            if not answer.mimetype.endswith("html"):
                return []
            reader = FormReader(path)
            reader.feed(answer.text)
        return reader.forms

    def rows(self) -> dict[str, int]:
        """How many rows each table holds."""
        with self.looking() as cursor:
            names = [name for (name,) in cursor.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            kept = [name for name in names if name not in TRACES and not name.startswith("sqlite_")]
            counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in kept)
            return dict(cursor.execute(counts).fetchall())

    def contents(self) -> dict[str, int]:
        """A mark of what each table holds, which changes when any cell does."""
        with self.looking() as cursor:
            return contents_of(cursor)

    @contextmanager
    def looking(self) -> Iterator[pysqlite3.Cursor]:
        cursor = self.watcher.cursor()
        try:
            yield cursor
        finally:
            cursor.close()


def _copy(source: Path, target: Path) -> None:
    origin, copy = pysqlite3.connect(source), pysqlite3.connect(target)
    try:
        origin.backup(copy)
    finally:
        origin.close()
        copy.close()


def answer_of(browser: FlaskClient, path: str, **how: object) -> tuple[TestResponse | None, str]:
    """The answer, or in words what broke. An error that nobody expected reaches a test as an exception."""
    try:
        answer = browser.open(path, **how)  # type: ignore[arg-type]
    except Exception as error:
        db_rolled_back(browser.application)
        return None, f"{type(error).__name__}: {str(error)[:160]}"
    answer.get_data()
    answer.close()
    return answer, "" if answer.status_code < 500 else f"status {answer.status_code}"


def db_rolled_back(app: Flask) -> None:
    with app.app_context():
        db.session.rollback()
