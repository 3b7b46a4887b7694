"""A mail that came in, taken apart once: who, about what, in which words, with which files."""

from collections.abc import Collection
from dataclasses import dataclass, field
from email.message import Message

from portal.mail.answers import Asked, Attachment, asked_by
from portal.mail.receiving_kinds import kind_of
from portal.mail.receiving_message import BROKEN, addresses, header, headers, ids, message_id, read_message
from portal.mail.receiving_text import held_in, whole, written

# Where servers leave the address that a mail was really sent to; people's own programs write only To and Cc.
_SENT_TO = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc", "Resent-To")


@dataclass(frozen=True)
class Letter:
    """``asked`` is what its address was made for, ``answers_to`` are Message-IDs of mails that it may answer."""

    message_id: str
    raw: bytes
    size: int
    kind: str = "unreadable"
    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    asked: Asked | None = None
    answers_to: list[str] = field(default_factory=list)
    words: str = ""
    files: list[Attachment] = field(default_factory=list)
    is_locked: bool = False
    message: Message | None = None

    def text(self, names: Collection[str]) -> str:
        """Her own words; ``names`` are those that she may sign with."""
        return written(self.message, held_in(self.message), [*names, self.sender_name]) if self.message else ""


def open_letter(raw: bytes, own_domains: Collection[str], sent_to: str = "", size: int = 0) -> Letter:
    """Take a mail apart. ``size`` is its whole size where ``raw`` is only its beginning.

    Never raises for what a mail holds: one that can't be read is ``unreadable``, with its bytes.
    """
    try:
        message = read_message(raw)
        return _opened(message, raw, own_domains, sent_to, size or len(raw))
    except BROKEN:
        return _unreadable(raw, size or len(raw))


def _opened(message: Message, raw: bytes, own_domains: Collection[str], sent_to: str, size: int) -> Letter:
    name, sender = next(iter(addresses(message, "From")), ("", ""))
    held = held_in(message)
    return Letter(
        message_id(message, raw),
        raw,
        size,
        kind_of(message, own_domains),
        sender,
        name,
        header(message, "Subject")[:300],
        _asked(message, sent_to),
        ids(message, "In-Reply-To", "References"),
        whole(held),
        held.files,
        held.is_locked,
        message,
    )


def _asked(message: Message, sent_to: str) -> Asked | None:
    for value in (sent_to, *headers(message, *_SENT_TO)):
        found = asked_by(value)
        if found:
            return found
    return None


def _unreadable(raw: bytes, size: int) -> Letter:
    """The head alone is often whole where the rest is not."""
    try:
        head = read_message(raw[:20_000].partition(b"\r\n\r\n")[0].partition(b"\n\n")[0] + b"\n\n")
        sender = next(iter(addresses(head, "From")), ("", ""))[1]
        return Letter(message_id(head, raw), raw, size, sender=sender, subject=header(head, "Subject")[:300])
    except BROKEN:
        return Letter(message_id(Message(), raw), raw, size)
