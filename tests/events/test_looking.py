"""What's on and the page of one event: who sees what of it."""

from sqlalchemy import select

from portal.db import db
from portal.events.models import Event
from tests import cast
from tests.events import planned

ROOM = "/n/tarn-and-tide/events/"


def made(in_app, *people, **more):
    with in_app():
        one = planned.event(**more)
        if people:
            planned.booked(one, *people)
        return one.id


def test_whats_on_names_date_places_and_mine(as_, in_app):
    made(in_app, "tobi", capacity=2)
    html = as_("tobi").get(ROOM).get_data(as_text=True)
    assert "Build a hand" in html and "November 2026" in html
    assert "1 of 2 places left" in html and "You’re coming" in html


def test_a_full_event_offers_the_waiting_list(as_, in_app):
    made(in_app, "tobi", capacity=1)
    assert "Join the waiting list" in as_("leon").get(ROOM).get_data(as_text=True)


def test_drafts_are_for_coordinators(as_, in_app):
    event_id = made(in_app, publish=False)
    assert "Build a hand" in as_("mairead").get(f"{ROOM}?show=drafts").get_data(as_text=True)
    assert "Build a hand" not in as_("tobi").get(f"{ROOM}?show=drafts").get_data(as_text=True)
    assert as_("tobi").get(f"{ROOM}{event_id}").status_code == 404


def test_a_draft_offers_to_be_published_before_anything_else(as_, in_app):
    event_id = made(in_app, publish=False)
    html = as_("ines").get(f"{ROOM}{event_id}").text
    assert html.count('class="filled"') == 1
    assert html.index("Publish it") < html.index("<dl") < html.index("For coordinators")


def test_a_coordinator_finds_the_doors_in_the_order_of_the_event(as_, in_app):
    event_id = made(in_app, sessions=2)
    html = as_("ines").get(f"{ROOM}{event_id}").text
    places = [html.index(f"<h3>{name}</h3>") for name in ("The plan", "People", "On the day", "Afterwards")]
    assert places == sorted(places)
    assert "For coordinators" not in as_("tobi").get(f"{ROOM}{event_id}").text


def test_a_session_that_is_over_offers_no_code_and_no_calendar(as_, in_app):
    event_id = made(in_app, starts_at=planned.LAST_THURSDAY, sessions=3)
    with in_app():
        over, *ahead = (one.id for one in db.session.get(Event, event_id).sessions)
    html = as_("ines").get(f"{ROOM}{event_id}").text
    assert f"sessions/{over}/attendance" in html and f"sessions/{over}/code" not in html
    assert f"{event_id}/{over}.ics" not in html
    assert all(f"sessions/{one}/code" in html and f"{event_id}/{one}.ics" in html for one in ahead[1:])


def test_another_network_sees_nothing_of_it(as_, in_app):
    event_id = made(in_app)
    assert as_("kofi").get(f"{ROOM}{event_id}").status_code == 404
    assert as_("kofi").get(f"/n/fell-and-furrow/events/{event_id}").status_code == 404


def test_members_see_schools_and_counts_but_no_names(as_, in_app):
    event_id = made(in_app, "tobi", "leon")
    html = as_("dafydd").get(f"{ROOM}{event_id}").get_data(as_text=True)
    assert "Low Garrick School 1" in html
    assert "Leon Farrowby" not in html
    assert as_("dafydd").get(f"{ROOM}{event_id}/bookings").status_code == 403
    assert "Leon Farrowby" in as_("ines").get(f"{ROOM}{event_id}/bookings").get_data(as_text=True)


def test_the_joining_link_is_for_those_who_have_a_place(as_, in_app):
    event_id = made(in_app, "tobi", capacity=1)
    with in_app():
        planned.booked(db.session.get(Event, event_id), "leon")
    assert planned.LINK in as_("tobi").get(f"{ROOM}{event_id}").get_data(as_text=True)
    assert planned.LINK not in as_("leon").get(f"{ROOM}{event_id}").get_data(as_text=True)
    assert planned.LINK not in as_("dafydd").get(f"{ROOM}{event_id}").get_data(as_text=True)


def test_the_list_and_the_page_stay_within_their_queries(as_, in_app, queries):
    for number in range(30):
        event_id = made(in_app, "tobi", "leon", "dafydd", title=f"Evening {number}", sessions=2)
    ines = as_("ines")
    for path in (ROOM, f"{ROOM}?show=past", f"{ROOM}{event_id}", f"{ROOM}{event_id}/bookings", "/me/transcript"):
        ines.get(path)
        with queries() as seen:
            assert ines.get(path).status_code == 200
        assert len(seen) <= 12, (path, len(seen))


def test_the_list_comes_as_a_spreadsheet_and_in_other_orders(as_, in_app):
    made(in_app)
    ines = as_("ines")
    assert "Build a hand" in ines.get(f"{ROOM}?format=csv").get_data(as_text=True)
    for sort in ("date", "newest", "title"):
        assert ines.get(f"{ROOM}?sort={sort}").status_code == 200
    assert ines.get(f"{ROOM}?month=2026-12").status_code == 200
    assert ines.get(f"{ROOM}?month=nonsense&page=99&sort=x").status_code == 200


def test_a_running_order_is_read_from_the_words(as_, in_app):
    event_id = made(in_app, for_whom="Years 6 to 9")
    with in_app():
        one = db.session.execute(select(Event).where(Event.id == event_id)).scalar_one()
        one.about = "Come.\n\n4:45 Tea\n5:00 Build"
        db.session.commit()
    html = as_("tobi").get(f"{ROOM}{event_id}").get_data(as_text=True)
    assert "Running order" in html and "4:45" in html


def test_my_own_export_names_what_i_was_at(as_, in_app):
    from portal.people.exporting import everything_about

    with in_app():
        assert everything_about(cast.person_id("tobi"))["hours"] == []


def test_headings_in_the_words_start_at_the_first_level():
    from portal.events.running_order import raised

    assert raised("## You leave with\n\n### a hand") == "# You leave with\n\n## a hand"
    assert raised("no heading #1") == "no heading #1"
