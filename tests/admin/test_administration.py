"""Administration: the portal is kept running, the last administrator stays, and no network's content is read."""

import pytest
from sqlalchemy import select

from portal.db import db
from portal.mail.models import OutboxMail
from portal.networks.models import Invitation, Network, Region
from portal.networks.operations_settings import change_charter
from portal.networks.queries_members import current_membership
from portal.people.models import Person
from portal.web import clock
from tests import cast

PAGES = ("", "/region", "/administrators", "/networks", "/networks/1", "/words", "/words/subject", "/mail", "/health")


def failed_mail(in_app, **more):
    with in_app():
        mail = OutboxMail(
            kind="invitation",
            to_address="gone@school.example",
            subject="A secret subject",
            text="a secret text",
            headers={},
            message_id="<1@x>",
            queued_at=clock.now(),
            send_after=clock.now(),
            failed_at=clock.now(),
            attempts=8,
            last_error="550 no such mailbox",
            **more,
        )
        db.session.add(mail)
        db.session.commit()
        return mail.id


def test_the_region_is_renamed_at_once(as_, in_app):
    data = {"region": "Fell and Coast", "time_zone": "Europe/Paris", "locale": "en_US"}
    assert as_("ravi").post("/admin/region", data=data).status_code == 303
    with in_app():
        assert db.session.execute(select(Region.name, Region.time_zone)).one() == ("Fell and Coast", "Europe/Paris")
    assert "Fell and Coast" in as_("ravi").get("/admin").text
    assert as_("ravi").post("/admin/region", data=data | {"region": ""}).status_code == 422


def test_a_network_is_opened_under_another_with_an_address_of_its_own(as_, in_app):
    ravi = as_("ravi")
    with in_app():
        parent = cast.network_id()
    ravi.post("/admin/networks/new", data={"name": "Öresund Maths & More", "parent_id": parent})
    with in_app():
        network = db.session.execute(select(Network).where(Network.slug == "oresund-maths-more")).scalar_one()
        assert network.parent_id == parent and network.time_zone == "Europe/London"
    taken = ravi.post("/admin/networks/new", data={"name": "Other", "slug": "tarn-and-tide", "parent_id": 0})
    assert taken.status_code == 422 and "has this address" in taken.text


@pytest.mark.parametrize("slug", ["a b", "../x", "-x", "x" * 61, "ü"])
def test_odd_addresses_are_refused(as_, slug):
    assert (
        as_("ravi").post("/admin/networks/new", data={"name": "Odd", "slug": slug, "parent_id": 0}).status_code == 422
    )


def test_a_closed_network_is_gone_for_everyone_and_comes_back_whole(as_, in_app):
    ravi, ines = as_("ravi"), as_("ines")
    with in_app():
        network = cast.network_id()
    assert ravi.post(f"/admin/networks/{network}/close").status_code == 422
    answer = ravi.post(f"/admin/networks/{network}/close", data={"sure": "y"}, follow_redirects=True)
    assert f"/admin/networks/{network}/reopen" in answer.text
    assert ines.get("/n/tarn-and-tide/").status_code == 404
    assert ines.get("/p/tarn-and-tide/").status_code == 404
    ravi.post(f"/admin/networks/{network}/reopen")
    assert "Ravi Castellan closed the network" in ines.get("/n/tarn-and-tide/history").text


def test_an_appointed_coordinator_stands_in_the_networks_history(as_, in_app):
    with in_app():
        network = cast.network_id()
    appoint = f"/admin/networks/{network}/coordinators"
    as_("ravi").post(appoint, data={"address": "hana@tarn-and-tide.example"})
    with in_app():
        assert current_membership(network, cast.person_id("hana")).role == "coordinator"
    assert "Ravi Castellan made Hana Brindlecote a coordinator" in as_("tobi").get("/n/tarn-and-tide/history").text


def test_somebody_new_is_invited_to_coordinate(as_, in_app):
    with in_app():
        network = cast.network_id("fell-and-furrow")
    as_("ravi").post(f"/admin/networks/{network}/coordinators", data={"address": "new@x.example", "name": "New Hand"})
    with in_app():
        assert db.session.execute(select(Invitation.role)).scalar_one() == "coordinator"


def test_the_last_administrator_stays(as_, in_app):
    with in_app():
        ravi = cast.person_id("ravi")
    answer = as_("ravi").post(f"/admin/administrators/{ravi}/remove", follow_redirects=True)
    assert "there is no other" in answer.text
    with in_app():
        assert db.session.get(Person, ravi).is_administrator


def test_administrators_are_added_and_taken_off_with_undo(as_, in_app):
    ravi = as_("ravi")
    ravi.post("/admin/administrators", data={"address": "hana@tarn-and-tide.example"})
    with in_app():
        hana = cast.person_id("hana")
        assert db.session.get(Person, hana).is_administrator
    answer = ravi.post(f"/admin/administrators/{hana}/remove", follow_redirects=True)
    assert f"/admin/administrators/{hana}/restore" in answer.text
    assert as_("hana").get("/admin").status_code == 403


def test_nobody_who_has_not_come_in_becomes_administrator(as_):
    answer = as_("ravi").post("/admin/administrators", data={"address": "stranger@x.example"})
    assert answer.status_code == 422 and "stranger@x.example" in answer.text


def test_failed_mails_are_shown_with_their_reason_and_sent_again(as_, in_app):
    mail = failed_mail(in_app)
    ravi = as_("ravi")
    page = ravi.get("/admin/mail").text
    assert "550 no such mailbox" in page and "gone@school.example" in page
    assert "secret" not in page
    ravi.post(f"/admin/mail/{mail}/again")
    with in_app():
        row = db.session.get(OutboxMail, mail)
        assert row.failed_at is None and row.attempts == 0


def test_a_sent_mail_is_not_sent_twice(as_, in_app):
    mail = failed_mail(in_app, sent_at=cast.NOW)
    as_("ravi").post("/admin/mail/again")
    with in_app():
        assert db.session.get(OutboxMail, mail).failed_at is not None


def test_health_says_what_it_found(as_):
    assert "Nothing is wrong" in as_("ravi").get("/admin/health?look=closely").text


def test_an_administrator_reads_no_networks_content(as_, in_app):
    with in_app():
        charter = dict.fromkeys(("cares_about", "for_whom", "cadence", "norms", "deciding"), "Only for us.")
        row = db.session.get(Network, cast.network_id())
        change_charter(row.id, row.row_version, {**charter, "review_on": None}, cast.person_id("ines"))
    ravi = as_("ravi")
    for page in PAGES:
        assert "Only for us." not in ravi.get(f"/admin{page}").text
    assert ravi.get("/n/tarn-and-tide/charter").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_ask_few_questions(as_, queries, page):
    ravi = as_("ravi")
    with queries() as seen:
        assert ravi.get(f"/admin{page}").status_code == 200
    assert len(seen) <= 12
