"""The coordinator's lists before the day: by name, by school, what to have ready, and who usually comes."""

from csv import DictReader
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.activities.operations import Mark, record_attendance
from portal.db import db
from portal.events.models import Booking, Event
from portal.events.operations_answers import decline
from portal.events.queries_coming import usual_and_silent
from portal.web import clock
from tests import cast
from tests.events import planned

ROOM = "/n/tarn-and-tide/events/"
PUBLIC = "/p/tarn-and-tide/events"
NOOR = {"name": "Noor Halloway", "address": "noor@pellan-bay.example", "school": "Kestrel Lane Primary"}


@pytest.fixture
def event_id(in_app):
    with in_app():
        return planned.event(capacity=2).id


def bookings(in_app):
    with in_app():
        return db.session.execute(select(Booking).order_by(Booking.id)).scalars().all()


def test_members_guests_and_observers_are_counted_apart(as_, client, event_id):
    as_("tobi").post(f"{ROOM}{event_id}/booking")
    client.post(f"{PUBLIC}/{event_id}", data=NOOR)
    as_("petra").post(f"{ROOM}{event_id}/booking")
    client.post(
        f"{PUBLIC}/{event_id}", data=NOOR | {"name": "Cleo Warr", "address": "cleo@x.example", "comes_as": "observer"}
    )
    for path in (f"{ROOM}{event_id}", f"{ROOM}{event_id}/bookings"):
        assert "1 member, 1 guest, 2 observers besides" in as_("ines").get(path).text
    assert "2 of 2 places taken" in as_("ines").get(f"{ROOM}{event_id}").text


def test_the_list_and_its_spreadsheet_say_subject_credit_and_what_is_kept(as_, client, in_app, event_id):
    client.post(f"{PUBLIC}/{event_id}", data=NOOR | {"subject": "physics", "wants_credit": "y"})
    with in_app():
        booking = db.session.execute(select(Booking)).scalar_one()
        booking.waiting_since, booking.offered_until = clock.now(), clock.now() + timedelta(hours=4)
        db.session.commit()
    ines = as_("ines")
    page = ines.get(f"{ROOM}{event_id}/bookings").text
    assert "Physics" in page and "wants credit" in page and "A place is kept until" in page
    [row] = DictReader(ines.get(f"{ROOM}{event_id}/bookings?format=csv").text.lstrip("\ufeff").splitlines())
    assert (row["Subject"], row["Credit wanted"], row["Place kept until"]) == ("Physics", "yes", "2026-11-10 18:05")


def test_the_count_by_school_shows_who_waits(as_, in_app, event_id):
    with in_app():
        planned.booked(db.session.get_one(Event, event_id), "leon", "tobi", "mairead")
    page = as_("ines").get(f"{ROOM}{event_id}/bookings").text
    assert "Withen Cross First School" in page and "1 waiting" in page


def test_what_to_have_ready_is_one_list_to_print(as_, client, event_id):
    client.post(f"{PUBLIC}/{event_id}", data=NOOR | {"needs": "No nuts"})
    page = as_("ines").get(f"{ROOM}{event_id}/bookings/needs").text
    assert "Noor Halloway" in page and "No nuts" in page and "Kestrel Lane" not in page
    assert as_("tobi").get(f"{ROOM}{event_id}/bookings/needs").status_code == 403


@pytest.fixture
def often(in_app):
    """Tobi and Leon were at two meetings this autumn, Dafydd at one."""
    with in_app():
        for week, people in ((4, ("tobi", "leon", "dafydd")), (2, ("tobi", "leon"))):
            event = planned.event(f"Meeting {week}", planned.LAST_THURSDAY - timedelta(weeks=week))
            record_attendance(
                event.sessions[0].id, [Mark(cast.person_id(key), 90) for key in people], cast.person_id("ines")
            )


def usual(in_app, event_id):
    with in_app():
        return [name.split()[0] for _id, name, _times in usual_and_silent(cast.network_id(), event_id).people]


def test_who_usually_comes_and_has_not_answered_is_named(as_, in_app, often, event_id):
    assert usual(in_app, event_id) == ["Leon", "Tobi"]
    page = as_("ines").get(f"{ROOM}{event_id}/bookings").text
    assert "Leon Farrowby" in page and "Write to those who came this year" in page
    with in_app():
        event = db.session.get_one(Event, event_id)
        planned.booked(event, "tobi")
        decline(event.sessions[0], cast.person_id("leon"))
    assert usual(in_app, event_id) == []


def test_the_letter_goes_to_who_came_and_is_silent(as_, in_app, often, event_id):
    page = as_("ines").get(f"{ROOM}{event_id}/bookings").text
    address = next(part.split('"')[0] for part in page.split('href="') if "silent=" in part and "came=" in part)
    people = as_("ines").get(address.replace("&amp;", "&")).text
    assert "Leon Farrowby" in people and "Tobi Larkhill" in people and "Mairead" not in people.split("<main")[1]


def test_the_lists_stay_within_their_queries(as_, in_app, often, event_id, queries):
    with in_app():
        planned.booked(db.session.get_one(Event, event_id), "leon", "tobi", "mairead")
    ines = as_("ines")
    for path in ("bookings", "bookings/needs"):
        ines.get(f"{ROOM}{event_id}/{path}")
        with queries() as seen:
            assert ines.get(f"{ROOM}{event_id}/{path}").status_code == 200
        assert len(seen) <= 12, (path, len(seen))


def test_one_wish_for_a_whole_series_stands_there_once(as_, in_app):
    with in_app():
        event_id = planned.event(sessions=3, books_whole=True).id
    as_("tobi").post(f"{ROOM}{event_id}/booking", data={"needs": "Step-free"})
    page = as_("ines").get(f"{ROOM}{event_id}/bookings/needs").text
    assert page.count("Step-free") == 1 and "dates 1, 2, 3" in page
