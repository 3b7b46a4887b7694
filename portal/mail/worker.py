"""The worker: sends what waits in the outbox, and does the small duties of the house about once an hour."""

import logging
import time
from datetime import datetime
from threading import Event

from flask import Flask

from portal.config import Settings
from portal.db import db, empty_log, writing
from portal.mail.operations_forgetting import forget_sheets, next_time
from portal.mail.sending import send_round
from portal.web import clock, housekeeping

logger = logging.getLogger("staffroom")
SECONDS = 5.0
# A long queue must not keep the duties waiting, nor the worker from hearing that it should stop.
ROUND = 30.0
# While the server can't be used we ask again after 5, 10, 20 … seconds, and at last every five minutes.
LONGEST_PAUSE = 300.0


def send_waiting(settings: Settings, site: str, stop: Event | None = None) -> tuple[int, int]:
    """Send everything that is due; returns how many left and how many did not. Stops between two mails."""
    done = send_round(settings, site, stop)
    return done.sent, done.failed + (1 if done.trouble and not done.failed else 0)


def work(app: Flask, stop: Event) -> None:
    """Until told to stop: send, do the duties when they are due, wait a little."""
    due = clock.now()
    settings: Settings = app.config["SETTINGS"]
    patience = Patience()
    while not stop.is_set():
        with app.app_context():
            try:
                housekeeping.do_each_round()
                unfinished = patience.is_over and _send(settings, stop, patience)
                due = _do_duties(settings, due)
            except Exception:
                # A locked or full disk passes; the mails are still in the outbox.
                logger.exception("the mail worker stumbled")
                unfinished = False
            finally:
                db.session.remove()
        if not unfinished:
            stop.wait(SECONDS)


class Patience:
    """How long to leave a server alone that can't be used: longer with each time, by a clock that nobody sets."""

    def __init__(self) -> None:
        self.pause, self.until = 0.0, 0.0

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.until

    def wait_longer(self) -> None:
        self.pause = min(self.pause * 2 or SECONDS, LONGEST_PAUSE)
        self.until = time.monotonic() + self.pause

    def forget(self) -> None:
        self.pause = self.until = 0.0


def _send(settings: Settings, stop: Event, patience: Patience) -> bool:
    """One round; True when time was over before the mails."""
    done = send_round(settings, "Staffroom", stop, ROUND)
    if done.trouble:
        patience.wait_longer()
    elif done.sent or done.failed:
        patience.forget()
    return done.unfinished


def _do_duties(settings: Settings, due: datetime) -> datetime:
    if clock.now() < due:
        return due
    with writing():
        housekeeping.do_all()
    empty_log()
    forget_sheets(settings.instance)
    return next_time(clock.now())
