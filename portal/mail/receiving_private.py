"""Answers whose words nobody but their writer may ever read. Whatever becomes of such a mail, no word of it is stored.

Not its text, not its subject, not its bytes, not in a mail of ours, not in the log; no coordinator and no administrator
is handed it. Only what its room reads out of it (a date, minutes) becomes anything. Where that is not possible the one
who was asked is told so at her own address, with a page where she can do the same. What looks private is private: an
address that was cut in two is enough.
"""

import logging
import re
import traceback
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from werkzeug.exceptions import HTTPException

from portal.config import MEGABYTE
from portal.db import db
from portal.mail import answers, operations_private
from portal.mail.answers import Answer, Asked, answerable, asked_by
from portal.mail.operations_receiving import count_only, take_bounce
from portal.mail.queries_receiving import Writer, is_hers, private_mail_among, writer_with
from portal.mail.receiving_bounces import bounce_in
from portal.mail.receiving_letter import Letter
from portal.mail.receiving_message import BROKEN, header
from portal.mail.receiving_words import PRIVATE, SENTENCES
from portal.web import clock
from portal.web.errors import DomainError
from portal.web.languages import in_language

logger = logging.getLogger("staffroom")
HEAD, LATE = 20_000, timedelta(days=7)
_OUR_ID = re.compile(rb"<[0-9a-f]{32}@[^<>\s]{1,200}>")
# What a mailbox need not keep either.
FATES = ("read", "not-kept")


@dataclass(frozen=True, slots=True)
class Private:
    """What a private answer is about, as far as it can be told."""

    asked: Asked | None = None
    person_id: int | None = None
    network_id: int | None = None


def private_in(letter: Letter, sent_to: str = "") -> Private | None:
    """Whether a mail answers something private, and what. None for every other mail."""
    if letter.asked:
        return _about(letter.asked) if answers.is_private(letter.asked.what) else None
    named = [one.decode("ascii", "ignore") for one in _OUR_ID.findall(letter.raw[:HEAD])[:50]]
    found = private_mail_among([*letter.answers_to, *named])
    if found is not None:
        person_id, network_id, reply_to = found
        asked = asked_by(reply_to or "")
        is_its = asked is not None and asked.person_id == person_id and answers.is_private(asked.what)
        return Private(asked if is_its else None, person_id, network_id)
    if not answers.looks_private(letter.raw) and not answers.looks_private(sent_to.encode()):
        return None
    # Only its beginning was read, or it is too broken to be taken apart: the address may still be whole.
    asked = asked_by(letter.raw[:HEAD].decode("ascii", "ignore"))
    return _about(asked) if asked and answers.is_private(asked.what) else Private()


def _about(asked: Asked) -> Private:
    return Private(asked, asked.person_id, _network_of(asked))


def bare(letter: Letter) -> Letter:
    """The fact that it came, without a word of what it says."""
    return replace(letter, raw=b"", subject="", words="", files=[], message=None, sender_name="")


def settle_private(letter: Letter, private: Private, most: int) -> str:
    """Read what can be read out of it, or tell the one who was asked; says which. Raises as ``receive`` does."""
    if letter.kind == "bounce" and letter.message is not None:
        return take_bounce(bare(letter), bounce_in(letter.message))
    if letter.kind in ("automatic", "loop", "calendar"):
        return count_only(bare(letter), letter.kind)
    writer = writer_with(private.person_id) if private.person_id else None
    if writer is None:
        return operations_private.note_gone(bare(letter))
    reason = _reason(letter, private, writer, most)
    return _refused(letter, private, writer, reason, most) if reason else _read(letter, private, writer)


def stumbled(letter: Letter, private: Private, error: Exception) -> str:
    """The portal's own mistake: where it happened goes into the log, and not what it was about."""
    where = "".join(traceback.format_tb(error.__traceback__))
    logger.error("a private answer could not be placed: %s\n%s", type(error).__name__, where)
    db.session.rollback()
    writer = writer_with(private.person_id) if private.person_id else None
    if writer is None or not is_hers(writer, letter.sender):
        return operations_private.note_gone(bare(letter))
    return _refused(letter, private, writer, "broken", 0)


def _reason(letter: Letter, private: Private, writer: Writer, most: int) -> str:
    """Why it can't be taken; empty when it can."""
    if not is_hers(writer, letter.sender):
        return "other-address"
    if operations_private.came_too_often(writer.person_id):
        return "too-many"
    if letter.kind == "unreadable":
        return "unreadable"
    if letter.size > most:
        return "too-large"
    if private.asked is None:
        return "no-question"
    if private.asked.is_over:
        return "out-of-date"
    return "" if _network_of(private.asked) else "gone"


def _read(letter: Letter, private: Private, writer: Writer) -> str:
    # Taking a text apart takes time: nothing is locked meanwhile.
    db.session.rollback()
    text = letter.text([writer.name])
    asked = private.asked
    if not text or asked is None:
        return _refused(letter, private, writer, "locked" if letter.is_locked else "empty", 0)
    try:
        answer = Answer(writer.person_id, asked.thing_id, text, written_at=written_at(letter))
        return operations_private.take_private(bare(letter), writer, asked, private.network_id, answer)
    except DomainError as refusal:
        return operations_private.refuse(
            bare(letter), writer, private.network_id, "refused", refusal.sentence, _instead(private, writer)
        )
    except HTTPException:
        return _refused(letter, private, writer, "gone", 0)


def written_at(letter: Letter) -> datetime:
    """When she wrote it: its Date, where that lies within a week before now; else now."""
    now = clock.now()
    if letter.message is None:
        return now
    try:
        said = parsedate_to_datetime(header(letter.message, "Date"))
    except BROKEN:
        return now
    said = said if said.tzinfo else said.replace(tzinfo=UTC)
    return said if now - LATE <= said <= now else now


def _refused(letter: Letter, private: Private, writer: Writer, reason: str, most: int) -> str:
    with in_language(writer.locale):
        sentence = str((SENTENCES | PRIVATE)[reason])
    if reason == "too-large":
        sentence %= {"limit": most // MEGABYTE}
    instead = "" if reason in ("gone", "out-of-date") else _instead(private, writer)
    return operations_private.refuse(bare(letter), writer, private.network_id, reason, sentence, instead)


def _instead(private: Private, writer: Writer) -> str:
    """Where she can do the same. Made for who she is by now: two records of one person may have become one."""
    handler = answerable(private.asked.what) if private.asked else None
    if handler is None or private.asked is None:
        return ""
    return handler.instead(replace(private.asked, person_id=writer.person_id))


def _network_of(asked: Asked) -> int | None:
    handler = answerable(asked.what)
    return handler.network_of(asked.thing_id) if handler else None
