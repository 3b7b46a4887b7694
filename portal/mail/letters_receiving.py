"""Mails about mails: back to whoever answered, and on to the coordinators."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.mail import kinds, outbox
from portal.mail.queries_receiving import Reader, Writer, network_named
from portal.mail.receiving_letter import Letter
from portal.mail.receiving_words import reason_words
from portal.web.languages import in_language

kinds.declare("answer-sent-back", why=_l("You get this because you answered one of our mails."))
kinds.declare("answer-passed-on", why=_l("You get this because you coordinate this network."))
MOST_SHOWN = 20_000
# What may stand in a header of ours; anything odder is shown in the text alone.
PLAIN = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}")


def send_back(letter: Letter, writer: Writer, network_id: int | None, sentence: object, words: str) -> None:
    """To whoever answered: why it was not taken, with what she wrote, so that nothing is lost."""
    _to_writer(letter, writer, network_id, "answer_sent_back", sentence=str(sentence), words=words[:MOST_SHOWN])


def tell_refused_files(letter: Letter, writer: Writer, network_id: int | None, refused: Sequence[str]) -> None:
    """To whoever answered: it stands there, but for these files."""
    _to_writer(letter, writer, network_id, "answer_without_files", refused=refused)


def tell_not_kept(address: str, writer: Writer, network_id: int | None, sentence: object, instead: str) -> None:
    """To whoever answered something private: it was not taken, why, and where else it can be done. Not one word of hers."""
    name, locale = network_named(network_id) if network_id else ("", "")
    with in_language(writer.locale or locale):
        outbox.queue(
            "answer-sent-back", address, _("Your answer was not taken"), "answer_not_kept", to_name=writer.name,
            person_id=writer.person_id, network_id=network_id, from_name=name, first_name=writer.first_name,
            network_name=name, sentence=str(sentence), instead=instead,
        )  # fmt: skip


def _to_writer(letter: Letter, writer: Writer, network_id: int | None, template: str, **more: Any) -> None:
    name, locale = network_named(network_id) if network_id else ("", "")
    with in_language(writer.locale or locale):
        subject = _("Your answer: %(subject)s", subject=letter.subject) if letter.subject else _("Your answer")
        outbox.queue(
            "answer-sent-back",
            letter.sender,
            subject[:300],
            template,
            to_name=writer.name,
            person_id=writer.person_id,
            network_id=network_id,
            from_name=name,
            headers={"In-Reply-To": letter.message_id, "References": letter.message_id}
            if letter.message_id.startswith("<")
            else {},
            first_name=writer.first_name,
            network_name=name,
            **more,
        )


def pass_on(letter: Letter, reader: Reader, network_id: int, reason: str) -> None:
    """To a coordinator: what came and why it found no place. Her answer goes to the one who wrote it."""
    name, locale = network_named(network_id)
    with in_language(reader.locale or locale):
        outbox.queue(
            "answer-passed-on",
            reader.address,
            _("An answer that found no place: %(subject)s", subject=letter.subject or _("without a subject"))[:300],
            "answer_passed_on",
            to_name=reader.name,
            person_id=reader.person_id,
            network_id=network_id,
            from_name=name,
            reply_to=letter.sender if PLAIN.fullmatch(letter.sender) else None,
            first_name=reader.first_name,
            network_name=name,
            letter=letter,
            reason=reason_words(reason),
            words=letter.words[:MOST_SHOWN],
            files=[file.name for file in letter.files],
        )
