"""The file of one session: for members, for everybody, and by the link of a mail."""

import pytest
from icalendar import Calendar

from portal.events.signed import booking_token
from tests import cast
from tests.events import planned

ROOM, OPEN = "/n/tarn-and-tide/events", "/p/tarn-and-tide/events"


@pytest.fixture
def series(in_app):
    with in_app():
        event = planned.event(sessions=3)
        planned.booked(event, "tobi")
        other = planned.event("Another")
        return (
            event.id,
            [one.id for one in event.sessions],
            other.sessions[0].id,
            booking_token(event.id, cast.person_id("tobi")),
        )


def the_entry(answer):
    [entry] = Calendar.from_ical(answer.data).walk("VEVENT")
    return entry


def test_one_date_and_not_the_whole_series(as_, client, series):
    event_id, ids, _other, token = series
    for browser, path in (
        (as_("tobi"), f"{ROOM}/{event_id}/{ids[1]}.ics"),
        (client, f"{OPEN}/{event_id}/{ids[1]}.ics"),
        (client, f"/e/{token}/{ids[1]}.ics"),
    ):
        entry = the_entry(browser.get(path))
        assert entry["summary"] == "Build a hand, session 2 of 3" and entry["uid"].startswith(f"session-{ids[1]}@")
        assert (planned.LINK in entry["description"]) == (not path.startswith("/p/"))


def test_a_session_of_another_event_is_not_there(as_, client, series):
    event_id, ids, other, token = series
    assert as_("ines").get(f"{ROOM}/{event_id}/{other}.ics").status_code == 404
    assert client.get(f"{OPEN}/{event_id}/{other}.ics").status_code == 404
    assert client.get(f"/e/{token}/{other}.ics").status_code == 404
    assert client.get(f"/e/{token}x/{ids[0]}.ics").status_code == 404


def test_drafts_and_closed_events_are_for_those_inside(as_, client, in_app):
    with in_app():
        draft, inside = planned.event(publish=False), planned.event("Inside", is_public=False)
        ids = [(one.id, one.sessions[0].id) for one in (draft, inside)]
    paths = [f"{event_id}/{session_id}.ics" for event_id, session_id in ids]
    assert [client.get(f"{OPEN}/{path}").status_code for path in paths] == [404, 404]
    assert [as_("tobi").get(f"{ROOM}/{path}").status_code for path in paths] == [404, 200]
    assert as_("ines").get(f"{ROOM}/{paths[0]}").status_code == 200


def test_each_date_of_a_series_links_to_its_own_file(as_, client, series):
    event_id, ids, _other, token = series
    member, public = as_("tobi").get(f"{ROOM}/{event_id}").text, client.get(f"{OPEN}/{event_id}").text
    booking = client.get(f"/e/{token}").text
    for session_id in ids:
        assert f"{ROOM}/{event_id}/{session_id}.ics" in member
        assert f"{OPEN}/{event_id}/{session_id}.ics" in public
        assert f"/e/{token}/{session_id}.ics" in booking
