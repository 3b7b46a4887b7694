"""Blocked at a school: our own addresses to ask for, a report without a name, and the list for administrators."""

from dataclasses import replace
from urllib.parse import unquote

import pytest
from sqlalchemy import select

from portal.db import db
from portal.help.models import BlockedReport
from portal.help.operations import forget_reports
from portal.history.models import HistoryLine
from portal.web import clock
from tests import cast

SAID = {"place": "Kestrel Lane Primary", "what": "mail", "words": "Quarantined"}


@pytest.fixture
def at_home(app):
    """The portal at its real address, with a server that carries its mail."""
    before = app.config["SETTINGS"], app.config["PORTAL_URL"]
    app.config["SETTINGS"] = replace(before[0], mail_from="hello@tarn.example", smtp_host="smtp.tarn.example")
    app.config["PORTAL_URL"] = "https://staffroom.tarn.example"
    yield
    app.config["SETTINGS"], app.config["PORTAL_URL"] = before


def reports(app):
    with app.app_context():
        return db.session.execute(select(BlockedReport)).scalars().all()


def test_the_page_names_what_this_portal_needs(at_home, client):
    page = client.get("/help/blocked").text
    for word in ("https://staffroom.tarn.example", "port 443", "hello@tarn.example", "smtp.tarn.example"):
        assert word in page


def test_the_letter_opens_in_a_mail_program_with_everything_in_it(at_home, client):
    link = client.get("/help/blocked").text.split('href="mailto:')[1].split('"')[0]
    words = unquote(link.replace("&amp;", "&"))
    assert "subject=Please let staffroom.tarn.example through" in words
    assert "host staffroom.tarn.example, port 443" in words and "domain tarn.example" in words


def test_where_no_server_is_set_none_is_named(client):
    assert "Carried by" not in client.get("/help/blocked").text


def test_a_report_needs_no_sign_in_and_keeps_no_name(app, client):
    assert client.post("/help/blocked", data=SAID).status_code == 303
    [report] = reports(app)
    assert (report.place, report.what, report.words) == ("Kestrel Lane Primary", "mail", "Quarantined")
    with app.app_context():
        line = db.session.execute(select(HistoryLine)).scalar_one()
        assert (line.action, line.actor_id) == ("blocked.reported", None)


@pytest.mark.parametrize("wrong", [{"place": " "}, {"what": "weather"}, {"what": ""}, {"words": "x" * 601}])
def test_what_can_not_be_used_is_said(app, client, wrong):
    assert client.post("/help/blocked", data=SAID | wrong).status_code == 422
    assert reports(app) == []


def test_five_reports_an_hour_from_one_place_are_enough(app, client):
    answers = [client.post("/help/blocked", data=SAID).status_code for _report in range(6)]
    assert answers == [303] * 5 + [422] and len(reports(app)) == 5


def test_administrators_see_to_it_and_can_take_that_back(app, as_, client):
    client.post("/help/blocked", data=SAID)
    number = reports(app)[0].id
    ravi = as_("ravi")
    assert "Kestrel Lane Primary" in ravi.get("/help/blocked/reports").text
    ravi.post(f"/help/blocked/reports/{number}/settled")
    assert reports(app)[0].settled_by is not None and "seen to" in ravi.get("/help/blocked/reports").text
    ravi.post(f"/help/blocked/reports/{number}/open")
    assert reports(app)[0].settled_at is None


def test_the_list_can_be_taken_along_and_sorted(as_, client):
    client.post("/help/blocked", data=SAID | {"place": "=HYPERLINK()"})
    assert b"Quarantined" in as_("ravi").get("/help/blocked/reports?format=csv&sort=place").data


def test_a_list_of_many_asks_few_questions(as_, client, in_app, queries):
    ravi = as_("ravi")
    with in_app():
        db.session.add_all(BlockedReport(place=f"S {one}", what="page", reported_at=cast.NOW) for one in range(60))
        db.session.commit()
    with queries() as seen:
        assert ravi.get("/help/blocked/reports").status_code == 200
    assert len(seen) <= 12


def test_reports_are_forgotten_after_a_year(app, client, in_app):
    client.post("/help/blocked", data=SAID)
    clock.freeze(cast.NOW.replace(year=2027, day=12))
    with in_app():
        forget_reports()
    assert reports(app) == []


def test_mail_does_not_arrive_names_the_sender_and_the_other_ways_in(at_home, client):
    page = client.get("/help/mail").text
    assert "hello@tarn.example" in page and "/sign-in/slip" in page and "Set up this device" in page
