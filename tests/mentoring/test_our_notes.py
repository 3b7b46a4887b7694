"""All that two people wrote beside their talks, for the two of them: one question, one key, fifty a page."""

import csv
import io
import secrets
from datetime import UTC, datetime, timedelta

import pytest

from portal.db import db
from portal.mentoring.operations_contacts import log_contact
from portal.mentoring.operations_notes import write_notes
from portal.mentoring.talks import Talk
from portal.networks.models import Network
from portal.web import clock
from tests import cast
from tests.mentoring.world import BASE, pair, talk_of, the_pair

__all__ = ["pair"]
NOTHING = dict.fromkeys(("parked", "working", "challenges", "mentee_steps", "mentor_steps", "moment", "only_me"), "")


@pytest.fixture
def sixty(app, in_app, pair):
    """Sixty talks, each with a line of Dafydd's; beside the last, words of both."""
    key = app.config["SETTINGS"].key("mentoring")
    with in_app():
        dafydd, tobi = cast.person_id("dafydd"), cast.person_id("tobi")
        for place in range(60):
            said = Talk(
                at=clock.now() - timedelta(days=60 - place), minutes=30, parked=f"line {place:02}", only_me="mine"
            )
            told = log_contact(the_pair(pair), dafydd, said, key, "Europe/London")
        write_notes(told, tobi, NOTHING | {"working": "=tobiswords", "only_me": "tobialone"}, key, "")
    return pair


def test_fifty_a_page_newest_first_with_one_question_for_all_texts(as_, queries, sixty):
    browser = as_("dafydd")
    with queries() as seen:
        page = browser.get(f"{BASE}/pairs/{sixty}/notes").text
    assert len(seen) <= 12 and len([one for one in seen if "sealed_text.sealed" in one]) == 1
    assert page.index("line 59") < page.index("line 10") and "line 09" not in page
    assert "=tobiswords" in page and "tobialone" not in page
    assert "line 09" in browser.get(f"{BASE}/pairs/{sixty}/notes?page=2").text


def test_the_sheet_holds_what_its_reader_may_read_and_runs_nothing(as_, sixty):
    sheets = {}
    for who in ("dafydd", "tobi"):
        answer = as_(who).get(f"{BASE}/pairs/{sixty}/notes?format=csv")
        sheets[who] = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert len(sheets["dafydd"]) == 62
    assert "tobialone" not in str(sheets["dafydd"]) and "tobialone" in str(sheets["tobi"])
    assert "'mine'" not in str(sheets["tobi"]) and "'mine'" in str(sheets["dafydd"])
    assert "'=tobiswords" in str(sheets["dafydd"])
    for who in ("ines", "petra"):
        assert as_(who).get(f"{BASE}/pairs/{sixty}/notes?format=csv").status_code == 403


def test_an_evening_in_colorado_is_that_day_in_the_sheet_too(as_, app, in_app, pair):
    with in_app():
        db.session.get_one(Network, cast.network_id()).time_zone = "America/Denver"
        evening = Talk(at=datetime(2026, 11, 4, 3, tzinfo=UTC), minutes=30, has_time=True, parked="late")
        log_contact(
            the_pair(pair), cast.person_id("dafydd"), evening, app.config["SETTINGS"].key("mentoring"), "America/Denver"
        )
        db.session.commit()
    sheet = as_("dafydd").get(f"{BASE}/pairs/{pair}/notes?format=csv").text
    assert "2026-11-03,30," in sheet and "2026-11-04" not in sheet


def test_with_another_key_the_page_says_so_and_stands(as_, app, sixty):
    (app.config["SETTINGS"].instance / "keys" / "mentoring").write_bytes(secrets.token_bytes(32))
    answer = as_("dafydd").get(f"{BASE}/pairs/{sixty}/notes")
    assert answer.status_code == 200 and "The key of some notes is not here" in answer.text
    assert "line 59" not in answer.text


def test_who_removes_a_talk_takes_no_words_of_the_other_one_away(as_, app, sixty):
    """It counts no more; what Tobi wrote beside it he reads and takes along as before."""
    tobi = as_("tobi")
    with app.app_context():
        newest = talk_of(sixty).id
    assert as_("dafydd").post(f"{BASE}/talks/{newest}/delete").status_code == 303
    page = tobi.get(f"{BASE}/pairs/{sixty}/notes").text
    assert "tobialone" in page and "Removed: it does not count." in page and f"/talks/{newest}" not in page
    mine = [one for one in tobi.get("/me/export.json").json["mentoring_talks"] if one["only_me"]]
    assert [(one["only_me"], one["counts"]) for one in mine] == [({"note": "tobialone"}, False)]
