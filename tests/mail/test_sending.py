"""The worker: once each, with patience, and nothing lost on the way. A small server in a thread plays the other side."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from sqlalchemy import select

from portal.db import db, operation
from portal.mail import outbox
from portal.mail.letters import letter
from portal.mail.models import OutboxMail
from portal.mail.operations import PAUSES, note_failure, take_mails
from portal.web import clock
from tests import cast

LEASE = timedelta(minutes=10)


def test_a_mail_arrives_once_with_its_headers(send, state, letterbox, written):
    mail_id = written(subject="Zoë’s code", from_name="Ines Quarrie", reply_to="ines@tarn-and-tide.example")
    assert send() == (1, 0) and send() == (0, 0)
    (raw,) = letterbox.received
    message = message_from_bytes(raw, policy=default)
    assert message["Subject"] == "Zoë’s code"
    assert message["From"] == "Ines Quarrie <post@region.example>"
    assert message["Reply-To"] == "ines@tarn-and-tide.example"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == state(mail_id).message_id
    assert "ABC234" in message.get_body(("plain",)).get_content() and message["Date"]
    assert state(mail_id).sent_at == cast.NOW


def test_two_workers_never_hold_one_mail(written, in_app):
    written()
    with in_app():
        assert take_mails(100, LEASE).mails
        assert not take_mails(100, LEASE).mails


def test_a_lease_of_a_worker_that_died_runs_out(written, in_app):
    written()
    with in_app():
        take_mails(100, LEASE)
        clock.freeze(cast.NOW + timedelta(minutes=11))
        assert take_mails(100, LEASE).mails


def test_a_mail_for_later_waits(send, written):
    written(send_after=cast.NOW + timedelta(hours=1))
    assert send() == (0, 0)
    clock.freeze(cast.NOW + timedelta(hours=2))
    assert send() == (1, 0)


def test_a_busy_server_is_asked_again_later_and_later(send, state, letterbox, written):
    letterbox.answers["RCPT"] = b"451 later tobi@tarn-and-tide.example"
    mail_id = written()
    now = cast.NOW
    for tries, pause in enumerate(PAUSES, 1):
        assert send() == (0, 1)
        assert send() == (0, 0)
        assert state(mail_id).attempts == tries
        now += pause
        clock.freeze(now)
    assert send() == (0, 1)
    failed = state(mail_id)
    assert failed.failed_at == now and "451" in failed.last_error and "tobi@" not in failed.last_error


def test_a_mailbox_that_does_not_exist_is_not_tried_again(send, state, letterbox, written):
    letterbox.answers["RCPT"] = b"550 nobody here"
    mail_id = written()
    assert send() == (0, 1)
    assert state(mail_id).failed_at == cast.NOW


def test_a_server_that_is_away_loses_nothing(send, state, written):
    mail_id = written()
    assert send(smtp_port=1) == (0, 1)
    assert state(mail_id).sent_at is None and state(mail_id).failed_at is None


def test_without_tls_the_worker_does_not_talk_where_tls_is_asked_for(send, state, letterbox, written):
    mail_id = written()
    assert send(smtp_tls="starttls") == (0, 1)
    assert not letterbox.received and state(mail_id).sent_at is None


def test_one_bad_mail_does_not_stop_the_others(send, state, letterbox, written):
    bad = written(address="inès@tarn-and-tide.example")
    written()
    assert send() == (1, 1)
    assert state(bad).failed_at == cast.NOW


def test_nothing_is_sent_or_lost_before_a_server_is_named(send, state, written):
    mail_id = written()
    assert send(smtp_host="") == (0, 0)
    assert state(mail_id).attempts == 0


def test_in_development_a_mail_is_kept_not_sent(send, state, written):
    mail_id = written()
    assert send(environment="development", smtp_host="") == (1, 0)
    assert state(mail_id).sent_at == cast.NOW


def test_what_was_given_up_can_be_tried_again(send, written, in_app, as_):
    mail_id = written()
    with in_app():
        note_failure(mail_id, "550 full", is_final=True)
    assert send() == (0, 0)
    as_("ravi").post(f"/admin/mail/{mail_id}/again")
    assert send() == (1, 0)


def test_a_line_break_in_a_header_is_refused(written):
    with pytest.raises(ValueError, match="line break"):
        written(subject="Hello\nBcc: all@example.org")


def test_html_stands_beside_the_text(state, written):
    mail = state(written())
    message = letter(mail, "post@region.example", "Region")
    assert [part.get_content_type() for part in message.get_payload()] == ["text/plain", "text/html"]


def test_the_command_says_what_it_did(app, written):
    written()
    done = app.test_cli_runner().invoke(args=["mail", "send"])
    assert (done.exit_code, "1 sent, 0 not." in done.output) == (0, True)


def test_the_outbox_is_empty_when_the_act_did_not_happen(in_app, app):
    @operation
    def fail():
        outbox.queue("test", "a@b.example", "S", "sign_in_code", code="A", link="L", minutes=1, site="T")
        raise LookupError

    with in_app(), pytest.raises(LookupError):
        fail()
    with app.app_context():
        assert not db.session.execute(select(OutboxMail)).first()
