"""The mailbox: read by IMAP, marked only after it was stored. A small server in a thread plays the other side."""

import re
import socketserver
import threading
from dataclasses import replace

import pytest
from sqlalchemy import select

from portal.db import db
from portal.mail import mailbox
from portal.mail.answers import address_for
from portal.mail.mailbox import look_into_mailbox, receive_waiting
from portal.mail.models_receiving import ReceivedMail
from tests import cast
from tests.mail.receiving.writing import address_of, mail


class Postbox(socketserver.ThreadingTCPServer):
    """Speaks just enough IMAP for one folder; ``seen`` are the numbers that were marked, ``moved`` those put away,
    ``gone`` those deleted."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.mails, self.seen, self.moved, self.gone, self.fetched = {}, set(), set(), set(), []


class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"* OK here\r\n")
        for line in self.rfile:
            tag, _blank, words = line.decode().strip().partition(" ")
            upper = words.upper()
            if upper.startswith("CAPABILITY"):
                self.wfile.write(b"* CAPABILITY IMAP4rev1 MOVE UIDPLUS\r\n")
            elif upper.startswith("LOGIN") and "right" not in words:
                self.wfile.write(f"{tag} NO wrong\r\n".encode())
                continue
            elif upper.startswith("SELECT"):
                self.wfile.write(b"* 1 EXISTS\r\n")
            elif upper.startswith("UID"):
                self.uid(words)
            self.wfile.write(f"{tag} OK done\r\n".encode())
            if upper.startswith("LOGOUT"):
                return

    def uid(self, words):
        server = self.server
        if "SEARCH" in words:
            left = sorted(set(server.mails) - server.seen)
            self.wfile.write(f"* SEARCH {' '.join(map(str, left))}\r\n".encode())
            return
        number = int(re.findall(r"\d+", words)[0])
        if "SIZE" in words:
            size = len(server.mails[number])
            self.wfile.write(f"* {number} FETCH (UID {number} RFC822.SIZE {size})\r\n".encode())
        elif "FETCH" in words:
            server.fetched.append(words)
            part = re.search(r"<0\.(\d+)>", words)
            raw = server.mails[number][: int(part[1])] if part else server.mails[number]
            self.wfile.write(f"* {number} FETCH (UID {number} BODY[] {{{len(raw)}}}\r\n".encode() + raw + b")\r\n")
        elif "STORE" in words:
            server.seen.add(number)
        elif "EXPUNGE" in words:
            server.gone.add(number)
        elif "MOVE" in words:
            server.moved.add(number)


@pytest.fixture
def postbox():
    with Postbox() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def settings(answering, postbox, topic_id):
    host, port = postbox.server_address
    where = {"mailbox_host": host, "mailbox_port": port, "mailbox_tls": "none", "mailbox_user": "staffroom"}
    made = replace(answering.config["SETTINGS"], mailbox_password="right", **where)
    with answering.app_context():
        postbox.mails = {4: mail(address_of("dafydd", topic_id)), 7: mail("nobody@reply.example", number=2)}
    return made


def fates(app):
    with app.app_context():
        return sorted(db.session.execute(select(ReceivedMail.became)).scalars())


def test_what_is_unread_is_taken_in_and_marked(answering, settings, postbox):
    with answering.app_context():
        assert receive_waiting(settings) == 2 and receive_waiting(settings) == 0
    assert fates(answering) == ["answered", "unplaced"] and postbox.seen == {4, 7}


def test_a_crash_before_the_mark_acts_once(answering, settings, postbox, monkeypatch):
    monkeypatch.setattr(mailbox, "_set_aside", lambda *_: 1 / 0)
    with answering.app_context(), pytest.raises(ZeroDivisionError):
        receive_waiting(settings)
    monkeypatch.undo()
    assert postbox.seen == set()
    with answering.app_context():
        receive_waiting(settings)
    assert fates(answering) == ["answered", "unplaced"] and postbox.seen == {4, 7}


def test_what_is_stored_is_moved_where_a_folder_is_named(answering, settings, postbox):
    with answering.app_context():
        receive_waiting(replace(settings, mailbox_done="Taken in"))
    assert postbox.moved == {4, 7}


def test_what_nobody_else_may_read_is_gone_from_the_mailbox_and_nothing_else_is(answering, settings, postbox):
    with answering.app_context():
        postbox.mails[9] = mail(address_for("talk", cast.person_id("dafydd"), 1), number=3)
        receive_waiting(replace(settings, mailbox_done="Taken in"))
    assert postbox.gone == {9} and postbox.moved == {4, 7} and fates(answering) == ["answered", "not-kept", "unplaced"]


def test_of_a_mail_that_is_too_large_only_the_beginning_is_fetched(answering, settings, postbox):
    postbox.mails = {1: postbox.mails[4] + b"x" * 2_000_000}
    with answering.app_context():
        receive_waiting(replace(settings, mail_most=300_000))
    assert "<0." in postbox.fetched[0] and fates(answering) == ["sent-back"]


def test_a_mailbox_that_is_away_or_says_no_is_asked_again_later(answering, settings, caplog):
    mailbox._rhythm = mailbox.Rhythm()
    answering.config["SETTINGS"] = replace(settings, mailbox_password="wrong")
    with answering.app_context():
        look_into_mailbox()
        assert "can’t be read" in caplog.text and not mailbox._rhythm.is_time()
    answering.config["SETTINGS"] = replace(settings, mailbox_port=1)
    mailbox._rhythm.next_at = 0
    with answering.app_context():
        look_into_mailbox()
    assert mailbox._rhythm.pause > 60 and fates(answering) == []


def test_a_mailbox_without_a_trusted_name_gets_no_password(answering, settings, postbox):
    with answering.app_context(), pytest.raises(OSError):
        receive_waiting(replace(settings, mailbox_tls="tls"))


def test_a_mail_is_handed_over_by_a_pipe_or_as_files(answering, settings, postbox, tmp_path):
    runner = answering.test_cli_runner()
    done = runner.invoke(args=["mail", "receive"], input=postbox.mails[4])
    assert (done.exit_code, done.output.strip()) == (0, "answered")
    (tmp_path / "one.eml").write_bytes(postbox.mails[7])
    done = runner.invoke(args=["mail", "receive", str(tmp_path / "one.eml"), str(tmp_path / "none.eml")])
    assert done.exit_code == 66 and "unplaced" in done.output


def test_a_pipe_is_told_to_try_again_when_it_can_t_be_stored(answering, settings, postbox, monkeypatch):
    monkeypatch.setattr("portal.mail.commands_receiving.receive", lambda *_: 1 / 0)
    done = answering.test_cli_runner().invoke(args=["mail", "receive"], input=postbox.mails[4])
    assert done.exit_code == 75


def test_the_envelope_says_to_whom(answering, settings, topic_id):
    with answering.app_context():
        to, raw = address_of("dafydd", topic_id), mail("undisclosed-recipients@school.example", number=5)
    done = answering.test_cli_runner().invoke(args=["mail", "receive", "--to", to], input=raw)
    assert done.output.strip() == "answered"
