"""The worker ends gracefully, tidies up, and the page for developers is nowhere else."""

import os
import threading
from datetime import timedelta

from sqlalchemy import select

from portal.db import db, empty_log, operation
from portal.mail import outbox
from portal.mail.models import OutboxMail
from portal.mail.operations_forgetting import forget_codes, forget_sessions, forget_sheets, forget_texts, forget_tries
from portal.mail.worker import work
from portal.people.models import SignInSession
from portal.web import clock, housekeeping
from tests import cast


@operation
def write(html=None):
    words = {"code": "ABC", "link": "https://x.example/", "minutes": 1, "site": "T", "first_name": "Tobi"}
    mail = outbox.queue("test", "tobi@tarn-and-tide.example", "Your code", "sign_in_code", **words)
    mail.html = html
    db.session.flush()
    return mail.id


def test_the_worker_sends_and_stops_when_told(app, in_app):
    with in_app():
        mail_id = write()
    stop = threading.Event()
    thread = threading.Thread(target=work, args=(app, stop))
    thread.start()
    for _wait in range(100):
        with app.app_context():
            if db.session.get(OutboxMail, mail_id).sent_at:
                break
        stop.wait(0.05)
    stop.set()
    thread.join(timeout=10)
    assert not thread.is_alive()
    with app.app_context():
        assert db.session.get(OutboxMail, mail_id).sent_at


def test_a_duty_that_fails_does_not_keep_the_others(app, caplog):
    done = []

    def broken():
        raise LookupError

    duties = list(housekeeping._duties)
    try:
        housekeeping._duties[:] = [broken, lambda: done.append(1)]
        assert housekeeping.do_all() == ["broken"] and done == [1]
    finally:
        housekeeping._duties[:] = duties


def test_sessions_go_a_fortnight_after_their_end(as_, in_app):
    as_("tobi")
    for days, left in ((10, 1), (15, 0)):
        clock.freeze(cast.NOW + timedelta(days=days))
        with in_app():
            forget_sessions()
            assert len(db.session.execute(select(SignInSession)).all()) == left


def test_codes_tries_and_texts_go_in_their_time(in_app):
    with in_app():
        mail_id = write()
        db.session.get(OutboxMail, mail_id).sent_at = cast.NOW
        db.session.commit()
        clock.freeze(cast.NOW + timedelta(days=31))
        for duty in (forget_codes, forget_tries, forget_texts):
            duty()
        assert db.session.get(OutboxMail, mail_id).text == ""


def test_sheets_left_lying_go_after_a_day(tmp_path):
    folder = tmp_path / "imports"
    folder.mkdir()
    old, fresh = folder / "old", folder / "fresh"
    for path, hours in ((old, 30), (fresh, 2)):
        path.write_text("Name\n")
        moment = (clock.now() - timedelta(hours=hours)).timestamp()
        os.utime(path, (moment, moment))
    forget_sheets(tmp_path)
    assert [path.name for path in folder.iterdir()] == ["fresh"]


def test_developers_read_the_mails_and_their_html_is_harmless(client, in_app):
    with in_app():
        mail_id = write("<p>Your code</p><script>alert(1)</script>")
    assert "tobi@tarn-and-tide.example" in client.get("/dev/mail").text
    assert "https://x.example/" in client.get(f"/dev/mail/{mail_id}").text
    page = client.get(f"/dev/mail/{mail_id}/html")
    assert "sandbox" in page.headers["Content-Security-Policy"]
    assert client.get("/dev/mail/9999").status_code == 404


def test_anywhere_else_there_is_nothing(app, client, in_app):
    with in_app():
        mail_id = write("<p>x</p>")
    app.config["IS_DEVELOPMENT"] = False
    try:
        for path in ("/dev/mail", f"/dev/mail/{mail_id}", f"/dev/mail/{mail_id}/html"):
            assert client.get(path).status_code == 404
    finally:
        app.config["IS_DEVELOPMENT"] = True


def test_what_was_erased_leaves_the_log_of_the_database_within_the_hour(app, in_app):
    database = app.config["SETTINGS"].database
    log = database.with_name(database.name + "-wal")
    with in_app():
        kept = write("Marrowfat Persimmon")
    with in_app():
        erase(kept)
    assert b"Marrowfat Persimmon" in log.read_bytes()
    with app.app_context():
        assert empty_log()
    assert b"Marrowfat Persimmon" not in log.read_bytes() + database.read_bytes()


@operation
def erase(mail_id):
    db.session.delete(db.session.get(OutboxMail, mail_id))
