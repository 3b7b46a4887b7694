"""The worker: sends what waits in the outbox, and does the small duties of the house about once an hour."""

import logging
from datetime import datetime
from threading import Event

from flask import Flask

from portal.config import Settings
from portal.db import db, empty_log, writing
from portal.mail.carrier import Carrier, Undeliverable
from portal.mail.letters import letter
from portal.mail.models import OutboxMail
from portal.mail.operations import note_failure, note_sent, take_mail
from portal.mail.operations_forgetting import forget_sheets, next_time
from portal.web import clock, housekeeping

logger = logging.getLogger("staffroom")
SECONDS = 5.0


def send_waiting(settings: Settings, site: str, stop: Event | None = None) -> tuple[int, int]:
    """Send everything that is due; returns how many left and how many did not. Stops between two mails."""
    sent = failed = 0
    if not (settings.smtp_host or settings.is_development):
        return 0, 0
    with Carrier(settings) as carrier:
        while not (stop and stop.is_set()):
            with writing():
                mail = take_mail()
                if mail is None:
                    break
                db.session.expunge(mail)
            if _send(carrier, mail, settings, site):
                sent += 1
            else:
                failed += 1
    return sent, failed


def _send(carrier: Carrier, mail: OutboxMail, settings: Settings, site: str) -> bool:
    """No transaction is open while the server answers."""
    failure: Exception | None = None
    try:
        carrier.carry(letter(mail, settings.mail_from, site))
    except (UnicodeError, ValueError) as error:
        failure = Undeliverable(f"an address or header that no mail can have: {type(error).__name__}")
    except (Undeliverable, OSError) as error:
        failure = error
    with writing():
        if failure is None:
            note_sent(mail.id)
        else:
            words = str(failure) or type(failure).__name__
            note_failure(mail.id, words, is_final=isinstance(failure, Undeliverable))
            logger.warning("mail %s did not leave (try %s)", mail.id, mail.attempts)
    return failure is None


def work(app: Flask, stop: Event) -> None:
    """Until told to stop: send, do the duties when they are due, wait a little."""
    due = clock.now()
    settings: Settings = app.config["SETTINGS"]
    while not stop.is_set():
        with app.app_context():
            try:
                housekeeping.do_each_round()
                send_waiting(settings, "Staffroom", stop)
                due = _do_duties(settings, due)
            except Exception:
                # A locked or full disk passes; the mails are still in the outbox.
                logger.exception("the mail worker stumbled")
            finally:
                db.session.remove()
        stop.wait(SECONDS)


def _do_duties(settings: Settings, due: datetime) -> datetime:
    if clock.now() < due:
        return due
    with writing():
        housekeeping.do_all()
    empty_log()
    forget_sheets(settings.instance)
    return next_time(clock.now())
