"""A PDF that only shows pages: no script, no start of programs, no file inside.

Names can be written with escapes (``/J#61vaScript``) and objects can lie in compressed streams; both are undone first.
A name tree called JavaScript without an action in it, as some office programs write, does nothing and is let pass.
"""

import re
import zlib
from collections.abc import Iterator
from typing import IO

from portal.web import uploads_refusals as words
from portal.web.uploads_kinds import Kind
from portal.web.uploads_refusals import UploadRefused

HEADER = re.compile(rb"%PDF-[12]\.\d")
TAIL = 1024
STREAM = re.compile(rb"\bstream\r?\n")
# A dictionary is short; what stands further before the stream belongs to something else.
DICTIONARY = 4_000
MOST_STREAMS = 50_000
UNPACKED = 64_000_000
# Far longer than anything that is looked for.
WINDOW, OVERLAP = 4_000_000, 16_000
# Plain patterns without remarks between the words: they take one walk through the file, however it was made.
_BLANK = rb"[\x00\t\n\f\r ]"
_END = rb"(?=[\x00\t\n\f\r ()<>\[\]{}/%]|$)"
_REFERENCE = _BLANK + rb"{0,20}\d{1,10}" + _BLANK + rb"{1,20}\d{1,5}" + _BLANK + rb"{1,20}R"
ACTS = re.compile(
    rb"/(?:Launch|ImportData|SubmitForm|EmbeddedFiles?|RichMedia)"
    + _END
    + rb"|/JavaScript"
    + _END
    + rb"(?!"
    + _REFERENCE
    + rb")"
)
# Three bytes also turn up by chance in packed pictures: there they count only before a text, a reference or a remark.
SCRIPT = re.compile(
    rb"/JS(?:" + _BLANK + rb"{0,200}(?:[(%](?=[\x20-\x7e\r\n\t]{4})|<[0-9A-Fa-f]{4})|" + _REFERENCE + rb")"
)
LOCKED = re.compile(rb"/Encrypt" + _END)
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
OBJECT_STREAM = re.compile(rb"/ObjStm" + _END)
_GAP = _BLANK + rb"{0,20}"
FLATE_ONLY = re.compile(
    rb"/Filter" + _GAP + rb"(?:\[" + _GAP + rb")?/(?:FlateDecode|Fl)" + _END + _GAP + rb"(?!/(?:ASCII|LZW|Run|Crypt))"
)


def check_pdf(stream: IO[bytes], kind: Kind) -> None:
    """Raises ``UploadRefused``."""
    stream.seek(0)
    content = stream.read()
    stream.seek(0)
    end = content[-TAIL:]
    if not HEADER.match(content) or b"%%EOF" not in end or b"PK\x05\x06" in end:
        raise UploadRefused(words.DAMAGED, "not-pdf")
    is_locked = False
    for plain in _windows(content):
        _look(plain)
        is_locked = is_locked or LOCKED.search(plain) is not None
    budget = UNPACKED
    for packed in _object_streams(content):
        if is_locked:
            raise UploadRefused(words.PDF_LOCKED, "pdf-locked")
        objects = _unpacked(packed, budget)
        budget -= len(objects)
        _look(_unescaped(objects))


def _windows(content: bytes) -> Iterator[bytes]:
    """The file without escapes, a few megabytes at a time: a second copy of a large one would fill the memory.

    Each begins where the one before has not ended yet, and ends in a sign that ends no name: what the cut divides is
    whole in the next.
    """
    for start in range(0, len(content), WINDOW):
        end = start + WINDOW + OVERLAP
        yield _unescaped(content[start:end]) + (b"" if end >= len(content) else b"X")


def _unescaped(content: bytes) -> bytes:
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), content)


def _look(plain: bytes) -> None:
    if ACTS.search(plain) or SCRIPT.search(plain):
        raise UploadRefused(words.PDF_ACTS, "pdf-acts")


def _object_streams(content: bytes) -> Iterator[memoryview]:
    """The packed streams that hold objects, each from its first byte on."""
    whole = memoryview(content)
    for number, start in enumerate(STREAM.finditer(content)):
        if number > MOST_STREAMS:
            raise UploadRefused(words.BOMB, "pdf-bomb")
        opened = content.rfind(b"obj", max(0, start.start() - DICTIONARY), start.start())
        dictionary = _unescaped(content[max(opened, start.start() - DICTIONARY, 0) : start.start()])
        if not OBJECT_STREAM.search(dictionary) or b"/Filter" not in dictionary:
            continue
        if not FLATE_ONLY.search(dictionary):
            raise UploadRefused(words.PDF_LOCKED, "pdf-filter")
        yield whole[start.end() :]


def _unpacked(packed: memoryview, most: int) -> bytes:
    """At most so many bytes; an object stream that holds more is made to hurt."""
    try:
        tool = zlib.decompressobj()
        objects = tool.decompress(packed, most + 1)
    except zlib.error:
        raise UploadRefused(words.DAMAGED, "pdf-stream") from None
    if len(objects) > most:
        raise UploadRefused(words.BOMB, "pdf-bomb")
    return objects
