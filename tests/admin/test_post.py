"""Post that found no place: read by administrators, handed on, deleted; gone after a month, or with its writer."""

import pytest
from sqlalchemy import select

from portal.db import db
from portal.history.models import HistoryLine
from portal.mail.models import OutboxMail
from portal.mail.models_receiving import ReceivedMail
from portal.mail.receiving import receive
from portal.networks.models import Membership
from portal.people.operations_leaving import erase_person
from tests import cast

RAW = (
    b"From: Somebody <somebody@elsewhere.example>\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe_<b>?=\r\n"
    b"Message-ID: <lost-1@elsewhere.example>\r\n\r\nWho has the <script>key</script> to the hall?\r\n"
)


@pytest.fixture
def lost(app):
    with app.app_context():
        assert receive(RAW) == "unplaced"
        return db.session.execute(select(ReceivedMail.id)).scalar_one()


def row(app, mail_id):
    with app.app_context():
        return db.session.get(ReceivedMail, mail_id)


def test_an_administrator_reads_what_came_and_nothing_of_it_acts(as_, lost):
    ravi = as_("ravi")
    listed = ravi.get("/admin/post").text
    assert "Grüße &lt;b&gt;" in listed and "does not say which mail it answers" in listed and "waits for you" in listed
    shown = ravi.get(f"/admin/post/{lost}").text
    assert "&lt;script&gt;key" in shown and "<script>key" not in shown and "Only administrators see it." in shown
    file = ravi.get(f"/admin/post/{lost}/mail.eml")
    assert file.data == RAW and "attachment" in file.headers["Content-Disposition"]


def test_it_is_handed_to_the_coordinators_of_a_network(as_, lost, app):
    ravi = as_("ravi")
    with app.app_context():
        network = cast.network_id()
    assert ravi.post(f"/admin/post/{lost}/forward", data={"network_id": "0"}).status_code == 422
    assert ravi.post(f"/admin/post/{lost}/forward", data={"network_id": str(network)}).status_code == 303
    with app.app_context():
        mails = db.session.execute(select(OutboxMail).where(OutboxMail.kind == "answer-passed-on")).scalars().all()
        assert {mail.to_address.partition("@")[0] for mail in mails} == {"ines", "mairead"}
        assert db.session.execute(select(HistoryLine).where(HistoryLine.action == "post.passed_on")).first()
    assert mails[0].reply_to == "somebody@elsewhere.example" and not row(app, lost).is_waiting


def test_a_network_without_a_coordinator_is_told_in_words(as_, lost, app, in_app):
    with in_app():
        network = cast.network_id("fell-and-furrow")
        for membership in db.session.execute(select(Membership).where(Membership.network_id == network)).scalars():
            membership.role = "member"
        db.session.commit()
    back = as_("ravi").post(f"/admin/post/{lost}/forward", data={"network_id": str(network)})
    assert back.status_code == 422 and "can be reached by mail" in back.text


def test_deleting_asks_first_and_leaves_only_that_it_came(as_, lost, app):
    ravi = as_("ravi")
    assert "for good" in ravi.get(f"/admin/post/{lost}/delete").text
    assert ravi.post(f"/admin/post/{lost}/delete").status_code == 303
    assert ravi.get(f"/admin/post/{lost}").status_code == 404
    assert row(app, lost).from_address == "" and row(app, lost).subject == ""
    with app.app_context():
        assert receive(RAW) == "known"


def test_the_list_is_a_spreadsheet_and_needs_few_queries(as_, lost, queries):
    ravi = as_("ravi")
    assert "somebody@elsewhere.example" in ravi.get("/admin/post?format=csv").text
    with queries() as seen:
        ravi.get("/admin/post")
    assert len(seen) <= 12


def test_what_a_member_wrote_goes_with_her(app, lost, in_app):
    with in_app():
        db.session.get(ReceivedMail, lost).person_id = cast.person_id("leon")
        db.session.commit()
        erase_person(cast.person_id("leon"))
    assert row(app, lost).from_address == "" and row(app, lost).person_id is None
