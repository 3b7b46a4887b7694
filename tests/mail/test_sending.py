"""The worker: once each, with patience, and nothing lost on the way. A small server in a thread plays the other side."""

import socketserver
import threading
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from sqlalchemy import select

from portal.db import db, operation
from portal.mail import outbox
from portal.mail.letters import letter
from portal.mail.models import OutboxMail
from portal.mail.operations import PAUSES, note_failure, take_mail, try_again
from portal.mail.worker import send_waiting
from portal.web import clock
from tests import cast


class Letterbox(socketserver.ThreadingTCPServer):
    """Speaks just enough SMTP; ``refuse`` is the answer to every recipient instead of 250."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.received, self.refuse = [], b""


class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self.say(b"220 here")
        for line in self.rfile:
            word = line.strip().upper()[:4]
            if word == b"DATA":
                self.say(b"354 go on")
                self.server.received.append(b"".join(iter(self.rfile.readline, b".\r\n")))
            if word == b"RCPT" and self.server.refuse:
                self.say(self.server.refuse)
            else:
                self.say(b"250 well")
            if word == b"QUIT":
                return

    def say(self, words):
        self.wfile.write(words + b"\r\n")


@pytest.fixture
def letterbox():
    with Letterbox() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def settings(app, letterbox):
    host, port = letterbox.server_address
    server = {"smtp_host": host, "smtp_port": port, "smtp_tls": "none", "mail_from": "post@region.example"}
    return replace(app.config["SETTINGS"], environment="production", **server)


@pytest.fixture
def written(in_app):
    """``written()`` puts a mail into the outbox and says its id."""

    @operation
    def put(**more):
        values = {"code": "ABC234", "link": "https://x.example/s", "minutes": 10, "site": "T", **more}
        address = values.pop("address", "tobi@tarn-and-tide.example")
        mail = outbox.queue("test", address, values.pop("subject", "Your code"), "sign_in_code", **values)
        db.session.flush()
        return mail.id

    def write(**more):
        with in_app():
            return put(**more)

    return write


def state(app, mail_id):
    with app.app_context():
        return db.session.get(OutboxMail, mail_id)


def send(app, settings):
    with app.app_context():
        return send_waiting(settings, "Tarn and Tide")


def test_a_mail_arrives_once_with_its_headers(app, settings, letterbox, written):
    mail_id = written(subject="Zoë’s code", from_name="Ines Quarrie", reply_to="ines@tarn-and-tide.example")
    assert send(app, settings) == (1, 0) and send(app, settings) == (0, 0)
    (raw,) = letterbox.received
    message = message_from_bytes(raw, policy=default)
    assert message["Subject"] == "Zoë’s code"
    assert message["From"] == "Ines Quarrie <post@region.example>"
    assert message["Reply-To"] == "ines@tarn-and-tide.example"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == state(app, mail_id).message_id
    assert "ABC234" in message.get_content() and message["Date"]
    assert state(app, mail_id).sent_at == cast.NOW


def test_two_workers_never_hold_one_mail(app, settings, written, in_app):
    written()
    with in_app():
        assert take_mail() is not None
        assert take_mail() is None


def test_a_lease_of_a_worker_that_died_runs_out(written, in_app):
    written()
    with in_app():
        take_mail()
        clock.freeze(cast.NOW + timedelta(minutes=11))
        assert take_mail().attempts == 2


def test_a_mail_for_later_waits(app, settings, letterbox, written):
    written(send_after=cast.NOW + timedelta(hours=1))
    assert send(app, settings) == (0, 0)
    clock.freeze(cast.NOW + timedelta(hours=2))
    assert send(app, settings) == (1, 0)


def test_a_busy_server_is_asked_again_later_and_later(app, settings, letterbox, written):
    letterbox.refuse = b"451 later tobi@tarn-and-tide.example"
    mail_id = written()
    now = cast.NOW
    for tries, pause in enumerate(PAUSES, 1):
        assert send(app, settings) == (0, 1)
        assert send(app, settings) == (0, 0)
        assert state(app, mail_id).attempts == tries
        now += pause
        clock.freeze(now)
    assert send(app, settings) == (0, 1)
    failed = state(app, mail_id)
    assert failed.failed_at == now and "451" in failed.last_error and "tobi@" not in failed.last_error


def test_a_mailbox_that_does_not_exist_is_not_tried_again(app, settings, letterbox, written):
    letterbox.refuse = b"550 nobody here"
    mail_id = written()
    assert send(app, settings) == (0, 1)
    assert state(app, mail_id).failed_at == cast.NOW


def test_a_server_that_is_away_loses_nothing(app, settings, written):
    mail_id = written()
    assert send(app, replace(settings, smtp_port=1)) == (0, 1)
    assert state(app, mail_id).sent_at is None and state(app, mail_id).failed_at is None


def test_without_tls_the_worker_does_not_talk_where_tls_is_asked_for(app, settings, letterbox, written):
    mail_id = written()
    assert send(app, replace(settings, smtp_tls="starttls")) == (0, 1)
    assert not letterbox.received and state(app, mail_id).sent_at is None


def test_one_bad_mail_does_not_stop_the_others(app, settings, letterbox, written):
    bad = written(address="inès@tarn-and-tide.example")
    written()
    assert send(app, settings) == (1, 1)
    assert state(app, bad).failed_at == cast.NOW


def test_nothing_is_sent_or_lost_before_a_server_is_named(app, settings, written):
    mail_id = written()
    assert send(app, replace(settings, smtp_host="")) == (0, 0)
    assert state(app, mail_id).attempts == 0


def test_in_development_a_mail_is_kept_not_sent(app, written):
    mail_id = written()
    assert send(app, app.config["SETTINGS"]) == (1, 0)
    assert state(app, mail_id).sent_at == cast.NOW


def test_what_was_given_up_can_be_tried_again(app, settings, letterbox, written, in_app):
    mail_id = written()
    with in_app():
        note_failure(mail_id, "550 full", is_final=True)
        try_again(mail_id)
    assert send(app, settings) == (1, 0)


def test_a_line_break_in_a_header_is_refused(written):
    with pytest.raises(ValueError, match="line break"):
        written(subject="Hello\nBcc: all@example.org")


def test_html_stands_beside_the_text(app, written):
    mail = state(app, written())
    mail.html = "<p>Your code</p>"
    message = letter(mail, "post@region.example", "Region")
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


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
