"""Who may open what: the whole URL map, for each of the cast.

Each room says in ``tests/access/<room>.py`` what every endpoint and method of its own answers to whom. An address
that stands in no table fails here, and so does a table row without an address.
"""

import importlib
import pkgutil
from functools import cache
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.routing import Rule

import tests.access as tables
from tests import cast
from tests.databases import contents, keep, lay

COLUMNS = ("ines", "tobi", "dafydd", "petra", "kofi", "ravi", "hana", "nobody")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@cache
def table() -> dict[str, dict[str, str]]:
    """All tables as one; a row that two rooms claim is a mistake."""
    whole: dict[str, dict[str, str]] = {}
    for module in modules():
        for key, row in module.MATRIX.items():
            assert key not in whole, f"{key} stands in two tables"
            whole[key] = row
    return whole


@cache
def modules():
    return [importlib.import_module(f"tests.access.{found.name}") for found in pkgutil.iter_modules(tables.__path__)]


def doors(app: Flask) -> list[tuple[str, Rule]]:
    """Every endpoint with each method that acts, but for static files."""
    return [
        (f"{method} {rule.endpoint}", rule)
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods or ())
        if method in METHODS and rule.endpoint != "static"
    ]


def values_for(app: Flask, in_app) -> dict[str, object]:
    values: dict[str, object] = {"network": "tarn-and-tide"}
    with in_app():
        for module in modules():
            values |= module.prepare()
    return values


# What was prepared once in this process: the values, and the database with all of it.
_once: dict[str, object] = {}


def values_once(app: Flask, in_app) -> dict[str, object]:
    """The same for whoever has done nothing yet: made for the first, laid down again for all others."""
    if _once:
        lay(app, _once["database"])
    else:
        _once.update(values=values_for(app, in_app), database=keep(app, "all-rooms.sqlite"))
    return dict(_once["values"])


def verdict(answer) -> str:
    if answer.status_code in (403, 404):
        return str(answer.status_code)
    if answer.status_code in (302, 303) and urlsplit(answer.location or "").path == "/sign-in":
        return "sign-in"
    # 409: she may, and somebody else was there meanwhile.
    return "may" if answer.status_code < 400 or answer.status_code in (409, 422) else str(answer.status_code)


def test_every_address_stands_in_the_table(app):
    known = {key for key, _rule in doors(app)}
    missing = sorted(known - set(table()))
    stale = sorted(set(table()) - known)
    assert not missing, f"no row for {missing}"
    assert not stale, f"rows for addresses that do not exist: {stale}"


def test_every_row_names_the_whole_cast():
    for key, row in table().items():
        assert set(row) == set(COLUMNS), key


# What looking may leave: that a session was used.
LEFT = {"sign_in_session"}


@pytest.mark.parametrize("who", COLUMNS)
def test_each_of_the_cast_gets_what_the_table_says_and_looking_changes_nothing(app, as_, in_app, who):
    values = values_once(app, in_app)
    wrong, pages = [], 0

    def enter(browser, key, rule):
        path = url_of(app, rule, values)
        answer = browser.open(path, method=key.partition(" ")[0])
        # Answers that stream a stored file hold it open.
        answer.close()
        if verdict(answer) != table()[key][who]:
            wrong.append(f"{key} ({path}): {verdict(answer)}, expected {table()[key][who]}")
        return answer

    known = [(key, rule) for key, rule in doors(app) if key in table()]
    browser = app.test_client() if who == "nobody" else as_(who)
    before = contents(app)
    for key, rule in known:
        if key.startswith("GET"):
            pages += enter(browser, key, rule).status_code == 200
    after = contents(app)
    assert not {name for name in after if after[name] != before.get(name)} - LEFT
    assert pages >= 15
    for key, rule in known:
        if not key.startswith("GET") and verdict(enter(browser, key, rule)) == "may" and who != "nobody":
            # Some doors sign out or end sessions: the next one gets a browser of its own.
            browser = as_(who)
    assert not wrong, "\n".join(wrong)


def url_of(app: Flask, rule: Rule, values: dict[str, object]) -> str:
    wanted = {name: values[name] for name in rule.arguments if name in values}
    adapter = app.url_map.bind("localhost")
    return adapter.build(rule.endpoint, wanted, method=next(iter(sorted((rule.methods or {"GET"}) & set(METHODS)))))


def test_what_is_not_theirs_looks_like_what_is_not_there(app, as_):
    """A 404 for a stranger has the same body as a 404 for nothing at all, but for its reference."""
    kofi = as_("kofi")
    theirs = kofi.get("/n/tarn-and-tide/events/").data
    nothing = kofi.get("/n/no-such-network/events/").data
    assert len(theirs) == len(nothing)


def test_the_cast_is_as_the_table_expects(in_app):
    with in_app():
        assert all(cast.person_id(key) for key in COLUMNS if key != "nobody")
