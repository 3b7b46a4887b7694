"""Notices that a mail of ours did not arrive (RFC 3464, and the ones that only say so in words)."""

import re
from dataclasses import dataclass
from email.message import Message
from itertools import islice

from portal.mail.receiving_message import MOST_PARTS, addresses, data_of, header, ids, in_letters, leaves, read_message

_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_DAEMON = re.compile(r"^(?:mailer-daemon|postmaster|mail-daemon|mmdf|no-?reply-bounce)@", re.I)
_FAILED = re.compile(
    r"undeliver|delivery (?:status notification|failure|has failed)|mail delivery|returned mail|failure notice"
    r"|unzustellbar|nicht zustellbar|non remis|no se puede entregar|impossibile recapitare|onbestelbaar|niedostarczon",
    re.I,
)
_ADDRESS = re.compile(r"[^\s@<>\[\]();,\"']+@[^\s@<>\[\]();,\"']+\.\w+")


@dataclass(frozen=True, slots=True)
class Bounce:
    """``message_id`` is our mail's; ``status`` is like 5.1.1; all may be empty where a server says little."""

    message_id: str
    address: str
    status: str
    reason: str
    action: str = "failed"


def is_bounce(message: Message) -> bool:
    """A report about a delivery, or a letter of some mail server about one."""
    if message.get_content_type() == "multipart/report":
        kind = str(message.get("Content-Type", "")).lower()
        return "delivery-status" in kind or any(
            one.get_content_type() == "message/delivery-status" for one in _parts(message)
        )
    from_daemon = any(_DAEMON.match(address) for _name, address in addresses(message, "From"))
    empty_path = (header(message, "Return-Path") or "-").strip() == "<>"
    return (from_daemon or empty_path) and bool(_FAILED.search(header(message, "Subject")))


def bounce_in(message: Message) -> Bounce:
    """What the notice says about one mail: the first address that failed."""
    fields, words, about = "", "", ""
    for part in _parts(message):
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            fields += _fields(part)
        elif kind in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
            about = about or _inner_id(part)
        elif kind == "text/plain":
            words += in_letters(data_of(part), part.get_content_charset())[:5000]
    told = _of(fields, "Final-Recipient") or _of(fields, "Original-Recipient")
    status = _of(fields, "Status") or next((found[0] for found in _STATUS.finditer(words)), "")
    address = told.partition(";")[2].strip() if ";" in told else told
    reason = _of(fields, "Diagnostic-Code") or header(message, "Subject")
    named = _ADDRESS.search(address or words)
    about = about or next(iter(ids(message, "X-Failed-Message-ID", "In-Reply-To", "References")), "") or _id_in(words)
    clean = _STATUS.search(status)
    action = _of(fields, "Action").lower() or "failed"
    return Bounce(about, named[0] if named else "", clean[0] if clean else "", reason[:300], action)


def _parts(message: Message) -> list[Message]:
    """The parts of a report, the inner mail's head among them."""
    return list(islice(leaves(message), MOST_PARTS))


def _fields(part: Message) -> str:
    """The groups of fields of a delivery status: each is a little message of its own."""
    held = part.get_payload()
    if isinstance(held, list):
        groups = [one for one in held[:50] if isinstance(one, Message)]
        return (
            "\n".join(f"{name}: {' '.join(str(value).split())}" for one in groups for name, value in one.items()) + "\n"
        )
    return in_letters(data_of(part), None)


def _of(fields: str, name: str) -> str:
    found = re.search(rf"^{name}:[ \t]*(.+)$", fields, re.I | re.M)
    return found[1].strip()[:500] if found else ""


def _inner_id(part: Message) -> str:
    held = part.get_payload()
    inner = held[0] if isinstance(held, list) and held and isinstance(held[0], Message) else None
    if inner is None:
        inner = read_message(data_of(part)[:100_000])
    return next(iter(ids(inner, "Message-ID")), "")


def _id_in(words: str) -> str:
    found = re.search(r"Message-ID:\s*(<[^<>\s]{1,290}>)", words, re.I)
    return found[1] if found else ""
