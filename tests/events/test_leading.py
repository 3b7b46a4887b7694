"""Who leads a session: in the ledger before it takes place, without minutes, and on the page."""

import pytest
from sqlalchemy import select

from portal.activities.models import Participation
from portal.activities.operations import Mark, record_attendance
from portal.db import db
from portal.events.models import Event
from portal.people.models import EmailAddress, Person
from tests import cast
from tests.events import planned

ROOM = "/n/tarn-and-tide/events/"


@pytest.fixture
def place(in_app):
    with in_app():
        event = planned.event(sessions=2)
        return event.id, event.sessions[0].id


def door(place):
    return f"{ROOM}{place[0]}/sessions/{place[1]}/leaders"


def ledger(in_app):
    columns = (Person.name, Participation.capacity, Participation.minutes)
    with in_app():
        rows = select(*columns).join(Participation, Participation.person_id == Person.id)
        return [tuple(row) for row in db.session.execute(rows.order_by(Participation.id))]


def test_a_member_is_chosen_and_stands_on_the_page(as_, in_app, place):
    with in_app():
        dafydd = cast.person_id("dafydd")
    ines = as_("ines")
    for _time in range(2):
        assert ines.post(door(place), data={"person": dafydd, "capacity": "presenter"}).status_code == 303
    assert ledger(in_app) == [("Dafydd Okonjo-Reeve", "presenter", None)]
    assert "Led by Dafydd Okonjo-Reeve" in as_("tobi").get(f"{ROOM}{place[0]}").text
    assert "Led by Dafydd Okonjo-Reeve" in as_("ravi").get(f"/p/tarn-and-tide/events/{place[0]}").text


def test_somebody_else_is_named_with_her_address_and_becomes_a_person(as_, in_app, place):
    data = {"person": "0", "name": "Orla Penhaligon", "address": "orla@works.example", "capacity": "facilitator"}
    assert as_("ines").post(door(place), data=data).status_code == 303
    with in_app():
        orla = db.session.execute(select(Person).where(Person.name == "Orla Penhaligon")).scalar_one()
        assert orla.admitted_at is None and orla.addresses[0].address == "orla@works.example"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"person": "0"}, "Choose a member, or type a name and an address."),
        ({"person": "0", "name": "Orla"}, "Type the address that belongs to the name."),
        ({"person": "0", "name": "Orla", "address": "orla@"}, "An address looks like"),
        (
            {"person": "0", "name": "Orla Penhaligon", "address": "leon@tarn-and-tide.example"},
            "This address belongs to somebody of another name here.",
        ),
    ],
)
def test_half_a_person_is_refused_and_kept(as_, in_app, place, data, sentence):
    answer = as_("ines").post(door(place), data=data | {"capacity": "presenter"})
    assert answer.status_code == 422 and sentence in answer.text and "Farrowby" not in answer.text.split("<select")[0]
    assert ledger(in_app) == []


def test_she_is_taken_off_until_the_sheet_has_her_hours(as_, in_app, place):
    with in_app():
        dafydd = cast.person_id("dafydd")
    ines = as_("ines")
    ines.post(door(place), data={"person": dafydd, "capacity": "presenter"})
    ines.post(f"{door(place)}/{dafydd}/removal")
    assert ledger(in_app) == []
    ines.post(door(place), data={"person": dafydd, "capacity": "presenter"})
    with in_app():
        record_attendance(place[1], [Mark(dafydd, 90, "presenter")], cast.person_id("ines"))
    assert "Change it on the sheet." in ines.post(f"{door(place)}/{dafydd}/removal", follow_redirects=True).text
    assert ledger(in_app) == [("Dafydd Okonjo-Reeve", "presenter", 90)]


def test_whoever_leads_may_take_the_attendance(as_, in_app, place):
    with in_app():
        tobi = cast.person_id("tobi")
    sheet = f"{ROOM}{place[0]}/sessions/{place[1]}/attendance"
    before = as_("tobi").get(sheet).status_code
    as_("ines").post(door(place), data={"person": tobi, "capacity": "facilitator"})
    assert (before, as_("tobi").get(sheet).status_code) in ((403, 200), (404, 404))


def test_an_address_is_asked_once_however_it_is_written(as_, in_app, place):
    for address in ("orla@works.example", "ORLA@works.example"):
        data = {"person": "0", "name": "Orla Penhaligon", "address": address, "capacity": "presenter"}
        as_("ines").post(door(place), data=data)
    with in_app():
        rows = select(EmailAddress).where(EmailAddress.folded == "orla@works.example")
        assert len(db.session.execute(rows).all()) == 1 and db.session.get(Event, place[0])
    assert len(ledger(in_app)) == 1
