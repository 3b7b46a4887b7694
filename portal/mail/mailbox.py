"""The mailbox (IMAP) in which answers arrive, read by the mail worker every half minute.

A mail is marked, or moved, only after the transaction that stored it; after a crash in between it is found again, and
known by its Message-ID. Nothing is ever deleted from the mailbox, but for answers that nobody else may read.
"""

import imaplib
import logging
import re
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from flask import current_app

from portal.config import MEGABYTE, Settings
from portal.mail.receiving import receive
from portal.mail.receiving_private import FATES as PRIVATE_FATES

logger = logging.getLogger("staffroom")
TIMEOUT = 20
SECONDS = 30.0
LONGEST_PAUSE = 900.0
AT_ONCE = 50
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass
class Rhythm:
    """When to look again: every half minute, more and more seldom while the mailbox can't be reached."""

    next_at: float = 0.0
    pause: float = SECONDS

    def is_time(self) -> bool:
        return time.monotonic() >= self.next_at

    def done(self, well: bool) -> None:
        self.pause = SECONDS if well else min(self.pause * 2, LONGEST_PAUSE)
        self.next_at = time.monotonic() + self.pause


_rhythm = Rhythm()


def look_into_mailbox() -> None:
    """For each round of the worker: take in what has arrived, when it is time again."""
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.mailbox_host or not _rhythm.is_time():
        return
    try:
        receive_waiting(settings)
        _rhythm.done(well=True)
    except (OSError, imaplib.IMAP4.error) as error:
        # A mailbox that is away keeps what it has.
        logger.warning("the mailbox can’t be read: %s", type(error).__name__)
        _rhythm.done(well=False)


def receive_waiting(settings: Settings) -> int:
    """Take in what is unread in the mailbox, at most fifty; returns how many. Raises OSError or IMAP4.error."""
    taken = 0
    with _opened(settings) as box:
        for number in _unread(box)[:AT_ONCE]:
            raw, size = _fetched(box, number, settings.mail_most)
            fate = ""
            if raw is not None:
                fate = receive(raw, size=size)
                taken += 1
            if fate in PRIVATE_FATES:
                _delete(box, number)
            else:
                _set_aside(box, number, settings.mailbox_done)
    return taken


@contextmanager
def _opened(settings: Settings) -> Iterator[imaplib.IMAP4]:
    trust, where = ssl.create_default_context(), (settings.mailbox_host, settings.mailbox_port)
    if settings.mailbox_tls == "tls":
        box: imaplib.IMAP4 = imaplib.IMAP4_SSL(*where, ssl_context=trust, timeout=TIMEOUT)
    else:
        box = imaplib.IMAP4(*where, timeout=TIMEOUT)
    try:
        if settings.mailbox_tls == "starttls":
            box.starttls(trust)
        box.login(settings.mailbox_user, settings.mailbox_password)
        _well(box.select(_quoted(settings.mailbox_folder)))
        yield box
    finally:
        try:
            box.logout()
        except (OSError, imaplib.IMAP4.error):
            box.shutdown()


def _unread(box: imaplib.IMAP4) -> list[str]:
    found = _well(box.uid("SEARCH", "UNSEEN", "UNDELETED"))
    return b" ".join(one for one in found if isinstance(one, bytes)).decode("ascii", "ignore").split()


def _fetched(box: imaplib.IMAP4, number: str, most: int) -> tuple[bytes | None, int]:
    """The bytes of a mail, without marking it as read; of one that is too large only the beginning, and its size."""
    told = b" ".join(one for one in _well(box.uid("FETCH", number, "(RFC822.SIZE)")) if isinstance(one, bytes))
    size = _SIZE.search(told)
    length = int(size[1]) if size else 0
    part = f"BODY.PEEK[]<0.{MEGABYTE}>" if length > most else "BODY.PEEK[]"
    answer = _well(box.uid("FETCH", number, f"({part})"))
    for one in answer:
        if isinstance(one, tuple) and len(one) > 1:
            return bytes(one[1]), length if length > most else 0
    # Somebody else took it meanwhile.
    return None, 0


def _set_aside(box: imaplib.IMAP4, number: str, folder: str) -> None:
    """Stored: read for good, and out of the way where a folder is named for that."""
    _well(box.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen)"))
    if folder and "MOVE" in box.capabilities:
        _well(box.uid("MOVE", number, _quoted(folder)))


def _delete(box: imaplib.IMAP4, number: str) -> None:
    """Private: gone from the mailbox too. Where a server can't delete one mail alone it is marked as deleted."""
    _well(box.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen \Deleted)"))
    if "UIDPLUS" in box.capabilities:
        _well(box.uid("EXPUNGE", number))


def _well(answer: tuple[str, Sequence[object]]) -> Sequence[object]:
    kind, found = answer
    if kind != "OK":
        raise imaplib.IMAP4.error("the mailbox refused")
    return found


def _quoted(folder: str) -> str:
    words = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{words}"'
