"""A form of another site does nothing here: the token, and where the browser says that a request comes from."""

import re

import pytest

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
PATH = "/n/tarn-and-tide/conversations/new"
DATA = {"title": "Egg drop indoors?", "body": "Our field is under water."}


@pytest.fixture
def guarded(app, as_):
    """Ines's browser, with the check of the token on as it is outside tests."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield as_("ines")
    app.config["WTF_CSRF_ENABLED"] = False


def token_of(browser):
    return TOKEN.search(browser.get(PATH).text)[1]


def test_a_form_without_its_token_does_nothing_and_says_what_to_do(guarded):
    answer = guarded.post(PATH, data=DATA)
    assert answer.status_code == 400
    main = answer.text.partition("<main")[2]
    assert "Traceback" not in main and "csrf" not in main.lower()
    assert "again" in main and "<h1>" in main
    assert "Egg drop indoors?" not in guarded.get("/n/tarn-and-tide/conversations/").text


def test_with_its_token_it_is_done(guarded):
    answer = guarded.post(PATH, data={**DATA, "csrf_token": token_of(guarded)})
    assert answer.status_code == 303


def test_the_token_of_somebody_else_is_none(guarded, as_):
    assert guarded.post(PATH, data={**DATA, "csrf_token": token_of(as_("tobi"))}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    ],
)
def test_a_form_of_another_site_is_refused_even_with_a_token(guarded, headers):
    answer = guarded.post(PATH, data={**DATA, "csrf_token": token_of(guarded)}, headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("headers", [{"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}])
def test_our_own_pages_are_not(guarded, headers):
    answer = guarded.post(PATH, data={**DATA, "csrf_token": token_of(guarded)}, headers=headers)
    assert answer.status_code == 303


def test_no_door_takes_a_form_without_token(guarded, app):
    """Every POST of the map, so that none is exempt."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()):
            continue
        values = {name: "tarn-and-tide" if name in ("network", "slug") else 1 for name in rule.arguments}
        values |= {"packing": "json"} if "packing" in rule.arguments else {}
        answer = guarded.post(adapter.build(rule.endpoint, values, method="POST"))
        assert answer.status_code in (400, 404), rule.rule
