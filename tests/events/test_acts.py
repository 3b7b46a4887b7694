"""From a mail, without signing in: coming or not, passing a place on, taking it, having been there."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.db import db
from portal.events.models import Booking
from portal.mail.models import OutboxMail
from portal.people.models import Person
from portal.web import clock
from portal.web.links import act_link
from tests import cast
from tests.events import planned

HOST = "http://127.0.0.1:8000"


@pytest.fixture
def session_of(in_app):
    """A session, with its places and whoever booked one."""

    def make(*people, **more):
        with in_app():
            event = planned.event(**more)
            if people:
                planned.booked(event, *people)
            return event.sessions[0].id

    return make


@pytest.fixture
def link_of(in_app):
    def make(act, key, thing, **more):
        with in_app():
            return act_link(act, cast.person_id(key), thing, **more).removeprefix(HOST)

    return make


@pytest.fixture
def standing(in_app):
    """Who holds a place and who waits."""

    def now():
        rows = select(Person.name, Booking.waiting_since).join(Booking, Booking.person_id == Person.id)
        with in_app():
            found = db.session.execute(rows.where(Booking.cancelled_at.is_(None)).order_by(Booking.id)).all()
        return [(name.split()[0], "waits" if waiting else "placed") for name, waiting in found]

    return now


def mailed(in_app, kind):
    with in_app():
        rows = select(OutboxMail.to_address, OutboxMail.text).where(OutboxMail.kind == kind).order_by(OutboxMail.id)
        return db.session.execute(rows).all()


def links_in(text):
    return [word.removeprefix(HOST) for word in text.split() if word.startswith(f"{HOST}/a/")]


def test_one_press_books_and_one_gives_it_back(client, session_of, link_of, standing):
    path = link_of("coming", "tobi", session_of())
    assert client.get(path).status_code == 200 and standing() == []
    client.post(path, data={"choice": "yes"})
    assert standing() == [("Tobi", "placed")]
    assert "You have a place." in client.get(path).text
    client.post(path, data={"choice": "no"})
    assert standing() == [] and "You said that you can’t come." in client.get(path).text


def test_no_without_a_place_is_an_answer_too(client, session_of, link_of, standing):
    path = link_of("coming", "tobi", session_of())
    client.post(path, data={"choice": "no"})
    client.post(path, data={"choice": "no"})
    assert standing() == [] and "You said that you can’t come." in client.get(path).text


def test_the_full_room_has_a_waiting_list(client, session_of, link_of, standing):
    path = link_of("coming", "tobi", session_of("leon", capacity=1))
    assert "Put me on the waiting list" in client.get(path).text
    client.post(path, data={"choice": "yes"})
    assert standing() == [("Leon", "placed"), ("Tobi", "waits")]


def test_an_observer_books_as_an_observer(client, session_of, link_of, in_app):
    client.post(link_of("coming", "petra", session_of()), data={"choice": "yes"})
    with in_app():
        assert db.session.execute(select(Booking.kind)).scalar_one() == "observer"


def test_what_is_over_can_only_be_looked_at(client, session_of, link_of, standing):
    path = link_of("coming", "tobi", session_of(), days=90)
    clock.freeze(cast.NOW + timedelta(days=60))
    assert "This has begun or is over." in client.get(path).text
    assert client.post(path, data={"choice": "yes"}).status_code == 422 and standing() == []


def test_a_stranger_s_link_to_a_closed_event_opens_nothing(client, session_of, link_of):
    path = link_of("coming", "kofi", session_of(is_public=False))
    assert client.get(path).status_code == 410
    assert client.post(path, data={"choice": "yes"}).status_code == 410


def test_a_place_goes_to_a_colleague_only_when_she_takes_it(client, session_of, link_of, standing, in_app):
    session = session_of("tobi", "leon", capacity=1)
    colleague = {"choice": "ask", "name": "Nell Arkwright", "address": "nell@school.example"}
    assert client.post(link_of("passon", "tobi", session), data=colleague).status_code == 303
    assert standing() == [("Tobi", "placed"), ("Leon", "waits")]
    [(address, text)] = mailed(in_app, "event-passed-on")
    assert address == "nell@school.example" and "Tobi Larkhill has a place" in text
    client.post(links_in(text)[0], data={"choice": "take"})
    assert standing() == [("Leon", "waits"), ("Nell", "placed")]
    assert [to for to, _text in mailed(in_app, "event-passed")] == ["tobi@tarn-and-tide.example"]


def test_a_bad_address_is_said_beside_the_field_and_the_name_stays(client, session_of, link_of):
    answer = client.post(link_of("passon", "tobi", session_of("tobi")), data={"name": "Nell", "address": "nell@"})
    assert answer.status_code == 422 and "This is no whole address." in answer.text and 'value="Nell"' in answer.text


def test_a_member_who_takes_a_place_comes_as_a_member(client, session_of, link_of, in_app):
    session = session_of("tobi")
    leon = {"choice": "ask", "name": "Leon", "address": "leon@tarn-and-tide.example"}
    client.post(link_of("passon", "tobi", session), data=leon)
    [(_address, text)] = mailed(in_app, "event-passed-on")
    client.post(links_in(text)[0], data={"choice": "take"})
    with in_app():
        kind = select(Booking.kind).where(Booking.person_id == cast.person_id("leon"))
        assert db.session.execute(kind).scalar_one() == "member"
