"""What Outlook packs into winmail.dat (TNEF, [MS-OXTNEF]): the files in it, and the text where there is no other.

Read by ourselves: the packages for it believe the counts that a mail claims, and sixty bytes that claim four
thousand million properties keep them busy for hours.
"""

import struct
from dataclasses import dataclass, field

from portal.mail.answers import Attachment
from portal.mail.receiving_message import in_letters, tidy

SIGNATURE = 0x223E9F78
MOST_OBJECTS = 2_000
MOST_PROPERTIES = 500
_RENDER, _TITLE, _DATA, _PROPERTIES, _BODY, _MESSAGE = 0x9002, 0x8010, 0x800F, 0x9005, 0x800C, 0x9003
_LONG_NAME, _DATA_OBJECT, _TEXT_BODY, _HTML_BODY = 0x3707, 0x3701, 0x1000, 0x1013
# Sizes of the kinds of property that have one; those of kind 0x1E, 0x1F, 0x0D and 0x102 say their own.
_SIZES = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_OWN_SIZE = {0x1E, 0x1F, 0x0D, 0x102}


@dataclass
class Unpacked:
    text: str = ""
    html: str = ""
    files: list[Attachment] = field(default_factory=list)


def unpack(data: bytes) -> Unpacked:
    """As much of it as can be read; nothing of what is no TNEF at all."""
    found, name, content = Unpacked(), "", b""
    try:
        if struct.unpack_from("<I", data)[0] != SIGNATURE:
            return found
        for kind, value in _objects(data):
            if kind == _RENDER:
                _keep(found, name, content)
                name, content = "", b""
            elif kind == _TITLE:
                name = name or in_letters(value, "cp1252").rstrip("\0")
            elif kind == _DATA:
                content = value
            elif kind == _BODY:
                found.text = in_letters(value, None).rstrip("\0")
            elif kind == _PROPERTIES:
                properties = _properties(value)
                name = _words(properties.get(_LONG_NAME)) or name
                content = content or (properties.get(_DATA_OBJECT) or (0, b""))[1]
            elif kind == _MESSAGE:
                _read_message(found, _properties(value))
    except (struct.error, ValueError, IndexError):
        pass
    _keep(found, name, content)
    return found


def _read_message(found: Unpacked, properties: dict[int, tuple[int, bytes]]) -> None:
    found.text = found.text or _words(properties.get(_TEXT_BODY))
    found.html = found.html or _words(properties.get(_HTML_BODY))


def _keep(found: Unpacked, name: str, content: bytes) -> None:
    if content:
        found.files.append(Attachment(tidy(name)[:200] or "file", content))


def _objects(data: bytes) -> list[tuple[int, bytes]]:
    """(attribute, value) of each object, as far as they are whole."""
    at, found = 6, list[tuple[int, bytes]]()
    while at + 9 <= len(data) and len(found) < MOST_OBJECTS:
        _level, kind, _type, length = struct.unpack_from("<BHHI", data, at)
        if at + 9 + length > len(data):
            break
        found.append((kind, data[at + 9 : at + 9 + length]))
        at += 9 + length + 2
    return found


def _properties(data: bytes) -> dict[int, tuple[int, bytes]]:
    """MAPI properties by their number: (kind, value); those that are named by words are passed over."""
    count, at, found = struct.unpack_from("<I", data)[0], 4, dict[int, tuple[int, bytes]]()
    for _number in range(min(count, MOST_PROPERTIES)):
        if at + 4 > len(data):
            break
        kind, name = struct.unpack_from("<HH", data, at)
        at += 4
        if name >= 0x8000:
            at = _past_name(data, at)
        values = 1
        if kind & 0x1000 or kind in _OWN_SIZE:
            values = min(struct.unpack_from("<I", data, at)[0], MOST_PROPERTIES)
            at += 4
        for _value in range(values):
            value, at = _value_at(data, at, kind & 0x0FFF)
            found.setdefault(name, (kind & 0x0FFF, value))
    return found


def _value_at(data: bytes, at: int, kind: int) -> tuple[bytes, int]:
    if kind in _OWN_SIZE:
        size = struct.unpack_from("<I", data, at)[0]
        value = data[at + 4 : at + 4 + size]
        # An object begins with the 16 bytes that say what kind of object it is.
        return (value[16:] if kind == 0x0D else value), at + 4 + size + (-size % 4)
    size = _SIZES.get(kind, 4)
    return data[at : at + size], at + size


def _past_name(data: bytes, at: int) -> int:
    kind = struct.unpack_from("<I", data, at + 16)[0]
    if kind == 0:
        return at + 24
    size = struct.unpack_from("<I", data, at + 20)[0]
    return int(at + 24 + size + (-size % 4))


def _words(held: tuple[int, bytes] | None) -> str:
    if held is None:
        return ""
    kind, value = held
    words = value.decode("utf-16-le", "replace") if kind == 0x1F else in_letters(value, None)
    return words.split("\0")[0] if kind in (0x1E, 0x1F) else words.rstrip("\0")
