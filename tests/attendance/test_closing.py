"""Closing counts whoever signed in and never out, says so before, and goes back when the sheet is opened again."""

from portal.db import db
from portal.events.models import Session
from portal.history.queries import lines_about
from portal.web import clock
from tests.attendance.sheets import AFTER, ROOM, START, Evening


def test_the_page_says_who_will_be_counted_to_the_end(as_, in_app):
    evening = Evening(in_app, "tobi", "leon", "dafydd")
    evening.signs_in("tobi", after=20)
    evening.signs_in("leon", after=0, left=60)
    html = as_("ines").get(f"{evening.url}/closing").text
    assert "1 person signed in and not out" in html and "Tobi Larkhill" in html and "5:20" in html
    assert "1 person has no mark" in html and "Dafydd" in html and "Leon Farrowby" not in html


def test_who_signed_in_and_never_out_is_counted_to_the_end(as_, in_app):
    evening = Evening(in_app, "tobi", "leon", "dafydd")
    evening.signs_in("tobi", after=20)
    evening.signs_in("leon", after=0, left=60)
    as_("ines").post(f"{evening.url}/closing", data={"rest": "leave"})
    assert evening.rows() == {"Tobi": (69, "code"), "Leon": (60, "code")}
    with in_app():
        assert db.session.get(Session, evening.session_id).held_at is not None
        [line, *_more] = [line.sentence for line in lines_about("activity", evening.session_id)]
        assert line.startswith("Ines Quarrie closed the sheet: 1 who had signed in")


def test_the_rest_may_be_marked_as_not_here(as_, in_app):
    evening = Evening(in_app, "tobi", "leon", observers=["petra"])
    evening.tick(as_("ines"), "tobi", "here")
    as_("ines").post(f"{evening.url}/closing", data={"rest": "away"})
    assert evening.minutes() == {"Tobi": 90, "Leon": 0, "Petra": 0}


def test_opening_again_takes_back_what_closing_counted_and_nothing_else(as_, in_app):
    evening = Evening(in_app, "tobi", "leon", "dafydd")
    evening.signs_in("tobi", after=20)
    ines = as_("ines")
    evening.tick(ines, "leon", "part", "17:00", "18:00")
    ines.post(f"{evening.url}/closing", data={"rest": "away"})
    assert evening.minutes() == {"Tobi": 69, "Leon": 60, "Dafydd": 0}
    ines.post(f"{evening.url}/opening")
    assert evening.minutes() == {"Tobi": None, "Leon": 60, "Dafydd": None}
    html = ines.get(evening.url).text
    assert "2 of 3" in html and "Signed in by code" in html


def test_a_second_opening_does_not_take_back_what_was_marked_since(as_, in_app):
    evening = Evening(in_app, "tobi")
    evening.signs_in("tobi", after=20)
    ines = as_("ines")
    ines.post(f"{evening.url}/closing", data={"rest": "leave"})
    ines.post(f"{evening.url}/opening")
    evening.tick(ines, "tobi", "part", "17:20", "18:00")
    ines.post(f"{evening.url}/closing", data={"rest": "leave"})
    ines.post(f"{evening.url}/opening")
    assert evening.minutes() == {"Tobi": 39}


def test_a_closed_sheet_takes_no_tick(as_, in_app):
    evening = Evening(in_app, "tobi")
    ines = as_("ines")
    ines.post(f"{evening.url}/closing", data={"rest": "leave"})
    answer = evening.tick(ines, "tobi", "here")
    assert answer.status_code == 422 and "This sheet is closed" in answer.text and evening.minutes() == {}


def test_a_closed_sheet_leads_on_to_the_certificates_for_whoever_makes_them(as_, in_app):
    evening = Evening(in_app, "tobi", "leon")
    way = f"{ROOM}{evening.event_id}/certificates"
    assert way not in as_("ines").get(evening.url).text
    as_("ines").post(f"{evening.url}/closing", data={"rest": "away"})
    assert way in as_("ines").get(evening.url).text


def test_a_sheet_offers_code_and_kiosk_as_long_as_they_work(as_, in_app):
    evening = Evening(in_app, "tobi")
    clock.freeze(START)
    assert f"/sessions/{evening.session_id}/kiosk" in as_("ines").get(evening.url).text
    clock.freeze(AFTER)
    late = as_("ines").get(evening.url).text
    assert "/kiosk" not in late and "type the signed one in" in late
