"""The name of a file as a person gave it: kept as it is to read, made harmless to show, to send and to unpack."""

import re
import unicodedata

LONGEST = 255
NAMELESS = "file"
# Marks that turn the reading direction hide an ending: "exe.gpj" read backwards is "jpg.exe".
_HIDDEN = re.compile(
    "[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffc\U000e0000-\U000e007f]"
)
_UNSAFE = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=\.|$)", re.IGNORECASE)


def safe_filename(name: str) -> str:
    """The last part of a name without signs that act: no path, no line end, no hidden direction mark, 255 bytes at most.

    Letters of every script, blanks and emoji stay as they are; the ending stays when the rest has to be cut.
    """
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(sign for sign in _HIDDEN.sub("", name) if unicodedata.category(sign) not in ("Cc", "Cs", "Zl", "Zp"))
    # Windows drops blanks and full stops at the end, and with them whatever an ending was meant to say.
    name = " ".join(_UNSAFE.sub("_", name).split()).rstrip(". ")
    if _RESERVED.match(name):
        name = f"_{name}"
    return _cut(name) or NAMELESS


def extension_of(name: str) -> str:
    """The ending in small letters with its dot, or nothing: what the name says the file is."""
    stem, dot, ending = safe_filename(name).rpartition(".")
    return f".{ending.lower()}" if dot and stem.strip(".") and len(ending) <= 10 else ""


def _cut(name: str) -> str:
    if len(name.encode()) <= LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    tail = f"{dot}{ending}" if stem and len(ending.encode()) <= 20 else ""
    head = name[: len(name) - len(tail)]
    return head.encode()[: LONGEST - len(tail.encode())].decode(errors="ignore").rstrip() + tail
