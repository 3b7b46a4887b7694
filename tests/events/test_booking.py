"""Booking: one press, a waiting list that moves up by itself, and the last place given once."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from sqlalchemy import func, select

from portal.db import db
from portal.events.letters import tell_called_off
from portal.events.models import Booking, Event
from portal.events.operations_booking import give_back
from portal.events.queries import next_session_of
from portal.mail.letters import letter
from portal.mail.models import OutboxMail
from portal.people.models import Person
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast
from tests.events import planned

ROOM = "/n/tarn-and-tide/events/"


def made(in_app, *people, **more):
    with in_app():
        one = planned.event(**more)
        if people:
            planned.booked(one, *people)
        return one.id


def standing(event_id):
    """Who has a place and who waits, in order."""
    rows = db.session.execute(
        select(Person.name, Booking.waiting_since)
        .join(Booking, Booking.person_id == Person.id)
        .where(Booking.cancelled_at.is_(None))
        .order_by(Booking.id)
    )
    return [(name.split()[0], "waits" if waiting else "placed") for name, waiting in rows]


def mails(kind):
    rows = db.session.execute(select(OutboxMail.to_name, OutboxMail.text).where(OutboxMail.kind == kind))
    return list(rows)


def test_a_member_books_with_one_press_and_gets_a_mail(as_, in_app):
    event_id = made(in_app)
    tobi = as_("tobi")
    answer = tobi.post(f"{ROOM}{event_id}/booking", data={"needs": "Step-free, please"})
    assert answer.status_code == 303
    assert "You’re coming" in tobi.get(f"{ROOM}{event_id}").get_data(as_text=True)
    with in_app():
        booking = db.session.execute(select(Booking)).scalar_one()
        assert (booking.kind, booking.needs) == ("member", "Step-free, please")
        [(name, text)] = mails("booking")
        assert name == "Tobi Larkhill" and "5:00 to 6:30 pm" in text and "/e/" in text
        assert "Step-free" not in text


def test_booking_twice_changes_nothing(as_, in_app):
    event_id = made(in_app, "tobi")
    as_("tobi").post(f"{ROOM}{event_id}/booking", data={"sessions": "1"})
    with in_app():
        assert len(standing(event_id)) == 1


def test_an_observer_books_as_one_and_takes_no_place(as_, in_app):
    event_id = made(in_app, "tobi", capacity=1)
    as_("petra").post(f"{ROOM}{event_id}/booking")
    with in_app():
        assert standing(event_id) == [("Tobi", "placed"), ("Petra", "placed")]
        assert set(db.session.execute(select(Booking.kind)).scalars()) == {"member", "observer"}


def test_a_series_is_booked_as_a_whole_or_by_date(as_, in_app):
    event_id = made(in_app, sessions=3)
    with in_app():
        ids = [session.id for session in db.session.get(Event, event_id).sessions]
    as_("tobi").post(f"{ROOM}{event_id}/booking", data={"sessions": [ids[0], ids[2]]})
    as_("leon").post(f"{ROOM}{event_id}/booking", data={"sessions": ids})
    assert as_("dafydd").post(f"{ROOM}{event_id}/booking", data={}).status_code == 422
    with in_app():
        assert db.session.execute(select(func.count()).select_from(Booking)).scalar_one() == 5
        assert len(mails("booking")) == 2


def test_who_waits_moves_up_in_order_and_is_told(as_, in_app):
    event_id = made(in_app, "tobi", "leon", "dafydd", capacity=1)
    as_("tobi").post(f"{ROOM}{event_id}/booking/back")
    with in_app():
        assert standing(event_id) == [("Leon", "placed"), ("Dafydd", "waits")]
        assert [name for name, _text in mails("booking-moved-up")] == ["Leon Farrowby"]


def test_nobody_overtakes_who_waits(in_app):
    with in_app():
        one = planned.event(capacity=1)
        planned.booked(one, "tobi", "leon")
        one.sessions[0].capacity = 2
        planned.booked(one, "dafydd")
        assert standing(one.id)[-1] == ("Dafydd", "waits")


def test_more_places_move_the_list_up(as_, in_app):
    event_id = made(in_app, "tobi", "leon", "dafydd", capacity=1)
    from tests.events.test_planning import as_it_stands

    data = as_it_stands(in_app, event_id, **{"sessions-0-capacity": "2"})
    assert as_("ines").post(f"{ROOM}{event_id}/edit", data=data).status_code == 303
    with in_app():
        assert standing(event_id) == [("Tobi", "placed"), ("Leon", "placed"), ("Dafydd", "waits")]


@pytest.mark.parametrize("state", ["draft", "called off", "begun"])
def test_what_cannot_be_booked_says_so(in_app, state):
    with in_app():
        one = planned.event(publish=state != "draft")
        if state == "called off":
            one.cancelled_at = clock.now()
        clock.freeze(planned.NEXT_THURSDAY + timedelta(minutes=1) if state == "begun" else cast.NOW)
        with pytest.raises(DomainError):
            planned.booked(one, "tobi")


def test_a_place_is_not_given_back_once_it_has_begun(in_app):
    with in_app():
        one = planned.event()
        planned.booked(one, "tobi")
        clock.freeze(planned.NEXT_THURSDAY + timedelta(minutes=1))
        with pytest.raises(DomainError):
            give_back(one, [one.sessions[0].id], cast.person_id("tobi"))


def test_my_next_session_has_its_link_only_with_a_place(in_app):
    with in_app():
        one = planned.event(capacity=1)
        planned.booked(one, "tobi", "leon")
        network = cast.network_id()
        tobi, leon = (next_session_of(cast.person_id(key), network) for key in ("tobi", "leon"))
        assert (tobi.line.title, tobi.is_waiting, tobi.joining_link) == ("Build a hand", False, planned.LINK)
        assert (leon.is_waiting, leon.joining_link) == (True, "")
        assert next_session_of(cast.person_id("dafydd"), network) is None


def test_the_mail_carries_the_date_for_a_calendar(as_, in_app):
    event_id = made(in_app)
    as_("tobi").post(f"{ROOM}{event_id}/booking")
    with in_app():
        mail = db.session.execute(select(OutboxMail).where(OutboxMail.kind == "booking")).scalar_one()
        sent = message_from_bytes(letter(mail, "a@b.example", "S").as_bytes(), policy=default)
    [calendar] = [part for part in sent.walk() if part.get_content_type() == "text/calendar"]
    assert "BEGIN:VEVENT" in calendar.get_content() and "Build a hand" in calendar.get_content()


def test_who_waits_gets_nothing_for_her_calendar_yet(as_, in_app):
    event_id = made(in_app, "leon", capacity=1)
    as_("tobi").post(f"{ROOM}{event_id}/booking")
    with in_app():
        tobi = OutboxMail.person_id == cast.person_id("tobi")
        assert db.session.execute(select(OutboxMail.calendar).where(tobi)).scalar_one() is None


def test_a_mail_is_in_its_reader_s_own_language_not_in_that_of_who_caused_it(in_app):
    event_id = made(in_app, "tobi", "leon")
    with in_app():
        db.session.get_one(Person, cast.person_id("tobi")).locale = "en_US"
        event = db.session.get_one(Event, event_id)
        tell_called_off(event, event.sessions)
        texts = dict(mails("event-called-off"))
    assert "Thursday, November 19, 2026" in texts["Tobi Larkhill"]
    assert "Thursday 19 November 2026" in texts["Leon Farrowby"]
