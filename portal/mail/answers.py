"""What can be answered by mail, and the address that such an answer goes to.

``answer+<what>-<person>-<thing>-<day>-<signature>@<reply domain>``: numbers in hexadecimal, the signature in base 32,
at most 64 characters before the @, and nothing but small letters, since servers on the way may change their case.
We can't check SPF or DKIM of what comes in: the signed address itself is the secret. Whoever holds it *and* writes
from one of that person's own addresses is taken to be her; anybody else's answer goes to a coordinator, unposted.

A room adds what it wants answered in one line::

    answers.declare("topic", network_of=network_of_topic, take=post_answer)
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app

from portal.web import clock

DAYS = 365
LONGEST = 64
_TOKEN = re.compile(r"answer\+([a-z]{1,10})-([0-9a-f]{1,8})-([0-9a-f]{1,8})-([0-9a-f]{1,5})-([a-z2-7]{20})")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an answer is about: ``person_id`` was asked."""

    what: str
    person_id: int
    thing_id: int
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person wrote back: her own words, as Markdown-safe plain text, and what hung on the mail."""

    person_id: int
    thing_id: int
    text: str
    attachments: Sequence[Attachment] = ()
    # When she wrote it, as far as her program's clock can be believed.
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """The attachments that were kept, and a sentence for each that was not."""

    file_ids: Sequence[int] = ()
    refused: Sequence[str] = ()


def bring_nothing(answer: Answer) -> Brought:
    return Brought()


def leads_nowhere(asked: Asked) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Answerable:
    """``bring`` keeps files before the transaction; ``take`` acts inside it and may raise DomainError, NotHere, NotYours.

    Of what ``is_private`` no word is stored, whatever becomes of the mail, and nobody else is told: see
    ``receiving_private``. ``instead`` is the address of a page where she can do the same.
    """

    network_of: Callable[[int], int | None]
    take: Callable[[Answer, Brought], object]
    bring: Callable[[Answer], Brought] = bring_nothing
    is_private: bool = False
    instead: Callable[[Asked], str] = leads_nowhere


_known: dict[str, Answerable] = {}


def declare(
    what: str,
    *,
    network_of: Callable[[int], int | None],
    take: Callable[[Answer, Brought], object],
    bring: Callable[[Answer], Brought] = bring_nothing,
) -> None:
    """Let a thing be answered by mail. ``what`` is one to ten small letters."""
    _declare(what, Answerable(network_of, take, bring))


def declare_private(
    what: str,
    *,
    network_of: Callable[[int], int | None],
    take: Callable[[Answer, Brought], object],
    instead: Callable[[Asked], str] = leads_nowhere,
) -> None:
    """Let a thing be answered by mail whose words nobody but its writer may ever read: none of them is kept."""
    _declare(what, Answerable(network_of, take, is_private=True, instead=instead))


def _declare(what: str, how: Answerable) -> None:
    if not re.fullmatch(r"[a-z]{1,10}", what):
        raise ValueError(f"{what!r} is not a name of small letters")
    _known[what] = how


def answerable(what: str) -> Answerable | None:
    return _known.get(what)


def is_private(what: str) -> bool:
    handler = _known.get(what)
    return handler is not None and handler.is_private


def looks_private(raw: bytes) -> bool:
    """Whether an address for a private answer stands anywhere in these bytes, even one that is broken or not ours."""
    words = b"|".join(what.encode() for what in sorted(_known) if is_private(what))
    return bool(words) and re.search(rb"answer\+(?:" + words + rb")\b", raw, re.I) is not None


def address_for(what: str, person_id: int, thing_id: int) -> str | None:
    """Where this person's answer goes, or None when the portal has no reply domain: then a coordinator is asked."""
    domain = current_app.config["SETTINGS"].mail_reply_domain
    if not domain:
        return None
    words = f"{what}-{person_id:x}-{thing_id:x}-{_today():x}"
    return f"answer+{words}-{_signature(words)}@{domain}"


def asked_by(address: str) -> Asked | None:
    """What an address was made for, or None when it is none of ours."""
    found = _TOKEN.search(address.casefold())
    if found is None:
        return None
    what, person, thing, day, signature = found.groups()
    if not hmac.compare_digest(_signature(f"{what}-{person}-{thing}-{day}"), signature):
        return None
    return Asked(what, int(person, 16), int(thing, 16), is_over=_today() - int(day, 16) > DAYS)


def _today() -> int:
    return int(clock.now().timestamp() // timedelta(days=1).total_seconds())


def _signature(words: str) -> str:
    key = current_app.config["SETTINGS"].key("answers")
    return base64.b32encode(hmac.digest(key, words.encode(), hashlib.sha256)[:12]).decode().rstrip("=").lower()
