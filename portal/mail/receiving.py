"""A mail comes in: find out what it answers, take it, or see to it that a person does.

In this order: nothing acts twice; what no person wrote is counted and left alone; what is hers is done as her; what is
not certain goes to the coordinators of its network, what belongs nowhere to the administrators. Nothing is thrown away
before somebody could have read it, but for what is private: that nobody may (``receiving_private``).
"""

import logging

from flask import current_app
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from werkzeug.exceptions import HTTPException

from portal.config import MEGABYTE, Settings
from portal.db import db, writing
from portal.mail.answers import Answer, answerable
from portal.mail.operations_receiving import (
    came_too_often,
    count_only,
    pass_on,
    send_back,
    set_aside,
    take_answer,
    take_bounce,
)
from portal.mail.queries_receiving import Source, Writer, is_hers, is_known, source_of, writer_with
from portal.mail.receiving_bounces import bounce_in
from portal.mail.receiving_letter import Letter, open_letter
from portal.mail.receiving_private import Private, private_in, settle_private, stumbled
from portal.mail.receiving_words import SENTENCES
from portal.web.errors import DomainError
from portal.web.languages import in_language

logger = logging.getLogger("staffroom")


def receive(raw: bytes, sent_to: str = "", size: int = 0) -> str:
    """Take in one mail; says what became of it. ``sent_to`` is the envelope's address where it is known.

    ``size`` is the whole size where ``raw`` is only the beginning of a mail that is too large. Raises SQLAlchemyError
    or OSError when it should be tried again; whatever the mail holds raises nothing.
    """
    settings: Settings = current_app.config["SETTINGS"]
    if (size or len(raw)) > settings.mail_most:
        raw, size = raw[:MEGABYTE], size or len(raw)
    letter = open_letter(raw, {current_app.config["MAIL_DOMAIN"]}, sent_to, size)
    with writing():
        private = private_in(letter, sent_to)
        if private is not None:
            return _private(letter, private, settings)
        if is_known(letter.message_id[:300]):
            return "known"
        try:
            return _settle(letter, settings)
        except IntegrityError:
            # The same mail by two ways at once: the other one has it.
            db.session.rollback()
            return "known" if is_known(letter.message_id[:300]) else set_aside(letter, "broken")
        except (SQLAlchemyError, OSError):
            raise
        except Exception:
            # No words of the mail in the log: its bytes are kept for an administrator.
            logger.exception("a mail could not be placed")
            return set_aside(letter, "broken")


def _private(letter: Letter, private: Private, settings: Settings) -> str:
    """The same for what only its writer may read: nothing of it is set aside for anybody."""
    if is_known(letter.message_id[:300]):
        return "not-kept"
    try:
        return settle_private(letter, private, settings.mail_most)
    except IntegrityError:
        db.session.rollback()
        return "not-kept"
    except (SQLAlchemyError, OSError):
        raise
    except Exception as error:
        return stumbled(letter, private, error)


def _settle(letter: Letter, settings: Settings) -> str:
    if letter.kind == "unreadable":
        return set_aside(letter, "unreadable")
    if letter.kind == "bounce" and letter.message is not None:
        return take_bounce(letter, bounce_in(letter.message))
    if letter.kind in ("automatic", "loop") or (letter.kind == "calendar" and not letter.text([])):
        return count_only(letter, letter.kind)
    source = source_of(letter.asked, letter.answers_to)
    if source is None:
        return set_aside(letter, "unknown")
    writer = writer_with(source.asked.person_id) if source.asked else None
    if source.asked is None or writer is None or not is_hers(writer, letter.sender):
        return _not_hers(letter, source)
    if came_too_often(writer.person_id):
        return count_only(letter, "too-many", writer.person_id)
    if letter.size > settings.mail_most:
        with in_language(writer.locale):
            sentence = str(SENTENCES["too-large"]) % {"limit": settings.mail_most // MEGABYTE}
        return send_back(letter, writer, source.network_id, "too-large", sentence, letter.text([writer.name]))
    return _answered(letter, writer, source)


def _not_hers(letter: Letter, source: Source) -> str:
    """Not from one of her addresses, or about nothing that can be answered: a coordinator decides."""
    reason = "other-address" if source.asked else "no-question"
    if source.network_id is None:
        return set_aside(letter, "gone" if source.asked else "unknown")
    return pass_on(letter, source.network_id, reason)


def _answered(letter: Letter, writer: Writer, source: Source) -> str:
    asked, network_id = source.asked, source.network_id
    handler = answerable(asked.what) if asked else None
    if asked is None or asked.is_over or handler is None or handler.network_of(asked.thing_id) is None:
        reason = "out-of-date" if asked and asked.is_over else "gone"
        return pass_on(letter, network_id, reason, writer.person_id) if network_id else set_aside(letter, reason)
    # Taking a text apart and looking into files takes time: nothing is locked meanwhile.
    db.session.rollback()
    text = letter.text([writer.name])
    if not text and not letter.files:
        reason = "locked" if letter.is_locked else "empty"
        return send_back(letter, writer, network_id, reason, _said(reason, writer), letter.words)
    # What is kept and not needed in the end is swept up.
    kept = handler.bring(Answer(writer.person_id, asked.thing_id, text, letter.files))
    try:
        return take_answer(letter, writer, asked, network_id, text, kept)
    except DomainError as refusal:
        return send_back(letter, writer, network_id, "refused", refusal.sentence, text)
    except HTTPException:
        return send_back(letter, writer, network_id, "gone", _said("gone", writer), text)


def _said(reason: str, writer: Writer) -> str:
    with in_language(writer.locale):
        return str(SENTENCES[reason])
