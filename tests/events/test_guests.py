"""Booking without an account: the public page, the mail's link, and nothing given away."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.db import db
from portal.events.models import Booking, Event
from portal.events.operations_guests import forget_needs
from portal.events.signed import booking_token
from portal.mail.models import OutboxMail
from portal.people.models import Affiliation, Consent, EmailAddress, Person
from portal.web import clock
from tests import cast
from tests.events import planned

PUBLIC = "/p/tarn-and-tide/events"
NOOR = {"name": "Noor Halloway", "address": "noor@pellan-bay.example", "school": "Kestrel Lane Primary"}


def made(in_app, *people, **more):
    with in_app():
        one = planned.event(**more)
        if people:
            planned.booked(one, *people)
        return one.id


def mail_to(address):
    return db.session.execute(select(OutboxMail.text).where(OutboxMail.to_address == address)).scalars().all()


def test_open_events_are_listed_without_signing_in(client, in_app):
    made(in_app)
    made(in_app, title="For members", is_public=False)
    made(in_app, title="In pencil", publish=False)
    html = client.get(PUBLIC).get_data(as_text=True)
    assert "Build a hand" in html and "For members" not in html and "In pencil" not in html


def test_the_public_page_holds_no_link_and_no_names(client, in_app):
    event_id = made(in_app, "tobi")
    html = client.get(f"{PUBLIC}/{event_id}").get_data(as_text=True)
    assert "23 places left" in html
    assert planned.LINK not in html and "Tobi" not in html


@pytest.mark.parametrize("more", [{"is_public": False}, {"publish": False}])
def test_what_is_not_open_is_not_there(client, in_app, more):
    event_id = made(in_app, **more)
    assert client.get(f"{PUBLIC}/{event_id}").status_code == 404
    assert client.post(f"{PUBLIC}/{event_id}", data=NOOR).status_code == 404


def test_a_closed_room_has_no_public_page(client, in_app):
    event_id = made(in_app)
    with in_app():
        from portal.networks.models import Network

        db.session.get(Network, cast.network_id()).rooms = ["resources"]
        db.session.commit()
    assert client.get(PUBLIC).status_code == 404
    assert client.get(f"{PUBLIC}/{event_id}").status_code == 404
    with in_app():
        token = booking_token(event_id, cast.person_id("tobi"))
    assert client.get(f"/e/{token}").status_code == 404


def test_a_guest_books_and_becomes_a_person_but_not_an_account(client, in_app):
    event_id = made(in_app)
    answer = client.post(f"{PUBLIC}/{event_id}", data=NOOR | {"needs": "No nuts", "agree_contact": "y"})
    assert answer.location.endswith("/booked")
    with in_app():
        noor = db.session.execute(select(Person).where(Person.name == "Noor Halloway")).scalar_one()
        booking = db.session.execute(select(Booking)).scalar_one()
        assert noor.admitted_at is None and booking.person_id == noor.id
        assert (booking.kind, booking.needs) == ("guest", "No nuts")
        assert db.session.execute(select(Affiliation).where(Affiliation.person_id == noor.id)).first()
        assert db.session.execute(select(Consent.kind)).scalar_one() == "contact"
        assert "/e/" in mail_to(NOOR["address"])[0]


def test_a_known_and_an_unknown_address_get_the_same_answer(app, in_app):
    event_id = made(in_app)
    known = NOOR | {"address": "tobi@tarn-and-tide.example", "name": "Somebody Else"}
    first, second = (app.test_client().post(f"{PUBLIC}/{event_id}", data=data) for data in (NOOR, known))
    assert (first.status_code, first.location) == (second.status_code, second.location)
    again = app.test_client().post(f"{PUBLIC}/{event_id}", data=NOOR)
    assert again.location == first.location
    with in_app():
        kinds = db.session.execute(select(Person.name, Booking.kind).join(Booking, Booking.person_id == Person.id))
        assert sorted(map(tuple, kinds)) == [("Noor Halloway", "guest"), ("Somebody Else", "guest")]


def test_a_school_that_nobody_knows_is_kept_as_typed(client, in_app):
    event_id = made(in_app)
    client.post(f"{PUBLIC}/{event_id}", data=NOOR | {"school": "École Ste-Œuf, Łódź"})
    with in_app():
        assert db.session.execute(select(Booking.organisation_typed)).scalar_one() == "École Ste-Œuf, Łódź"


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("address", "nonsense"), ("address", ""), ("name", "x" * 201), ("needs", "x" * 1001)],
)
def test_nonsense_is_refused_and_what_was_typed_is_kept(client, in_app, field, value):
    event_id = made(in_app)
    answer = client.post(f"{PUBLIC}/{event_id}", data=NOOR | {field: value})
    assert answer.status_code == 422 and "Kestrel Lane Primary" in answer.get_data(as_text=True)
    with in_app():
        assert db.session.execute(select(Booking)).first() is None


def test_a_line_break_in_a_name_adds_no_header(client, in_app):
    event_id = made(in_app)
    client.post(f"{PUBLIC}/{event_id}", data=NOOR | {"name": "Noor\r\nBcc: all@example.org"})
    with in_app():
        assert not [name for name in db.session.execute(select(OutboxMail.to_name)).scalars() if "\n" in name]


def test_bookings_for_one_address_are_limited(app, in_app):
    event_id = made(in_app)
    answers = [app.test_client().post(f"{PUBLIC}/{event_id}", data=NOOR).status_code for _time in range(7)]
    assert answers == [303] * 6 + [422]


def test_the_mailed_link_shows_on_get_and_acts_on_post(app, in_app):
    event_id = made(in_app, "leon", "tobi", capacity=1)
    with in_app():
        token = booking_token(event_id, cast.person_id("leon"))
    reader = app.test_client()
    html = reader.get(f"/e/{token}").get_data(as_text=True)
    assert "You have a place" in html and planned.LINK in html
    with in_app():
        assert db.session.execute(select(Booking).where(Booking.cancelled_at.is_not(None))).first() is None
    assert reader.post(f"/e/{token}").status_code == 303
    assert "no place here any more" in reader.get(f"/e/{token}").get_data(as_text=True)
    with in_app():
        tobi = select(Booking).where(Booking.person_id == cast.person_id("tobi"))
        assert db.session.execute(tobi).scalar_one().waiting_since is None


def test_a_changed_link_opens_nothing(client, in_app):
    event_id = made(in_app, "tobi")
    with in_app():
        token = booking_token(event_id, cast.person_id("tobi"))
    for wrong in (token[:-1], token + "x", "nonsense", "1.2"):
        assert client.get(f"/e/{wrong}").status_code == 404
        assert client.post(f"/e/{wrong}").status_code == 404


def test_a_link_still_works_after_two_records_were_made_one(client, in_app):
    event_id = made(in_app, "tobi")
    with in_app():
        gone, kept = cast.person_id("leon"), cast.person_id("tobi")
        token = booking_token(event_id, gone)
        db.session.get(Person, gone).merged_into = kept
        db.session.commit()
    assert "You have a place" in client.get(f"/e/{token}").get_data(as_text=True)


def test_what_people_asked_us_to_know_is_forgotten_after_thirty_days(client, in_app):
    event_id = made(in_app)
    client.post(f"{PUBLIC}/{event_id}", data=NOOR | {"needs": "No nuts"})
    with in_app():
        clock.freeze(planned.NEXT_THURSDAY + timedelta(days=29))
        assert forget_needs() == 0
        clock.freeze(planned.NEXT_THURSDAY + timedelta(days=31))
        assert forget_needs() == 1
        assert db.session.execute(select(Booking.needs)).scalar_one() == ""


def test_addresses_are_folded_before_they_are_compared(client, in_app):
    event_id = made(in_app)
    client.post(f"{PUBLIC}/{event_id}", data=NOOR)
    client.post(f"{PUBLIC}/{event_id}", data=NOOR | {"address": "NOOR@Pellan-Bay.example"})
    with in_app():
        found = db.session.execute(select(EmailAddress).where(EmailAddress.folded == NOOR["address"])).all()
        assert len(found) == 1 and db.session.get(Event, event_id)
