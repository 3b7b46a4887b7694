"""A caseload says who is due, what counts against each rule and who has been quiet; no minute counts twice for its mentor."""

from datetime import date, timedelta

from sqlalchemy import select

from portal.caseloads.queries import own_figures
from portal.db import db
from portal.mentoring.models import Pairing, PairTalk
from portal.mentoring.operations import end_pairing
from portal.mentoring.pair_months import counted
from portal.mentoring.queries_pair import around, told_of
from portal.mentoring.spans import spans_of
from portal.mentoring.standing_words import kindly
from portal.programmes.models import Programme
from portal.programmes.queries import programmes_in
from tests import cast
from tests.pair_programmes.world import BASE, SPANS, TODAY, ZONE, join, met, minutes_by_programme, pair, programme, year

__all__ = ["year"]


def test_each_programme_counts_by_its_own_rules_on_both_pages_alike(in_app, year):
    with in_app():
        caseload = minutes_by_programme(year["tobi"])
        assert caseload == {"Induction": 60 + 30 + 40 + 25, "Placement": 60}
        pairing = db.session.get_one(Pairing, year["tobi"])
        stays = around(pairing).stays
        page = counted(told_of(pairing, stays, SPANS), stays, TODAY)
        assert {one.programme.name: one.minutes for one in page} == caseload


def test_a_group_counts_once_for_its_mentor_and_stands_in_each_pair(as_, in_app, year):
    with in_app():
        programmes = programmes_in(cast.network_id())
        spans = spans_of(programmes, TODAY, ZONE)
        assert own_figures(cast.network_id(), cast.person_id("dafydd"), spans) == (40 + 25, 60 + 30 + 40 + 25)
    page = as_("dafydd").get(f"{BASE}/").text
    assert "this year 2 h 35 min" in page and "2 mentees." in page
    assert page.count("This month 40 min in 1 talk") == 1 and "This month 1 h 5 min in 1 talk" in page
    sheet = as_("ines").get(f"{BASE}/mentors?format=csv").data.decode("utf-8-sig")
    assert "Dafydd Okonjo-Reeve,2,65,3,155,25" in sheet


def test_the_page_of_a_mentor_says_what_is_due_and_what_was_not_confirmed(as_, year):
    page = as_("dafydd").get(f"{BASE}/").text
    assert "Due by Tue 10 Nov" in page and "2 talks are not confirmed." in page
    assert page.index("Tobi Larkhill") < page.index("Leon Farrowby")
    assert page.count('class="button filled"') == 1
    assert "My mentor" in as_("tobi").get(f"{BASE}/").text


def test_what_was_given_stays_given_when_a_pair_ends_and_support_is_no_talk(as_, in_app):
    with in_app():
        tobi = pair()
        met(tobi, date(2026, 11, 3)), met(tobi, date(2026, 11, 4), 30, kind="support")
    page = as_("dafydd").get(f"{BASE}/").text
    assert "One mentee. This month you gave 1 h 15 min" in page and "This month 1 h 15 min in 1 talk" in page
    with in_app():
        end_pairing(db.session.get_one(Pairing, tobi.id), cast.person_id("ines"), date(2026, 11, 6))
    page = as_("dafydd").get(f"{BASE}/").text
    assert "No mentee just now. This month you gave 1 h 15 min, this year 1 h 15 min." in page
    rows = as_("ines").get(f"{BASE}/?show=ended&format=csv").text.splitlines()
    assert ",1,75,1,75," in rows[1]


def test_silence_is_said_kindly_to_the_mentor_and_never_to_the_mentee(as_, in_app):
    with in_app():
        met(pair(), date(2026, 10, 5))
    kind = "You and Tobi last met five weeks ago. A line by mail counts too."
    for path in (f"{BASE}/", f"{BASE}/pairs/1", "/n/tarn-and-tide/today/"):
        assert kind in as_("dafydd").get(path).text, path
        assert "weeks ago" not in as_("tobi").get(path).text, path
    assert "Quiet for 5 weeks" in as_("ines").get(f"{BASE}/?show=silent").text
    today = as_("ines").get("/n/tarn-and-tide/today/").text
    assert "Pairs that are quiet" in today and kind not in today


def test_support_ends_no_silence_and_a_closer_rule_begins_it_sooner(as_, in_app):
    with in_app():
        pairing = pair()
        met(pairing, date(2026, 10, 16))
        met(pairing, date(2026, 11, 9), kind="support")
    silent = f"{BASE}/?show=silent"
    assert "No pair is like that" in as_("ines").get(silent).text
    with in_app():
        join(db.session.get_one(Pairing, pairing.id), programme(silent_after_days=24))
    assert "Quiet for 3 weeks" in as_("ines").get(silent).text


def test_words_for_who_has_not_met_and_for_long_silences(in_app):
    with in_app():
        assert kindly("Tobi", TODAY, None) == ""
        assert kindly("Tobi", None, 31).startswith("You and Tobi have not met yet.")
        assert "thirteen" not in kindly("Tobi", TODAY, 95) and "13 weeks ago" in kindly("Tobi", TODAY, 95)


def test_a_coordinator_picks_pairs_by_mentor_programme_and_state(as_, in_app, year):
    ines = as_("ines")
    with in_app():
        end_pairing(db.session.get_one(Pairing, year["leon"]), cast.person_id("ines"), TODAY)
        mentor = cast.person_id("dafydd")
        strict = db.session.execute(select(Programme.id).where(Programme.name == "Placement")).scalar_one()
    table = {
        show: ines.get(f"{BASE}/?{show}").text.partition('id="all"')[2]
        for show in (
            "show=open",
            "show=ended",
            "show=unconfirmed",
            f"mentor={mentor}",
            f"programme={strict}",
            "mentor=9",
        )
    }
    assert "Leon Farrowby" not in table["show=open"] and "Leon Farrowby" in table["show=ended"]
    assert "Tobi Larkhill" in table["show=unconfirmed"] and "not answered" in table["show=unconfirmed"]
    assert "Tobi Larkhill" in table[f"programme={strict}"] and "Tobi Larkhill" in table[f"mentor={mentor}"]
    assert "No pair is like that" in table["mentor=9"]
    sheet = ines.get(f"{BASE}/?format=csv").data.decode("utf-8-sig")
    assert "Tobi Larkhill" in sheet and "Induction: 2 h 35 min of 75 hours" in sheet


def test_a_mentor_takes_her_caseload_and_her_talks_along(as_, year):
    sheet = as_("dafydd").get(f"{BASE}/?format=csv").data.decode("utf-8-sig")
    assert "Leon Farrowby" in sheet and "Petra" not in sheet
    talks = as_("dafydd").get(f"{BASE}/pairs/{year['tobi']}?format=csv").data.decode("utf-8-sig")
    assert "2026-09-15" in talks and "500" not in talks


def test_a_mentor_of_forty_asks_no_more_questions_than_one_of_two(as_, in_app, queries, year):
    with in_app():
        pairing = db.session.get_one(Pairing, year["leon"])
        for days in range(1, 60):
            met(pairing, TODAY - timedelta(days=days), 10, parked="x")
        assert db.session.query(PairTalk).count() > 60
    for who, path in (("dafydd", "/"), ("ines", "/"), ("ines", "/mentors"), ("dafydd", f"/pairs/{year['tobi']}")):
        browser = as_(who)
        browser.get(BASE + path)
        with queries() as seen:
            assert browser.get(BASE + path).status_code == 200
        # Matching and handing on ask one more each on the first page and on a pair's: what waits for her answer there.
        assert len(seen) <= 13, (path, len(seen), "\n".join(seen))
