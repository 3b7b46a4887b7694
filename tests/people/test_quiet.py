"""Quiet by default: whoever was only written down gets no mail of any kind until a coordinator says so."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from portal.db import db
from portal.mail.models import OutboxMail
from portal.networks.operations_inviting import MOST_A_DAY, Asking, invite_imported
from portal.networks.queries_inviting import count_never_invited
from portal.people.models import EmailAddress, Person
from portal.web import clock, housekeeping
from portal.web.limits import too_many
from tests import cast
from tests.events import planned
from tests.people.imported import member

SHEET = "Name,Email,School\nAda Farrow,ada@x.example,Beck School\nBasil Thwaite,basil@x.example,Beck School\n"
COLUMNS = {"column-0": "name", "column-1": "email", "column-2": "organisation"}
DAYS = (0, 1, 8, 31)


@pytest.fixture
def bring_in(as_):
    """Ines brings in a list, through all its pages; the result page."""

    def steps(where="/people/import", sheet=SHEET, **choice):
        ines = as_("ines")
        data = {"file": (BytesIO(sheet.encode()), "list.csv"), **choice}
        columns = ines.post(where, data=data, content_type="multipart/form-data").location
        ahead = ines.post(columns, data=COLUMNS).location
        return ines.get(ines.post(ahead, data={"duplicates": "update"}).location).text

    return steps


@pytest.fixture
def written_to(app):
    """Who was written to within a month, without having come in: addresses, and kinds of mail."""

    def wait():
        with app.app_context():
            for day in DAYS:
                clock.freeze(cast.NOW + timedelta(days=day))
                assert housekeeping.do_all() == [] and housekeeping.do_each_round() == []
            query = (
                select(OutboxMail.to_address, OutboxMail.kind)
                .join(EmailAddress, EmailAddress.address == OutboxMail.to_address)
                .join(Person, Person.id == EmailAddress.person_id)
                .where(Person.admitted_at.is_(None))
            )
            return sorted({(address, kind) for address, kind in db.session.execute(query)})

    return wait


def on_record(app):
    with app.app_context():
        return db.session.execute(select(Person.name).where(Person.admitted_at.is_(None))).scalars().all()


def test_a_list_of_people_writes_to_nobody(app, bring_in, written_to):
    assert "The sheet is in" in bring_in(choice="tarn-and-tide")
    assert on_record(app) == ["Ada Farrow", "Basil Thwaite"]
    assert written_to() == []


def test_nor_does_the_same_list_once_more(app, bring_in, written_to):
    bring_in(choice="tarn-and-tide")
    bring_in(choice="tarn-and-tide")
    assert written_to() == []


def test_the_command_writes_to_nobody(app, tmp_path, written_to):
    path = tmp_path / "list.csv"
    path.write_text(SHEET)
    done = app.test_cli_runner().invoke(args=["import", "people", str(path), "--network", "tarn-and-tide"])
    assert done.exit_code == 0 and on_record(app) == ["Ada Farrow", "Basil Thwaite"]
    assert written_to() == []


def test_somebody_who_walks_in_is_not_written_to(app, as_, in_app, written_to):
    with in_app():
        session = planned.event(starts_at=planned.LAST_THURSDAY).sessions[0]
        url = f"/n/tarn-and-tide/events/{session.event_id}/sessions/{session.id}/attendance/walk-in"
    data = {"name": "Ada Farrow", "school": "Beck School", "address": "ada@x.example", "capacity": "participant"}
    assert as_("ines").post(url, data=data).status_code == 303
    assert on_record(app) == ["Ada Farrow"] and written_to() == []


def test_a_guest_hears_of_her_own_booking_and_of_nothing_else(app, client, in_app, written_to):
    with in_app():
        event_id = planned.event().id
        planned.event(title="Another evening")
    guest = {"name": "Ada Farrow", "address": "ada@x.example", "school": "Kestrel Lane Primary"}
    assert client.post(f"/p/tarn-and-tide/events/{event_id}", data=guest).status_code == 303
    told = written_to()
    assert {address for address, _kind in told} == {"ada@x.example"}
    assert "booking" in {kind for _address, kind in told} and "digest" not in {kind for _address, kind in told}


def test_whoever_asks_for_a_code_gets_one_mail_that_explains(app, bring_in, client, written_to):
    bring_in(choice="tarn-and-tide")
    client.post("/sign-in", data={"address": "ada@x.example"})
    assert written_to() == [("ada@x.example", "known-person")]


# Until a coordinator says so


def test_a_coordinator_sees_how_many_were_never_written_to(as_, bring_in):
    assert "never written to" not in as_("ines").get("/n/tarn-and-tide/members").text
    bring_in(choice="tarn-and-tide")
    assert "2 people on the list were never written to." in as_("ines").get("/n/tarn-and-tide/members").text
    assert "never written to" not in as_("tobi").get("/n/tarn-and-tide/members").text


def looked_at(page):
    return page.split('<pre class="mail"')[1].split("</pre>")[0]


def test_she_sees_the_mail_before_anybody_gets_it(app, as_, bring_in, written_to):
    bring_in(choice="tarn-and-tide")
    page = looked_at(as_("ines").get("/n/tarn-and-tide/members/invite/imported").text)
    assert "Ines Quarrie put you on our list on" in page and "Beck School" in page and "ada@x.example" in page
    assert "be forgotten" in page
    data = {"look": "1", "note": "We met at the fair."}
    again = as_("ines").post("/n/tarn-and-tide/members/invite/imported", data=data)
    assert again.status_code == 200 and "We met at the fair." in looked_at(again.text)
    assert written_to() == []


def test_what_she_saw_is_what_goes_out(app, as_, bring_in):
    bring_in(choice="tarn-and-tide")
    ines = as_("ines")
    data = {"look": "1", "note": "We met at the fair."}
    seen = looked_at(ines.post("/n/tarn-and-tide/members/invite/imported", data=data).text)
    ines.post("/n/tarn-and-tide/members/invite/imported", data={"sure": "y", "note": "We met at the fair."})
    with app.app_context():
        sent = db.session.execute(select(OutboxMail).where(OutboxMail.to_address == "ada@x.example")).scalar_one()
    lines = [line for line in sent.text.splitlines() if line and "/a/" not in line]
    assert sent.kind == "invitation" and 'class="press"' in sent.html
    assert not [line for line in lines if line not in seen]


def test_the_link_that_is_only_looked_at_leads_nowhere(client):
    assert client.get("/a/invitation-looked-at").status_code == 404


def test_nobody_is_asked_twice(app, as_, bring_in):
    bring_in(choice="tarn-and-tide")
    as_("ines").post("/n/tarn-and-tide/members/invite/imported", data={"sure": "y"})
    as_("mairead").post("/n/tarn-and-tide/members/invite/imported", data={"sure": "y"})
    with app.app_context():
        kinds = db.session.execute(select(OutboxMail.kind)).scalars().all()
        assert kinds == ["invitation"] * 2 and count_never_invited(cast.network_id()) == 0


def test_of_a_long_list_a_day_s_number_goes_out_and_the_others_wait(in_app):
    with in_app():
        ines = cast.person_id("ines")
        for number in range(3):
            member(f"Person {number}", f"p{number}@x.example")
        for _invitation in range(MOST_A_DAY - 2):
            too_many("invite", str(ines), MOST_A_DAY, 24 * 60)
        assert invite_imported(Asking(cast.network_id(), ines)) == 2
        assert count_never_invited(cast.network_id()) == 1
