"""One round of sending: mails are taken in small batches, and each is noted before the next one goes."""

import logging
import time
from dataclasses import dataclass
from datetime import timedelta
from threading import Event

from portal.config import Settings
from portal.db import db, writing
from portal.mail.carrier import Carrier, NotYet, Undeliverable
from portal.mail.letters import letter, on_the_wire
from portal.mail.models import OutboxMail
from portal.mail.operations import give_back, note_failure, note_sent, take_mails
from portal.mail.operations_switch import note_trouble, note_well
from portal.mail.troubles import Away
from portal.web import clock

logger = logging.getLogger("staffroom")
# Connecting, greeting, TLS, signing in, handing over and waiting for the last word: each may take one timeout.
ANSWERS, SPARE = 12, 3
# So many mails in a row whose connection was cut are no longer about the mails.
CUTS = 3


@dataclass
class Round:
    """What came of it. ``trouble``: the server can't be used just now; ``unfinished``: time was over before the mails."""

    sent: int = 0
    failed: int = 0
    cuts: int = 0
    trouble: Away | None = None
    unfinished: bool = False


def lease_of(settings: Settings) -> timedelta:
    """Longer than any server may keep us over a mail: while it runs, no other worker touches the mail."""
    return timedelta(seconds=settings.smtp_timeout * (ANSWERS + SPARE))


def send_round(settings: Settings, site: str, stop: Event | None = None, seconds: float | None = None) -> Round:
    """Send what is due, until nothing is, or time is over, or the server can't be used, or somebody says stop."""
    tally, until = Round(), None if seconds is None else time.monotonic() + seconds
    if not (settings.smtp_host or settings.is_development):
        return tally
    with Carrier(settings) as carrier:
        while not (tally.trouble or tally.unfinished or (stop and stop.is_set())):
            with writing():
                taken = take_mails(settings.mail_per_hour, lease_of(settings))
                db.session.expunge_all()
            _send_batch(carrier, taken.mails, site, tally, stop)
            if not taken.more:
                break
            tally.unfinished = until is not None and time.monotonic() > until
    with writing():
        _note_standing(tally)
    return tally


def _send_batch(carrier: Carrier, mails: list[OutboxMail], site: str, tally: Round, stop: Event | None) -> None:
    """No transaction is open while the server answers. What is not tried is given back."""
    for place, mail in enumerate(mails):
        if (stop and stop.is_set()) or tally.trouble or not _has_time(mail, carrier.settings):
            with writing():
                give_back([left.id for left in mails[place:]])
            return
        try:
            _send(carrier, mail, site, tally)
        except Away as away:
            tally.trouble = away
            with writing():
                give_back([mail.id])


def _has_time(mail: OutboxMail, settings: Settings) -> bool:
    """Whether its lease lasts as long as a server may take over it."""
    longest = timedelta(seconds=settings.smtp_timeout * ANSWERS)
    return mail.leased_until is not None and clock.now() + longest <= mail.leased_until


def _send(carrier: Carrier, mail: OutboxMail, site: str, tally: Round) -> None:
    failure: Undeliverable | NotYet | None = None
    try:
        carrier.carry(letter(mail, carrier.settings.mail_from, site), on_the_wire(mail.to_address))
    except (Undeliverable, NotYet) as error:
        failure = error
    except ValueError as error:
        failure = Undeliverable(f"5.1.3 no mail can have this address or header ({type(error).__name__})", True)
    with writing():
        if failure is None:
            note_sent(mail.id)
            tally.sent, tally.cuts = tally.sent + 1, 0
        else:
            _note(mail, failure, tally)


def _note(mail: OutboxMail, failure: Undeliverable | NotYet, tally: Round) -> None:
    final = isinstance(failure, Undeliverable)
    note_failure(mail.id, str(failure), is_final=final, about_address=failure.about_address)
    logger.warning("mail %s did not leave (try %s)", mail.id, mail.attempts + 1)
    tally.failed += 1
    tally.cuts = tally.cuts + 1 if isinstance(failure, NotYet) and failure.cut else 0
    if tally.cuts >= CUTS:
        tally.trouble = Away("cuts", str(failure))


def _note_standing(tally: Round) -> None:
    if tally.trouble:
        note_trouble(tally.trouble.key, tally.trouble.said)
        logger.warning("the mail server can't be used: %s", tally.trouble)
    elif tally.sent or tally.failed:
        note_well()
