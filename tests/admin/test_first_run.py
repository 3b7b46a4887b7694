"""The first run: a fresh portal leads here from every page, takes its answers at once or not at all, and only once."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal import Base, create_app
from portal.admin.setup_key import setup_key
from portal.config import Settings
from portal.db import db
from portal.networks.models import Membership, Network, Region
from portal.people.models import Person
from portal.vocabulary.models import Word
from tests.databases import keep, lay

ANSWERS = {
    "region": "Tarn and Tide",
    "time_zone": "Europe/London",
    "locale": "en_GB",
    "contact": "help@tarn.example",
    "name": "Ravi Castellan",
    "address": "ravi@tarn.example",
    "network": "Tarn & Tide STEM Network",
    "is_coordinator": "y",
}


def fresh(folder, environment: str) -> Flask:
    settings = replace(Settings(), instance=folder, environment=environment, secure_cookies=False)
    app = create_app(settings, testing=True)
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        Base.metadata.create_all(db.engine)
    return app


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Iterator[Callable[[str], Flask]]:
    """A portal of that environment as it is before its first run: made once, and put back to that."""
    known: dict[str, tuple[Flask, Path]] = {}

    def before_its_first_run(environment: str) -> Flask:
        if environment not in known:
            app = fresh(tmp_path_factory.mktemp(environment), environment)
            known[environment] = app, keep(app, "empty.sqlite")
        app, template = known[environment]
        lay(app, template)
        app.extensions.pop("region", None)
        (app.config["SETTINGS"].instance / "keys" / "first-run").unlink(missing_ok=True)
        return app

    yield before_its_first_run
    for app, _template in known.values():
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def empty(made) -> Flask:
    return made("development")


@pytest.fixture
def in_production(made) -> Flask:
    return made("production")


def count(app, table):
    with app.app_context():
        return db.session.execute(select(func.count()).select_from(table)).scalar_one()


def test_every_page_leads_to_the_first_run(empty):
    browser = empty.test_client()
    for path in ("/", "/today", "/sign-in", "/n/anything/", "/admin", "/nothing/here"):
        assert browser.get(path).location == "/first-run", path
    with browser.get("/static/img/favicon.svg") as picture:
        assert picture.status_code == 200
    assert browser.get("/healthz").status_code == 200
    assert browser.get("/first-run").status_code == 200


def test_it_makes_region_words_administrator_and_network_and_signs_in(empty):
    browser = empty.test_client()
    assert browser.post("/first-run", data=ANSWERS).status_code == 303
    with empty.app_context():
        assert db.session.execute(select(Region.name)).scalar_one() == "Tarn and Tide"
        network = db.session.execute(select(Network)).scalar_one()
        assert (network.slug, network.plate) == ("tarn-tide-stem-network", "TT")
        person = db.session.execute(select(Person)).scalar_one()
        assert person.is_administrator and person.admitted_at
        assert db.session.execute(select(Membership.role)).scalar_one() == "coordinator"
    assert count(empty, Word) > 50
    assert browser.get("/n/tarn-tide-stem-network/").status_code == 200
    assert browser.get("/admin").status_code == 200


def test_without_being_coordinator_the_network_waits_for_one(empty):
    answers = {key: value for key, value in ANSWERS.items() if key != "is_coordinator"}
    empty.test_client().post("/first-run", data=answers)
    assert count(empty, Membership) == 0 and count(empty, Network) == 1


def test_it_happens_once(empty):
    empty.test_client().post("/first-run", data=ANSWERS)
    other = empty.test_client()
    assert other.get("/first-run").status_code == 404
    assert other.post("/first-run", data={**ANSWERS, "address": "thief@x.example"}).status_code == 404
    assert count(empty, Person) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"region": " "},
        {"name": ""},
        {"address": "not an address"},
        {"network": ""},
        {"time_zone": "Mars/Crater"},
        {"slug": "Not A Slug!"},
        {"contact": "x@"},
        {"network": "n" * 201},
    ],
)
def test_nonsense_is_refused_typed_values_stay_and_nothing_is_half_saved(empty, wrong):
    answer = empty.test_client().post("/first-run", data=ANSWERS | wrong)
    assert answer.status_code == 422 and "to put right" in answer.text
    for table in (Region, Person, Network, Word):
        assert count(empty, table) == 0


def test_in_production_a_stranger_without_the_key_takes_nothing(in_production, caplog):
    browser = in_production.test_client()
    assert "Setup key" in browser.get("/first-run").text
    key = setup_key(in_production.config["SETTINGS"])
    assert key in caplog.text
    for typed in ("", "guess", key[:-1]):
        assert browser.post("/first-run", data={**ANSWERS, "setup_key": typed}).status_code == 422
    assert count(in_production, Region) == 0
    assert browser.post("/first-run", data={**ANSWERS, "setup_key": f" {key} "}).status_code == 303
    assert not (in_production.config["SETTINGS"].instance / "keys" / "first-run").exists()


def test_guessing_the_key_is_slow(in_production):
    browser = in_production.test_client()
    answers = [browser.post("/first-run", data={**ANSWERS, "setup_key": "guess"}) for _time in range(21)]
    assert "Wait a quarter of an hour" in answers[-1].text


def test_the_key_stays_the_same_over_workers_and_is_its_owners_alone(in_production):
    settings = in_production.config["SETTINGS"]
    assert setup_key(settings) == setup_key(settings)
    assert (settings.instance / "keys" / "first-run").stat().st_mode & 0o077 == 0


def test_in_development_there_is_no_key(empty):
    assert "Setup key" not in empty.test_client().get("/first-run").text
