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


TOBI = {"name": "Tobi Larkhill", "address": "tobi@tarn-and-tide.example"}
STRANGER = {"name": "Karl Penrose", "address": "tobi@tarn-and-tide.example", "school": "Kestrel Lane Primary"}


def bookings_by_name():
    rows = select(Person.name, Booking.needs).join(Booking, Booking.person_id == Person.id)
    return sorted(map(tuple, db.session.execute(rows.where(Booking.cancelled_at.is_(None)))))


def links_in(text, start="/a/"):
    host = "http://127.0.0.1:8000"
    return [word.removeprefix(host) for word in text.split() if word.startswith(host + start)]


def test_a_stranger_with_somebody_s_address_books_for_herself_and_the_holder_is_told(client, in_app):
    event_id = made(in_app, "tobi")
    with in_app():
        db.session.execute(select(Booking)).scalar_one().needs = "Step-free"
        db.session.commit()
    answer = client.post(f"{PUBLIC}/{event_id}", data=STRANGER | {"needs": "No nuts", "agree_photo": "y"})
    assert answer.location.endswith("/booked")
    with in_app():
        assert bookings_by_name() == [("Karl Penrose", "No nuts"), ("Tobi Larkhill", "Step-free")]
        consent = db.session.execute(select(Consent)).scalar_one()
        assert consent.person_id != cast.person_id("tobi")
        columns = select(OutboxMail.to_address, OutboxMail.text)
        mail = db.session.execute(columns.where(OutboxMail.kind == "booking-for-another")).one()
    assert mail.to_address == STRANGER["address"] and "Karl Penrose" in mail.text and "Larkhill" not in mail.text
    [link] = links_in(mail.text, "/e/")
    client.post(link)
    with in_app():
        assert bookings_by_name() == [("Tobi Larkhill", "Step-free")]


def test_two_who_share_a_mailbox_stay_two_and_both_get_their_mails(client, in_app):
    event_id, later = made(in_app, "tobi"), made(in_app, title="Build a foot")
    for one in (event_id, later):
        client.post(f"{PUBLIC}/{one}", data=STRANGER)
    with in_app():
        assert len(db.session.execute(select(Person).where(Person.name == "Karl Penrose")).all()) == 1
        from portal.events.operations_calling_off import call_off

        assert call_off(db.session.get_one(Event, event_id), "Snow.", cast.person_id("ines")) == 2
        rows = select(OutboxMail.to_name, OutboxMail.to_address).where(OutboxMail.kind == "event-called-off")
        told = sorted(map(tuple, db.session.execute(rows)))
    assert told == [("Karl Penrose", STRANGER["address"]), ("Tobi Larkhill", STRANGER["address"])]


@pytest.mark.parametrize("name", ["Tobi Larkhill", "T. Larkhill", "Tobi", "Dr. Tobi Larkhill"])
def test_her_own_name_however_it_is_written_is_hers(client, in_app, name):
    event_id = made(in_app)
    client.post(f"{PUBLIC}/{event_id}", data=TOBI | {"name": name})
    with in_app():
        assert bookings_by_name() == [("Tobi Larkhill", "")]


@pytest.mark.parametrize("name", ["Anna Larkhill", "Larkhill", "Tobias Ashgill", "王"])
def test_a_family_name_alone_is_not_enough(client, in_app, name):
    event_id = made(in_app)
    client.post(f"{PUBLIC}/{event_id}", data=TOBI | {"name": name})
    with in_app():
        assert [found for found, _needs in bookings_by_name()] == [name]


def test_what_somebody_had_asked_for_is_not_changed_without_proof(client, in_app):
    event_id = made(in_app, "tobi")
    with in_app():
        db.session.execute(select(Booking)).scalar_one().needs = "Step-free"
        db.session.commit()
    client.post(f"{PUBLIC}/{event_id}", data=TOBI | {"needs": "Nothing at all", "agree_contact": "y"})
    with in_app():
        assert bookings_by_name() == [("Tobi Larkhill", "Step-free")]
        assert db.session.execute(select(Consent)).first() is None
        text = mail_to(TOBI["address"])[-1]
    assert "what you asked us to know stays as it was" in text and "Nothing at all" not in text
    agree = next(link for link in links_in(text) if "/a/agree" in link)
    assert "My networks may write to me" in client.get(agree).text
    with in_app():
        assert db.session.execute(select(Consent)).first() is None
    for _time in range(2):
        client.post(agree, data={"choice": "yes"})
    with in_app():
        consent = db.session.execute(select(Consent)).scalar_one()
        assert (consent.person_id, consent.kind) == (cast.person_id("tobi"), "contact")
    client.post(agree, data={"choice": "back"})
    with in_app():
        assert db.session.execute(select(Consent.withdrawn_at)).scalar_one()


def test_each_agreement_is_a_tick_of_its_own_and_none_is_set_beforehand(client, in_app):
    event_id = made(in_app)
    page = client.get(f"{PUBLIC}/{event_id}").text
    assert 'name="agree_contact"' in page and 'name="agree_photo"' in page
    assert "checked" not in page.split('name="agree_contact"')[1].split("</form>")[0]
    client.post(f"{PUBLIC}/{event_id}", data=NOOR | {"agree_photo": "y"})
    with in_app():
        wording = db.session.execute(select(Consent.kind, Consent.wording)).one()
        assert wording.kind == "photo" and "Pictures from meetings" in wording.wording


def test_a_guest_says_what_she_teaches_and_that_she_wants_credit(client, in_app):
    event_id = made(in_app)
    answer = client.post(f"{PUBLIC}/{event_id}", data=NOOR | {"subject": "physics", "wants_credit": "y"})
    assert answer.status_code == 303
    with in_app():
        assert db.session.execute(select(Booking.subject, Booking.wants_credit)).one() == ("physics", True)
    assert client.post(f"{PUBLIC}/{event_id}", data=NOOR | {"subject": "alchemy"}).status_code == 422


def test_a_critical_friend_takes_no_place(client, in_app):
    event_id = made(in_app, "tobi", capacity=1)
    client.post(f"{PUBLIC}/{event_id}", data=NOOR | {"comes_as": "observer"})
    with in_app():
        noor = select(Booking.kind, Booking.waiting_since).where(Booking.kind != "member")
        assert db.session.execute(noor).one() == ("observer", None)


def test_who_waits_is_told_her_place_in_line(client, in_app):
    event_id = made(in_app, "tobi", "leon", capacity=1)
    client.post(f"{PUBLIC}/{event_id}", data=NOOR)
    with in_app():
        text = mail_to(NOOR["address"])[0]
    assert "You are number 2 in line." in text and "BEGIN" not in text
    assert "You are on the waiting list, number 2" in client.get(links_in(text, "/e/")[0]).text


def test_each_date_of_a_series_is_passed_on_by_itself(client, in_app):
    event_id = made(in_app, sessions=3)
    with in_app():
        ids = [one.id for one in db.session.get(Event, event_id).sessions]
    client.post(f"{PUBLIC}/{event_id}", data=NOOR | {"sessions": ids})
    with in_app():
        text = mail_to(NOOR["address"])[0]
    assert "/a/passon" not in text and "pass each date to a colleague" in text
    assert client.get(links_in(text, "/e/")[0]).text.count("/a/passon") == 3


def test_a_series_booked_as_a_whole_is_passed_on_as_a_whole(client, in_app):
    event_id = made(in_app, sessions=3, books_whole=True)
    client.post(f"{PUBLIC}/{event_id}", data=NOOR)
    with in_app():
        text = mail_to(NOOR["address"])[0]
    assert len(links_in(text, "/a/passon")) == 1
    assert client.get(links_in(text, "/e/")[0]).text.count("/a/passon") == 1


def test_by_her_link_she_changes_what_we_should_know_and_passes_it_on(client, in_app):
    event_id = made(in_app)
    client.post(f"{PUBLIC}/{event_id}", data=NOOR | {"needs": "No nuts"})
    with in_app():
        link = links_in(mail_to(NOOR["address"])[0], "/e/")[0]
    page = client.get(link).text
    assert "No nuts" in page and "/a/passon" in page
    answer = client.post(f"{link}/words", data={"needs": "Step-free", "subject": "biology"})
    assert answer.status_code == 303
    with in_app():
        assert db.session.execute(select(Booking.needs, Booking.subject)).one() == ("Step-free", "biology")
    too_long = client.post(f"{link}/words", data={"needs": "x" * 1001, "subject": ""})
    assert too_long.status_code == 422 and "At most 1,000 characters." in too_long.text


def test_by_her_link_she_takes_what_is_kept(client, in_app):
    with in_app():
        one = planned.event(capacity=1, confirm_hours=12)
        planned.booked(one, "tobi", "leon")
        event_id = one.id
        token = booking_token(event_id, cast.person_id("leon"))
        session_id = one.sessions[0].id
    tobi = booking_token_of(in_app, event_id, "tobi")
    client.post(f"/e/{tobi}")
    assert "A place is kept for you until" in client.get(f"/e/{token}").text
    client.post(f"/e/{token}/place", data={"sessions": session_id})
    assert "You have a place" in client.get(f"/e/{token}").text


def booking_token_of(in_app, event_id, key):
    with in_app():
        return booking_token(event_id, cast.person_id(key))


def test_the_address_of_another_is_forgotten_with_the_needs(client, in_app):
    event_id = made(in_app)
    client.post(f"{PUBLIC}/{event_id}", data=STRANGER)
    with in_app():
        assert db.session.execute(select(Booking.reach_by)).scalar_one() == STRANGER["address"]
        clock.freeze(planned.NEXT_THURSDAY + timedelta(days=31))
        forget_needs()
        assert db.session.execute(select(Booking.reach_by)).scalar_one() == ""


def test_a_holder_who_deletes_herself_is_not_kept_as_somebody_else_s_address(client, in_app):
    from portal.people.operations_leaving import erase_person

    event_id = made(in_app)
    client.post(f"{PUBLIC}/{event_id}", data=STRANGER)
    with in_app():
        erase_person(cast.person_id("tobi"))
        assert db.session.execute(select(Booking.reach_by)).scalar_one() == ""
