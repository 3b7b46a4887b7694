"""Calendar files: read back equal, one name for ever, a number that rises, and the link for nobody else."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from portal.db import db
from portal.events.models import Event
from portal.events.signed import booking_token
from tests import cast
from tests.events import planned
from tests.events.test_planning import as_it_stands, made

ROOM = "/n/tarn-and-tide/events/"


def entries(answer):
    assert answer.mimetype == "text/calendar"
    return Calendar.from_ical(answer.data).walk("VEVENT")


def test_a_session_is_read_back_as_it_is(as_, in_app):
    event_id = made(in_app)
    [entry] = entries(as_("tobi").get(f"{ROOM}{event_id}.ics"))
    assert entry.start == planned.NEXT_THURSDAY and entry.end == planned.NEXT_THURSDAY + timedelta(minutes=90)
    assert str(entry["summary"]) == "Build a hand" and entry["status"] == "CONFIRMED"


def test_a_change_keeps_the_name_and_raises_the_number(as_, in_app):
    event_id = made(in_app)
    ines = as_("ines")
    [before] = entries(ines.get(f"{ROOM}{event_id}.ics"))
    ines.post(f"{ROOM}{event_id}/edit", data=as_it_stands(in_app, event_id, **{"sessions-0-starts": "16:30"}))
    [after] = entries(ines.get(f"{ROOM}{event_id}.ics"))
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)


def test_calling_off_cancels_the_entry(as_, client, in_app):
    event_id = made(in_app)
    as_("ines").post(f"{ROOM}{event_id}/calling-off", data={"reason": "Snow."})
    [entry] = entries(client.get(f"/p/tarn-and-tide/events/{event_id}.ics"))
    assert entry["status"] == "CANCELLED" and entry["sequence"] == 1


@pytest.mark.parametrize("title", ["Knots; ropes, and a \\ 🪢 in 75 octets " + "é" * 60, "Straw‮card"])
def test_any_title_survives(as_, in_app, title):
    event_id = made(in_app, title=title)
    [entry] = entries(as_("tobi").get(f"{ROOM}{event_id}.ics"))
    assert str(entry["summary"]) == title


def test_the_joining_link_goes_to_who_has_a_place(as_, client, in_app):
    event_id = made(in_app, "tobi")
    with in_app():
        token = booking_token(event_id, cast.person_id("tobi"))
        assert db.session.get(Event, event_id)
    link = planned.LINK
    assert link in str(entries(as_("tobi").get(f"{ROOM}{event_id}.ics"))[0]["description"])
    assert link in str(entries(client.get(f"/e/{token}/calendar.ics"))[0]["description"])
    assert link not in str(entries(as_("leon").get(f"{ROOM}{event_id}.ics"))[0]["description"])
    assert link not in str(entries(client.get(f"/p/tarn-and-tide/events/{event_id}.ics"))[0]["description"])
