"""The bytes of a mail as something to ask: headers without surprises, its parts without going on for ever.

Mails come broken in every way. Nothing here raises for what a mail holds, but ``read_message`` for one that can't be
taken apart at all; whoever calls it keeps the bytes.
"""

import base64
import email
import hashlib
import re
from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses

MOST_PARTS = 200
# What the standard library may raise for a mail that is broken; none of it is our mistake.
BROKEN = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    OverflowError,
    RecursionError,
    MessageError,
)
DEEPEST = 20
MOST_HEADER = 20_000
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_ID = re.compile(r"<[^<>\s]{1,290}>")
# Without these a single line could hold what an attacker wants a reader to see or a server to obey.
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")


def read_message(raw: bytes) -> Message:
    """The mail as a tree of parts. Raises RecursionError or ValueError for one that nobody could read."""
    return email.message_from_bytes(raw, policy=policy.compat32)


def header(message: Message, name: str) -> str:
    """One header in words: decoded, on one line, without control characters; empty when it is not there."""
    try:
        value = message.get(name)
    except BROKEN:
        return ""
    return tidy(_decoded(str(value)[:MOST_HEADER])) if value is not None else ""


def headers(message: Message, *names: str) -> Iterator[str]:
    """All values of some headers."""
    for name in names:
        for value in (message.get_all(name) or [])[:50]:
            yield tidy(_decoded(str(value)[:MOST_HEADER]))


def tidy(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


def _decoded(value: str) -> str:
    try:
        pieces = decode_header(value)
    except BROKEN:
        return value
    return "".join(piece if isinstance(piece, str) else in_letters(piece, charset) for piece, charset in pieces)


def in_letters(data: bytes, charset: str | None) -> str:
    """Bytes as text, whatever their label says.

    Many mails call UTF-8 by another name, or Windows' letters Latin-1; bytes that are good UTF-8 are nothing else.
    """
    named = (charset or "").strip().strip("\"'").lower()
    if named in ("", "us-ascii", "ascii", "utf8", "utf-8", "iso-8859-1", "latin1", "latin-1", "unknown-8bit"):
        tried = ["utf-8", "cp1252"]
    else:
        tried = [{"gb2312": "gb18030", "iso-8859-8-i": "iso-8859-8"}.get(named, named), "utf-8", "cp1252"]
    for one in tried:
        try:
            return data.decode(one)
        except (UnicodeError, LookupError, ValueError):
            continue
    return data.decode("latin-1")


def addresses(message: Message, *names: str) -> list[tuple[str, str]]:
    """(name, address) of some headers; an address without @ is none."""
    try:
        pairs = getaddresses(list(headers(message, *names)))
    except BROKEN:
        return []
    return [(tidy(name)[:200], address.strip()[:320]) for name, address in pairs if "@" in address][:100]


def ids(message: Message, *names: str) -> list[str]:
    """Message-IDs in some headers, the last ones first: the last of References is what is being answered."""
    return [one for name in names for value in headers(message, name) for one in reversed(_ID.findall(value))][:50]


def message_id(message: Message, raw: bytes) -> str:
    """What this mail is known by; the hash of its bytes where it has no Message-ID."""
    found = ids(message, "Message-ID")
    return found[0] if found else f"sha256:{hashlib.sha256(raw).hexdigest()}"


def leaves(message: Message, deep: int = 0) -> Iterator[Message]:
    """The parts that hold something, in order. A mail inside the mail is one part: its words are somebody else's."""
    held = message.get_payload()
    if message.get_content_maintype() != "multipart" or not isinstance(held, list):
        yield message
        return
    if deep < DEEPEST:
        for part in held[:MOST_PARTS]:
            if isinstance(part, Message):
                yield from leaves(part, deep + 1)


def data_of(part: Message) -> bytes:
    """The bytes of a part, as far as its coding can be undone."""
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64":
        return _from_base64(part.get_payload())
    try:
        payload = part.get_payload(decode=True)
    except BROKEN:
        payload = None
    if isinstance(payload, bytes):
        return payload
    held = part.get_payload()
    return held.encode("utf-8", "surrogateescape") if isinstance(held, str) else b""


def _from_base64(held: object) -> bytes:
    """Cut off, badly padded, with signs between: whatever is whole of it."""
    letters = _NOT_BASE64.sub(b"", held.encode("ascii", "ignore")) if isinstance(held, str) else b""
    return base64.b64decode(letters[: len(letters) - len(letters) % 4] + _rest(letters))


def _rest(letters: bytes) -> bytes:
    """The last letters, made a whole group where they hold a byte."""
    over = letters[len(letters) - len(letters) % 4 :]
    return over + b"=" * (4 - len(over)) if len(over) > 1 else b""


def name_of(part: Message) -> str:
    """What a part calls itself, on one line."""
    try:
        named = part.get_filename() or ""
    except BROKEN:
        named = ""
    return tidy(_decoded(str(named)[:1000]))[:200]


def text_of(part: Message) -> str:
    """The words of a text part."""
    try:
        charset = part.get_content_charset()
    except BROKEN:
        charset = None
    return in_letters(data_of(part), charset)
