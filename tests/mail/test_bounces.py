"""An address to which mail comes back: marked, told, left alone, and written to again when its owner proves it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.db import db
from portal.history.models import HistoryLine
from portal.mail.operations import PAUSES
from portal.mail.operations_bounces import note_bounce
from portal.mail.reasons import is_hard, reason_of
from portal.people.models import EmailAddress
from portal.people.operations_signing_in import send_code, use_code
from portal.web import clock
from tests import cast

TOBI = "tobi@tarn-and-tide.example"


@pytest.fixture
def address(app):
    """``address()`` is Tobi's address as it stands."""

    def look(folded=TOBI):
        with app.app_context():
            return db.session.execute(select(EmailAddress).where(EmailAddress.folded == folded)).scalar_one()

    return look


@pytest.fixture
def marked(send, letterbox, written, address):
    letterbox.answers["RCPT"] = b"550 5.1.1 nobody here"
    written()
    assert send() == (0, 1)
    letterbox.answers.clear()
    return address()


def give_up(send, written):
    """One mail that the server puts off until its last try."""
    written()
    for pause in (*PAUSES, timedelta(hours=2)):
        send()
        clock.freeze(clock.now() + pause + timedelta(seconds=1))


def test_one_hard_answer_marks_the_address_and_tells_of_it(marked, in_app):
    assert marked.bounced_at == cast.NOW and marked.bounce_reason == "no-mailbox"
    with in_app():
        line = db.session.execute(select(HistoryLine).where(HistoryLine.action == "person.mail_came_back")).scalar_one()
        assert line.subject_id == cast.person_id("tobi") and TOBI not in str(line.details)


def test_nothing_but_codes_goes_to_a_marked_address(marked, send, state, written, letterbox):
    mail, invitation = written(), written(kind="invitation", address=TOBI.upper())
    code = written(kind="sign-in-code")
    assert send() == (1, 0) and len(letterbox.received) == 1
    assert state(mail).outcome == state(invitation).outcome == "comes-back" and state(mail).failed_at
    assert state(code).sent_at


def test_a_code_that_was_typed_proves_the_address(marked, in_app, address):
    with in_app():
        sent = send_code(TOBI, "198.51.100.1", 10)
        use_code(sent.id, sent.code, "198.51.100.1")
    assert address().bounced_at is None and address().bounce_reason == ""


def test_whoever_is_signed_in_otherwise_has_a_code_sent_there(marked, as_, address):
    tobi = as_("tobi")
    assert "there is no such mailbox" in tobi.get("/me").text
    tobi.post("/me/addresses", data={"address": TOBI})
    with tobi.session_transaction() as session:
        code = session["shown_address_code"]
    assert tobi.post("/me/addresses/code", data={"code": code}).status_code == 303
    assert address().bounced_at is None


def test_her_coordinators_see_it_on_today_with_a_door(marked, as_):
    page = as_("ines").get("/n/tarn-and-tide/today/").text
    assert "Mail to Tobi Larkhill came back: there is no such mailbox" in page
    assert f'href="/people/{marked.person_id}"' in page
    assert "came back" not in as_("leon").get("/n/tarn-and-tide/today/").text
    assert "Tobi" not in as_("bryony").get("/n/fell-and-furrow/today/").text


def test_who_keeps_the_record_may_have_her_written_to_again(marked, as_, address):
    url = f"/people/{marked.person_id}/addresses/{marked.id}/again"
    assert as_("leon").post(url).status_code == 403 and as_("kofi").post(url).status_code == 404
    assert as_("tobi").post(url).status_code == 403
    assert "Write there again" in as_("ines").get(f"/people/{marked.person_id}").text
    assert as_("ines").post(url).status_code == 303 and address().bounced_at is None


def test_five_mails_given_up_mark_it_four_do_not(send, written, letterbox, address):
    letterbox.answers["RCPT"] = b"450 4.2.0 later"
    for count in range(1, 6):
        assert address().bounced_at is None
        give_up(send, written)
        assert address().soft_bounces == count
    assert address().bounced_at and address().bounce_reason == "too-often"


def test_one_that_arrives_sets_the_count_back(send, written, letterbox, address):
    letterbox.answers["RCPT"] = b"450 4.2.0 later"
    give_up(send, written)
    letterbox.answers.clear()
    written()
    assert send() == (1, 0) and address().soft_bounces == 0


def test_a_full_mailbox_or_a_filter_is_no_dead_address(send, written, letterbox, address):
    for said in (b"552 5.2.2 over quota", b"550 5.7.1 blocked by our list"):
        letterbox.answers["RCPT"] = said
        written()
        assert send() == (0, 1)
    assert address().bounced_at is None and address().soft_bounces == 2


def test_a_mail_that_is_refused_for_itself_says_nothing_of_the_address(send, state, written, letterbox, address):
    letterbox.answers["."] = b"554 5.6.0 we do not like it"
    mail = written()
    assert send() == (0, 1)
    assert state(mail).outcome == "refused" and address().soft_bounces == 0 and not address().bounced_at


def test_a_notice_marks_the_address_by_the_message_id_alone(send, written, state, in_app, address):
    mail = state(written())
    send()
    with in_app():
        assert not note_bounce("<unknown@x.example>", TOBI, "5.1.1", "no such user")
        assert note_bounce(mail.message_id, TOBI, "5.1.1", "no such user tobi@tarn-and-tide.example")
        assert note_bounce(mail.message_id, TOBI, "5.1.1", "no such user")
    assert address().bounced_at and address().bounce_reason == "no-mailbox"
    assert state(mail.id).came_back_at and TOBI not in state(mail.id).last_error


@pytest.mark.parametrize(("to", "status"), [(TOBI, "4.4.7"), ("elsewhere@x.example", "5.1.1"), (TOBI, "5.2.2")])
def test_a_notice_that_is_not_for_good_or_not_about_her_counts_as_one(
    send, written, state, in_app, address, to, status
):
    mail = state(written())
    send()
    with in_app():
        note_bounce(mail.message_id, to, status, "")
    assert not address().bounced_at and address().soft_bounces == 1


def test_an_address_that_nobody_has_is_no_trouble(send, written, letterbox):
    letterbox.answers["RCPT"] = b"550 nobody"
    written(address="guest@elsewhere.example")
    assert send() == (0, 1)


@pytest.mark.parametrize(
    ("said", "hard", "reason"),
    [
        ("550 no such user", True, "refused"),
        ("550 5.1.1 <…>: unknown", True, "no-mailbox"),
        ("5.1.10", True, "no-mailbox"),
        ("553 5.1.3 bad syntax", True, "not-an-address"),
        ("550 5.2.1 disabled", True, "closed"),
        ("554 5.4.4 no route", True, "no-domain"),
        ("552 5.2.2 full", False, "full"),
        ("552 over quota", False, "full"),
        ("550 5.7.26 unauthenticated", False, "turned-away"),
        ("450 4.2.0 greylisted", False, "refused"),
        ("timed out at 10.5.1.1 port 25", False, "refused"),
        ("", False, "refused"),
    ],
)
def test_what_servers_say_is_understood(said, hard, reason):
    assert is_hard(said) is hard and reason_of(said) == reason
