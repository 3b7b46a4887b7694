"""A series that is booked as a whole: one act for all dates ahead, and one to give them back."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.db import db
from portal.events.models import Booking, Event
from portal.events.operations_booking import book, give_back
from portal.mail.models import OutboxMail
from portal.web import clock
from portal.web.errors import DomainError
from portal.web.links import act_link
from tests import cast
from tests.events import planned
from tests.events.test_planning import as_it_stands

ROOM = "/n/tarn-and-tide/events/"


@pytest.fixture
def series(in_app):
    """Three weekly dates in one booking."""

    def make(*people, **more):
        with in_app():
            event = planned.event(sessions=3, books_whole=True, **more)
            if people:
                planned.booked(event, *people)
            return event.id

    return make


def open_bookings(**where):
    query = select(func.count()).select_from(Booking).where(Booking.cancelled_at.is_(None)).filter_by(**where)
    return db.session.execute(query).scalar_one()


def test_one_press_books_every_date_and_one_mail_names_them(as_, in_app, series):
    event_id = series()
    tobi = as_("tobi")
    assert "One booking is for all 3 dates ahead." in tobi.get(f"{ROOM}{event_id}").text
    tobi.post(f"{ROOM}{event_id}/booking")
    with in_app():
        assert open_bookings() == 3
        [mail] = db.session.execute(select(OutboxMail.text).where(OutboxMail.kind == "booking")).scalars()
        assert all(day in mail for day in ("19 November", "26 November", "3 December"))


def test_one_press_gives_every_date_back(as_, in_app, series):
    event_id = series("tobi")
    with in_app():
        session_id = db.session.get_one(Event, event_id).sessions[0].id
    as_("tobi").post(f"{ROOM}{event_id}/booking/back", data={"sessions": session_id})
    with in_app():
        assert open_bookings() == 0


def test_what_has_taken_place_stays_booked(in_app, series):
    event_id = series("tobi")
    with in_app():
        event = db.session.get_one(Event, event_id)
        clock.freeze(planned.NEXT_THURSDAY + timedelta(days=1))
        assert give_back(event, [one.id for one in event.sessions], cast.person_id("tobi")) == 2
        assert open_bookings(session_id=event.sessions[0].id) == 1


def test_a_latecomer_books_what_is_still_ahead(in_app, series):
    event_id = series()
    with in_app():
        event = db.session.get_one(Event, event_id)
        clock.freeze(planned.NEXT_THURSDAY + timedelta(days=1))
        assert len(book(event, [event.sessions[2].id], cast.person_id("tobi"))) == 2


def test_nobody_gets_half_a_series(in_app, series):
    event_id = series("tobi", capacity=1)
    with in_app():
        event = db.session.get_one(Event, event_id)
        event.sessions[1].capacity = 5
        bookings = book(event, [event.sessions[1].id], cast.person_id("leon"))
        assert [bool(one.waiting_since) for one in bookings] == [True] * 3
        give_back(event, [event.sessions[0].id], cast.person_id("tobi"))
        assert [bool(one.waiting_since) for one in bookings] == [False] * 3
        mails = select(func.count()).where(OutboxMail.kind == "booking-moved-up")
        assert db.session.execute(mails).scalar_one() == 1


def test_an_answer_from_a_mail_is_for_the_whole_series(client, in_app, series):
    series()
    with in_app():
        session_id = db.session.execute(select(Event)).scalar_one().sessions[1].id
        link = act_link("coming", cast.person_id("tobi"), session_id).removeprefix("http://127.0.0.1:8000")
    assert "26 November" in client.get(link).text and "3 December" in client.get(link).text
    client.post(link, data={"choice": "yes"})
    with in_app():
        assert open_bookings() == 3
    assert "give back all these dates" in client.get(link).text
    client.post(link, data={"choice": "no"})
    with in_app():
        assert open_bookings() == 0


def test_a_date_more_is_booked_for_everybody_and_told(as_, in_app, series):
    event_id = series("tobi", "leon", capacity=1)
    more = {
        "books_whole": "y", "sessions-3-day": "2026-12-10", "sessions-3-starts": "17:00", "sessions-3-ends": "18:30",
        "sessions-3-mode": "online",
    }  # fmt: skip
    assert as_("ines").post(f"{ROOM}{event_id}/edit", data=as_it_stands(in_app, event_id, **more)).status_code == 303
    with in_app():
        fourth = db.session.get_one(Event, event_id).sessions[-1]
        rows = select(Booking.waiting_since).where(Booking.session_id == fourth.id).order_by(Booking.id)
        assert [bool(one) for one in db.session.execute(rows).scalars()] == [False, True]
        changed = select(OutboxMail.text).where(OutboxMail.kind == "event-changed")
        assert all("10 December" in text for text in db.session.execute(changed).scalars())


def test_a_series_that_is_over_cannot_be_booked(in_app, series):
    event_id = series()
    clock.freeze(planned.NEXT_THURSDAY + timedelta(days=60))
    with in_app(), pytest.raises(DomainError):
        planned.booked(db.session.get_one(Event, event_id), "tobi")


def test_an_invitation_by_letter_has_one_button_for_the_whole_series(in_app, series):
    from portal.letters.about import buttons, thing_of
    from portal.letters.models import Letter
    from portal.networks.scope import scope_of

    event_id = series()
    with in_app():
        here = scope_of("tarn-and-tide", cast.person_id("ines"))
        letter = Letter(network_id=here.network.id, about_kind="event", about_id=event_id)
        offered = buttons(thing_of(letter, here.network), cast.person_id("tobi"))
    assert [label for _address, label in offered] == ["I’m coming", "I can’t come"]
