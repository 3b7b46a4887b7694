"""Places that come free: given at once or kept for an answer, past a school that has its seats, never lost."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from portal.db import db
from portal.events.models import Booking, Event
from portal.events.offers import offer_ends
from portal.events.operations_booking import give_back
from portal.events.operations_offers import fill_forgotten_places, let_offers_run_out
from portal.events.queries_bookings import places_of
from portal.events.queries_places import school_key
from portal.mail.models import OutboxMail
from portal.people.models import Person
from portal.people.operations_leaving import erase_person
from portal.web import clock
from portal.web.links import act_link
from tests import cast
from tests.events import planned

HOST = "http://127.0.0.1:8000"
ROOM = "/n/tarn-and-tide/events/"
NEXT_MORNING = cast.NOW.replace(hour=9, minute=0) + timedelta(days=1)


@pytest.fixture
def waiting(in_app):
    """One place; Tobi has it, Leon and then Dafydd wait. Whoever is next has ``hours`` to answer."""

    def make(hours=12, **more):
        with in_app():
            event = planned.event(**{"capacity": 1, "confirm_hours": hours} | more)
            for minute, key in enumerate(("tobi", "leon", "dafydd")):
                clock.freeze(cast.NOW + timedelta(minutes=minute))
                planned.booked(event, key)
            clock.freeze(cast.NOW + timedelta(minutes=5))
            return event.id

    return make


@pytest.fixture
def gives_back(in_app):
    def give(event_id, key):
        with in_app():
            event = db.session.get_one(Event, event_id)
            give_back(event, [one.id for one in event.sessions], cast.person_id(key))

    return give


@pytest.fixture
def standing(in_app):
    def now():
        columns = (Person.name, Booking.waiting_since, Booking.offered_until)
        rows = select(*columns).join(Booking, Booking.person_id == Person.id).where(Booking.cancelled_at.is_(None))
        with in_app():
            found = db.session.execute(rows.order_by(Booking.id)).all()
        state = {(True, True): "kept", (True, False): "waits", (False, False): "placed"}
        return {name.split()[0]: state[bool(since), bool(until)] for name, since, until in found}

    return now


@pytest.fixture
def run_out(in_app):
    def at(moment):
        clock.freeze(moment)
        with in_app():
            return let_offers_run_out()

    return at


def mailed(in_app, kind):
    rows = select(OutboxMail.to_name, OutboxMail.text).where(OutboxMail.kind == kind).order_by(OutboxMail.id)
    with in_app():
        return [(name.split()[0], text) for name, text in db.session.execute(rows)]


def links_in(text):
    return [word.removeprefix(HOST) for word in text.split() if word.startswith(f"{HOST}/a/")]


def test_a_place_that_came_free_is_kept_for_the_next_who_takes_it(client, in_app, waiting, gives_back, standing):
    gives_back(waiting(), "tobi")
    assert standing() == {"Leon": "kept", "Dafydd": "waits"}
    [(name, text)] = mailed(in_app, "booking-offered")
    assert name == "Leon" and "Wednesday 11 November 2026, 9:00 am" in text
    take, _let_go = links_in(text)
    assert "A place is kept for you." in client.get(take).text and standing()["Leon"] == "kept"
    for _time in range(2):
        client.post(take, data={"choice": "take"})
    assert standing() == {"Leon": "placed", "Dafydd": "waits"}
    assert [name for name, _text in mailed(in_app, "booking-moved-up")] == ["Leon"]


def test_what_is_let_go_is_kept_for_the_next_at_once(client, in_app, waiting, gives_back, standing):
    gives_back(waiting(), "tobi")
    _take, let_go = links_in(mailed(in_app, "booking-offered")[0][1])
    client.post(let_go, data={"choice": "go"})
    assert standing() == {"Dafydd": "kept"}


def test_without_an_answer_the_next_is_asked_and_she_goes_to_the_end(in_app, waiting, gives_back, standing, run_out):
    gives_back(waiting(), "tobi")
    assert run_out(NEXT_MORNING - timedelta(minutes=1)) == 0 and standing()["Leon"] == "kept"
    assert run_out(NEXT_MORNING) == 1
    assert standing() == {"Leon": "waits", "Dafydd": "kept"}
    assert [name for name, _text in mailed(in_app, "booking-offer-over")] == ["Leon"]
    assert [name for name, _text in mailed(in_app, "booking-offered")] == ["Leon", "Dafydd"]


def test_nobody_is_asked_round_and_round(in_app, waiting, gives_back, standing, run_out):
    """Both let it pass: the place is free, for either of them and for whoever comes first."""
    event_id = waiting()
    gives_back(event_id, "tobi")
    run_out(NEXT_MORNING)
    assert run_out(NEXT_MORNING + timedelta(days=1)) == 1 and run_out(NEXT_MORNING + timedelta(days=2)) == 0
    assert standing() == {"Leon": "waits", "Dafydd": "waits"}
    with in_app():
        event = db.session.get_one(Event, event_id)
        assert not places_of([event.sessions[0].id], None)[event.sessions[0].id].is_full(1)
        planned.booked(event, "mairead")
    assert standing()["Mairead"] == "placed"


def test_who_let_it_pass_can_take_what_is_still_free(as_, in_app, waiting, gives_back, standing, run_out):
    event_id = waiting()
    gives_back(event_id, "tobi")
    run_out(NEXT_MORNING)
    run_out(NEXT_MORNING + timedelta(days=1))
    leon = as_("leon")
    assert "I take the place" in leon.get(f"{ROOM}{event_id}").text
    with in_app():
        session_id = db.session.get_one(Event, event_id).sessions[0].id
    leon.post(f"{ROOM}{event_id}/booking/place", data={"sessions": session_id})
    assert standing() == {"Leon": "placed", "Dafydd": "waits"}


def test_a_kept_place_is_taken_in_every_count(as_, in_app, waiting, gives_back, standing):
    event_id = waiting()
    gives_back(event_id, "tobi")
    page = as_("ines").get(f"{ROOM}{event_id}").text
    assert "1 of 1 places taken, 1 of them kept until an answer comes, 1 waiting" in page
    with in_app():
        planned.booked(db.session.get_one(Event, event_id), "tobi")
    assert standing()["Tobi"] == "waits"


def test_an_offer_that_was_answered_late_is_still_hers_until_somebody_else_was_asked(
    client, in_app, waiting, gives_back, standing, run_out
):
    gives_back(waiting(), "tobi")
    take, _let_go = links_in(mailed(in_app, "booking-offered")[0][1])
    run_out(NEXT_MORNING)
    assert "The time to answer is over." in client.get(take).text
    assert client.post(take, data={"choice": "take"}).status_code == 422
    assert standing() == {"Leon": "waits", "Dafydd": "kept"}


def test_without_hours_the_next_has_it_at_once(in_app, waiting, gives_back, standing):
    gives_back(waiting(hours=None), "tobi")
    assert standing() == {"Leon": "placed", "Dafydd": "waits"}


def test_shortly_before_the_start_nobody_waits_for_an_answer(in_app, waiting, gives_back, standing):
    event_id = waiting()
    clock.freeze(planned.NEXT_THURSDAY - timedelta(hours=5))
    gives_back(event_id, "tobi")
    assert standing() == {"Leon": "placed", "Dafydd": "waits"}


LATER = datetime(2027, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "hours", "ends"),
    [
        (14, 4, datetime(2026, 11, 10, 18, tzinfo=UTC)),
        (14, 8, datetime(2026, 11, 11, 9, tzinfo=UTC)),
        (14, 14, datetime(2026, 11, 11, 9, tzinfo=UTC)),
        (14, 24, datetime(2026, 11, 11, 14, tzinfo=UTC)),
    ],
)
def test_an_offer_never_ends_at_night(hour, hours, ends):
    assert offer_ends(datetime(2026, 11, 10, hour, tzinfo=UTC), hours, LATER, "Europe/London") == ends


def test_an_offer_ends_in_the_morning_of_the_network_s_own_clocks():
    """In the night in which the clocks of Los Angeles go forward: at nine by their new time."""
    end = offer_ends(datetime(2027, 3, 14, 3, tzinfo=UTC), 8, LATER, "America/Los_Angeles")
    assert end == datetime(2027, 3, 14, 16, tzinfo=UTC) and clock.local(end, "America/Los_Angeles").hour == 9


def test_members_of_a_school_beyond_its_seats_wait_and_others_pass_them(in_app, standing):
    """Leon and Mairead are of one school, which has one seat."""
    with in_app():
        event = planned.event(capacity=3, seats_per_school=1)
        planned.booked(event, "leon", "mairead", "tobi", "dafydd")
    assert standing() == {"Leon": "placed", "Mairead": "waits", "Tobi": "placed", "Dafydd": "placed"}


def test_a_seat_of_the_school_lets_its_own_move_up(in_app, gives_back, standing):
    with in_app():
        event = planned.event(capacity=3, seats_per_school=1)
        planned.booked(event, "leon", "mairead")
    gives_back(event.id, "leon")
    assert standing() == {"Mairead": "placed"}


def test_a_free_place_goes_past_who_waits_for_her_school(in_app, gives_back, standing):
    with in_app():
        event = planned.event(capacity=2, seats_per_school=1)
        planned.booked(event, "leon", "tobi", "mairead", "dafydd")
    gives_back(event.id, "tobi")
    assert standing() == {"Leon": "placed", "Mairead": "waits", "Dafydd": "placed"}


def test_a_school_as_it_was_typed_is_one_school_however_it_is_spelt():
    assert school_key(None, "Ashgill  High") == school_key(None, " ashgill high") != school_key(7, "Ashgill High")
    assert school_key(None, " ") is None


def test_a_seat_more_for_each_school_moves_the_list_up(as_, in_app, standing):
    from tests.events.test_planning import as_it_stands

    with in_app():
        event = planned.event(capacity=3, seats_per_school=1)
        planned.booked(event, "leon", "mairead")
        event_id = event.id
    data = as_it_stands(in_app, event_id, seats_per_school="2")
    assert as_("ines").post(f"{ROOM}{event_id}/edit", data=data).status_code == 303
    assert standing() == {"Leon": "placed", "Mairead": "placed"}


def test_somebody_who_deletes_herself_leaves_her_place_to_the_next(in_app, waiting, standing):
    event_id = waiting(hours=None)
    with in_app():
        erase_person(cast.person_id("tobi"))
        assert db.session.get_one(Event, event_id)
    assert standing() == {"Leon": "placed", "Dafydd": "waits"}


def test_a_place_that_nobody_gave_is_found_within_the_hour(in_app, waiting, standing):
    event_id = waiting(hours=None)
    with in_app():
        tobi = select(Booking).where(Booking.person_id == cast.person_id("tobi"))
        db.session.execute(tobi).scalar_one().cancelled_at = clock.now()
        assert fill_forgotten_places() == 1 and fill_forgotten_places() == 0
        assert db.session.get_one(Event, event_id)
    assert standing() == {"Leon": "placed", "Dafydd": "waits"}


def test_a_stranger_s_link_takes_nothing(client, in_app, waiting, gives_back, standing):
    event_id = waiting()
    gives_back(event_id, "tobi")
    with in_app():
        session_id = db.session.get_one(Event, event_id).sessions[0].id
        link = act_link("offer", cast.person_id("kofi"), session_id).removeprefix(HOST)
    assert client.post(link, data={"choice": "take"}).status_code == 422
    assert standing()["Leon"] == "kept"


def test_each_answer_leaves_a_line(client, in_app, waiting, gives_back):
    from portal.history.models import HistoryLine

    gives_back(waiting(), "tobi")
    take, _let_go = links_in(mailed(in_app, "booking-offered")[0][1])
    client.post(take, data={"choice": "take"})
    with in_app():
        lines = select(func.count()).where(HistoryLine.action.in_(("booking-offered", "offer-taken")))
        assert db.session.execute(lines).scalar_one() == 2
