"""Closing counts whoever signed in and never out, says so before, and goes back when the sheet is opened again."""

from portal.attendance.queries import row_of
from portal.db import db
from portal.events.models import Session
from portal.events.operations_leading import set_leader
from portal.history.queries import lines_about
from portal.web import clock
from tests import cast
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


def test_who_signed_in_when_it_was_over_gets_no_hours_by_closing(as_, in_app):
    evening = Evening(in_app, "tobi", "leon")
    evening.signs_in("tobi", after=20)
    evening.signs_in("leon", after=100)
    ines = as_("ines")
    html = ines.get(f"{evening.url}/closing").text
    assert "1 person signed in when it was over" in html and "6:40" in html and "Mark this one by hand first" in html
    ines.post(f"{evening.url}/closing", data={"rest": "away"})
    assert evening.minutes() == {"Tobi": 69, "Leon": None}
    assert "not marked · signed in at 6:40" in ines.get(evening.url).text
    with in_app():
        [line, *_more] = [line.sentence for line in lines_about("activity", evening.session_id)]
        assert "1 left without a mark" in line


def test_by_hand_such_a_person_is_here_without_an_hour_that_contradicts_it(as_, in_app):
    evening = Evening(in_app, "leon")
    evening.signs_in("leon", after=100)
    ines = as_("ines")
    assert 'value="here" checked' not in ines.get(evening.url).text
    evening.tick(ines, "leon", "here")
    with in_app():
        row = row_of(evening.session_id, cast.person_id("leon"))
        assert (row.minutes, row.arrived_at, row.how) == (90, None, "coordinator")


def test_who_leads_without_a_booking_is_on_the_sheet_and_waits_for_no_mark(as_, in_app):
    evening = Evening(in_app, "tobi")
    with in_app():
        set_leader(evening.session(), cast.person_id("dafydd"), "presenter", cast.person_id("ines"))
    ines = as_("ines")
    html = ines.get(evening.url).text
    assert "presents" in html and "· came without booking" not in html and "0 of 1" in html
    evening.tick(ines, "tobi", "here")
    assert "Everybody on it is marked." in ines.get(f"{evening.url}/closing").text
    ines.post(f"{evening.url}/closing", data={"rest": "away"})
    assert evening.minutes() == {"Tobi": 90, "Dafydd": None}
    assert "Dafydd" in ines.get(evening.url).text


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
