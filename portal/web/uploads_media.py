"""Text, models, films and sound: a light look that they are what they say. They leave as downloads and never run."""

import io
import struct
from typing import IO

from portal.web import uploads_refusals as words
from portal.web.sheets_in_text import NotText, decode
from portal.web.uploads_kinds import Kind
from portal.web.uploads_refusals import UploadRefused

STL_HEADER, STL_FACET = 84, 50
HEAD = 4096
TOP_BOXES = 64
LAYER_III = 0x02


def check_text(stream: IO[bytes], kind: Kind) -> IO[bytes]:
    """The text in UTF-8: as it was when it already is, written anew when it came in an older encoding."""
    stream.seek(0)
    content = stream.read()
    try:
        text, encoding, _notes = decode(content)
    except NotText:
        raise UploadRefused(words.NOT_TEXT, "not-text") from None
    if kind.key == "vtt" and not text.lstrip("\ufeff").startswith("WEBVTT"):
        raise UploadRefused(words.NOT_SUBTITLES, "not-subtitles")
    stream.seek(0)
    if encoding in ("utf-8", "utf-8-sig") and b"\0" not in content:
        return stream
    # Excel knows UTF-8 in a CSV only by its mark.
    return io.BytesIO(text.encode("utf-8-sig" if kind.key == "csv" else "utf-8"))


def check_model(stream: IO[bytes], kind: Kind) -> None:
    """STL (binary by its length, or ASCII) and PLY by its header. Raises ``UploadRefused``."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    head = stream.read(HEAD)
    stream.seek(0)
    is_sound = _is_ply(head) if kind.key == "ply" else _is_stl(head, size)
    if not is_sound:
        raise UploadRefused(words.DAMAGED, "not-model")


def _is_stl(head: bytes, size: int) -> bool:
    if len(head) >= STL_HEADER and size == STL_HEADER + STL_FACET * struct.unpack_from("<I", head, 80)[0]:
        return True
    return head.lstrip().startswith(b"solid") and b"facet" in head and b"\0" not in head


def _is_ply(head: bytes) -> bool:
    lines = head.split(b"end_header")[0].splitlines()
    return b"end_header" in head and lines[:1] == [b"ply"] and len(lines) > 1 and lines[1].startswith(b"format ")


def check_film(stream: IO[bytes], kind: Kind) -> None:
    """MP4 by its boxes, WebM by its header, MP3 by its tag or first frame. Raises ``UploadRefused``."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    head = stream.read(HEAD)
    sound = {"mp4": lambda: _has_boxes(stream, size), "webm": lambda: _is_webm(head), "mp3": lambda: _is_mp3(head)}
    is_sound = sound[kind.key]()
    stream.seek(0)
    if not is_sound:
        raise UploadRefused(words.DAMAGED, "not-film")


def _has_boxes(stream: IO[bytes], size: int) -> bool:
    """The boxes of an MP4 follow each other to the end; ``ftyp`` comes first and ``moov`` or ``moof`` is among them."""
    place = 0
    names: list[bytes] = []
    while place + 8 <= size and len(names) < TOP_BOXES:
        stream.seek(place)
        length, name = struct.unpack(">I4s", stream.read(8))
        if length == 1:
            length = struct.unpack(">Q", stream.read(8).ljust(8, b"\0"))[0]
        elif length == 0:
            length = size - place
        if length < 8:
            return False
        names.append(name)
        place += length
    return (
        names[:1] == [b"ftyp"] and (b"moov" in names or b"moof" in names) and (place >= size or len(names) == TOP_BOXES)
    )


def _is_webm(head: bytes) -> bool:
    return head.startswith(b"\x1a\x45\xdf\xa3") and b"\x42\x82\x84webm" in head[:100]


def _is_mp3(head: bytes) -> bool:
    if head.startswith(b"ID3"):
        return len(head) > 10 and head[3] in (2, 3, 4) and all(byte < 128 for byte in head[6:10])
    is_frame = len(head) > 4 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] & 0x06 == LAYER_III
    return is_frame and head[2] & 0xF0 not in (0x00, 0xF0) and head[2] & 0x0C != 0x0C
