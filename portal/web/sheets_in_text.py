"""Bytes to text: a byte order mark, UTF-16 without one, UTF-8, or one of the older one-byte encodings.

Spreadsheet programs save "CSV" in whatever the computer speaks; the bytes themselves say which more often than not.
"""

import codecs
import re

import charset_normalizer
from flask_babel import gettext as _
from flask_babel import ngettext

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What computers in schools have saved as plain text; anything else is a guess too many.
OLDER = [
    "cp1252",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "mac_roman",
    "shift_jis",
    "gb18030",
    "big5",
    "euc_kr",
]
ENCODINGS = ["utf-8", "utf-16-le", "utf-16-be", "cp1250", *OLDER]
# š ž ś ź and, inside a word, what Western Europe reads as ¹ ³ ¿ £ ¥ ¯ ¼ ¾: the marks of a Central European text.
CENTRAL = re.compile(
    rb"(?<=[A-Za-z\x80-\xff])[\x9a\x9c\x9d\x9e\x9f\xb3\xb9\xbe\xbf]|[\x8a\x8c\x8e\x8f\xa3\xaf\xbc](?=[A-Za-z\xe0-\xff])"
)
SAMPLE = 100_000
NEARBY = 60
# One stray byte in a long UTF-8 text is a slip of some program, not another encoding.
SLIPS = 50


class NotText(Exception):
    """These bytes are no text in any encoding that people use."""


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str, list[str]]:
    """The text, the name of its encoding, and sentences about what was odd. Raises ``NotText``.

    ``encoding``, one of ``ENCODINGS``, is what a person said it is, when the guess was wrong.
    """
    known = encoding if encoding in ENCODINGS else None
    text, encoding, notes = (data.decode(known, "replace"), known, []) if known else _decode(data)
    if zeros := text.count("\0"):
        if zeros * 4 > len(text):
            raise NotText
        text = text.replace("\0", "")
        notes.append(_("Empty bytes (NUL) stood in the text and were taken out."))
    if _is_rubbish(text):
        raise NotText
    return text, encoding, notes


def _decode(data: bytes) -> tuple[str, str, list[str]]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), encoding, []
    if wide := _wide_without_mark(data):
        return data.decode(wide, "replace"), wide, []
    try:
        return data.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError:
        return _slightly_broken(data) or _older(data)


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 of mostly Latin text shows as zeros in every second place."""
    sample = data[: SAMPLE & ~1]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half and odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if half and even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _slightly_broken(data: bytes) -> tuple[str, str, list[str]] | None:
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    if lost * SLIPS > beyond_ascii:
        return None
    return text, "utf-8", [ngettext("%(num)s sign could not be read.", "%(num)s signs could not be read.", lost)]


def _older(data: bytes) -> tuple[str, str, list[str]]:
    encoding = _guess(_around_accents(data))
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding, text = "latin-1", data.decode("latin-1")
    note = _(
        "This file does not say how its letters are stored; it was read as %(encoding)s. Check the accents.",
        encoding=encoding,
    )
    return text, encoding, [note]


def _guess(sample: bytes) -> str:
    best = charset_normalizer.from_bytes(sample, cp_isolation=OLDER, preemptive_behaviour=False).best()
    encoding = best.encoding if best else "cp1252"
    # Letter statistics cannot tell cp1250 from cp1252 in a list of names; these signs can.
    if encoding == "cp1252" and _is_central(sample):
        return "cp1250"
    return encoding


def _is_central(sample: bytes) -> bool:
    beyond_ascii = sum(1 for byte in sample if byte > 127)
    czech = b"\xf8" in sample and (b"\xec" in sample or b"\xf9" in sample)
    return czech or len(CENTRAL.findall(sample)) * 8 > beyond_ascii


def _around_accents(data: bytes) -> bytes:
    """What stands around the bytes beyond ASCII: they alone tell the encodings apart."""
    pieces: list[bytes] = []
    size = end = 0
    for found in re.finditer(rb"[\x80-\xff]+", data):
        if found.start() < end:
            continue
        end = found.end() + NEARBY
        pieces.append(data[max(0, found.start() - NEARBY) : end])
        size += len(pieces[-1])
        if size > SAMPLE:
            break
    return b"\n".join(pieces)


def _is_rubbish(text: str) -> bool:
    sample = text[:SAMPLE]
    odd = sum(
        1
        for sign in sample
        if (sign < " " and sign not in "\t\n\r\f\v\x1a\x1e\x1f") or ("\x80" <= sign <= "\x9f" and sign != "\x85")
    )
    return odd * 100 > len(sample)
