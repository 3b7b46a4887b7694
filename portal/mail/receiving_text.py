"""What somebody wrote: the right part of her mail, lines as she broke them, without quotes and signatures."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from email.message import Message
from itertools import islice

from portal.mail.answers import Attachment
from portal.mail.receiving_html import CUT, words_of
from portal.mail.receiving_message import MOST_PARTS, data_of, header, leaves, name_of, text_of
from portal.mail.receiving_quotes import without_quotes
from portal.mail.receiving_signatures import without_signature
from portal.mail.receiving_tnef import unpack

MOST_TEXT = 400_000
MOST_FILES = 20
SMALL_PICTURE = 5_000
_FORWARD = re.compile(r"^\s*(?:fwd?|wg|tr|rv|i|enc|doorst|pd|yml)\s*:", re.I)
_LOGO = re.compile(r"logo|^image00\d|^outlook-|signature|^~WRD|^banner|icon", re.I)
_EMPTY_QUOTE = re.compile(r"(?:\n>+ *)+$")
_PICTURE = re.compile(r"\[(?:cid|image|inline image|bild|imagen?|immagine)\s?:[^\[\]\n]{0,200}\]", re.I)
_SIGNED = ("pkcs7-signature", "x-pkcs7-signature", "pgp-signature", "pgp-keys")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffc\x00-\x08\x0b-\x1f\x7f]")


@dataclass
class Held:
    """What the parts of a mail hold."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    is_locked: bool = False


def held_in(message: Message) -> Held:
    """Texts and files of a mail, winmail.dat unpacked, signatures of machines and little pictures of logos left out."""
    held = Held()
    for part in islice(leaves(message), MOST_PARTS):
        kind, sort = part.get_content_maintype(), part.get_content_subtype()
        if sort in ("ms-tnef", "vnd.ms-tnef") or name_of(part).casefold() == "winmail.dat":
            _unpack(part, held)
        elif kind == "text" and sort in ("plain", "html") and not _is_attached(part):
            (held.plain if sort == "plain" else held.html).append(text_of(part)[:MOST_TEXT])
        elif sort in ("pkcs7-mime", "x-pkcs7-mime", "pgp-encrypted", "encrypted"):
            held.is_locked = True
        elif not _is_nothing(part) and len(held.files) < MOST_FILES:
            held.files.append(_file(part))
    return held


def written(message: Message, held: Held, names: Collection[str]) -> str:
    """Her own words, ready to be posted; empty when there are none."""
    is_forward = bool(_FORWARD.match(header(message, "Subject")))
    flowed = _is_flowed(message)
    for text in (_joined(_unflowed(one) if flowed else _PICTURE.sub("", one) for one in held.plain), _from_html(held)):
        own = _own(text, names, is_forward)
        if own:
            return own
    return ""


def whole(held: Held) -> str:
    """Everything that the mail says, quotes and all: for a person who has to find its place."""
    return _tidy(_joined(held.plain) or _from_html(held).replace(CUT, ""))


def _own(text: str, names: Collection[str], is_forward: bool) -> str:
    pieces = without_quotes(_tidy(text), is_forward)
    signed = [piece if _is_quote(piece) else without_signature(piece, names) for piece in pieces]
    kept = [_EMPTY_QUOTE.sub("", piece.strip("\n")) for piece in signed]
    # What was only a signature between or below quotes leaves the quotes above it without an answer.
    while kept and (not kept[-1].strip() or _is_quote(kept[-1])):
        kept.pop()
    if sum(bool(piece.strip()) and not _is_quote(piece) for piece in kept) < 2:
        kept = [piece for piece in kept if not _is_quote(piece)]
    return re.sub(r"\n{3,}", "\n\n", "\n\n".join(piece for piece in kept if piece.strip())).strip()


def _is_quote(piece: str) -> bool:
    return piece.lstrip().startswith(">")


def _joined(texts: Iterable[str]) -> str:
    return "\n\n".join(text.strip("\r\n") for text in texts if text.strip())


def _from_html(held: Held) -> str:
    return _joined(words_of(one) for one in held.html)


def _tidy(text: str) -> str:
    """Plain line ends and blanks; nothing that can't be seen."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\t", "    ").split("\n")
    return "\n".join(line if line == CUT else _INVISIBLE.sub("", line).rstrip() for line in lines)


def _is_flowed(message: Message) -> bool:
    first = next(
        (part for part in islice(leaves(message), MOST_PARTS) if part.get_content_type() == "text/plain"), None
    )
    if first is None:
        return False
    return "format=flowed" in str(first.get("Content-Type", "")).replace(" ", "").replace('"', "").lower()


def _unflowed(text: str) -> str:
    """RFC 3676: a blank at the end of a line means that the paragraph goes on in the next one."""
    done: list[str] = []
    goes_on, depth = False, 0
    for line in text.replace("\r\n", "\n").split("\n"):
        mark = len(line) - len(line.lstrip(">"))
        words = line[mark:].removeprefix(" ")
        is_rule = words in ("-- ", "--")
        if goes_on and mark == depth and not is_rule:
            done[-1] += words
        else:
            done.append(">" * mark + (" " if mark else "") + words)
        goes_on, depth = words.endswith(" ") and not is_rule, mark
    return "\n".join(done)


def _is_attached(part: Message) -> bool:
    return str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")


def _is_nothing(part: Message) -> bool:
    """What machines add: signatures, the calendar's own copy, the logo below a name."""
    if part.get_content_subtype() in _SIGNED or part.get_content_type() in ("text/calendar", "message/delivery-status"):
        return True
    if part.get_content_maintype() != "image":
        return not name_of(part) and part.get_content_type() in ("text/plain", "application/octet-stream")
    is_inline = "Content-ID" in part or str(part.get("Content-Disposition", "")).strip().lower().startswith("inline")
    return is_inline and (len(data_of(part)) < SMALL_PICTURE or bool(_LOGO.search(name_of(part))))


def _file(part: Message) -> Attachment:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        data = inner[0].as_bytes() if isinstance(inner, list) and isinstance(inner[0], Message) else b""
        return Attachment(name_of(part) or "mail.eml", data)
    return Attachment(name_of(part) or f"file.{part.get_content_subtype()}"[:40], data_of(part))


def _unpack(part: Message, held: Held) -> None:
    found = unpack(data_of(part))
    if found.text and not held.plain:
        held.plain.append(found.text)
    if found.html and not held.html:
        held.html.append(found.html)
    held.files.extend(found.files[: max(0, MOST_FILES - len(held.files))])
