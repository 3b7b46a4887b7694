"""Uploads: what is taken, where it is kept, how it leaves.

``inspect`` believes neither the name nor the browser: the ending must be on our list, the first bytes must agree with
it, and a look inside must find what the ending says and nothing that acts. The parts stand in ``uploads_*`` and
``archives``; everything a room needs is named here.
"""

import hashlib
import io
from collections.abc import Collection
from dataclasses import dataclass
from typing import IO

import puremagic
from flask_babel import gettext as _

from portal.web import uploads_refusals as words
from portal.web.archives_out import Member, zip_stream
from portal.web.uploads_documents import check_office, check_opendocument, check_zip
from portal.web.uploads_kinds import BY_EXTENSION, KINDS, MEGABYTE, PICTURES, TABLES, Kind, our_media_type
from portal.web.uploads_media import check_film, check_model, check_text
from portal.web.uploads_names import extension_of, safe_filename
from portal.web.uploads_pdf import check_pdf
from portal.web.uploads_pictures import drawn_anew
from portal.web.uploads_refusals import UploadRefused
from portal.web.uploads_sending import content_disposition, send_stored, send_zip
from portal.web.uploads_store import ContentStore, Stored

__all__ = [
    "KINDS",
    "PICTURES",
    "TABLES",
    "ContentStore",
    "Inspected",
    "Kind",
    "Member",
    "Stored",
    "UploadRefused",
    "content_disposition",
    "inspect",
    "our_media_type",
    "safe_filename",
    "send_stored",
    "send_zip",
    "zip_stream",
]

HEAD = 8192
CHUNK = 1 << 18
PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"#!",
    b"L\0\0\0\x01\x14\x02\0",
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What the first bytes must look like, in the endings of the library that names them.
LOOKS_LIKE = {
    "pdf": {".pdf"},
    "office": {".docx", ".pptx", ".xlsx"},
    "opendocument": {".odt", ".odp", ".ods", ".docx", ".zip"},
    "archive": {".zip", ".docx"},
    "jpeg": {".jpg", ".jpeg"},
    "png": {".png"},
    "gif": {".gif"},
    "webp": {".webp"},
    "mp4": {".mp4", ".m4v", ".mov"},
    "webm": {".webm", ".mkv"},
}


@dataclass(frozen=True)
class Inspected:
    """A file that may be kept. ``stream`` holds what to keep, from its first byte: pictures and texts may differ from
    what was sent. ``size`` is bytes, ``sha256`` is hex, ``clean_name`` is the name to show."""

    kind: str
    media_type: str
    extension: str
    size: int
    sha256: str
    clean_name: str
    stream: IO[bytes]


def inspect(stream: IO[bytes], filename: str, allowed: Collection[str] | None = None) -> Inspected:
    """Look at a file that somebody sends. ``allowed`` are keys of ``KINDS`` (None: all of them).

    The stream must be able to seek. Raises ``UploadRefused`` with a sentence that says what to send instead.
    """
    name = safe_filename(filename)
    kind = _kind_by_name(name, allowed)
    _check_size(stream, kind)
    _check_first_bytes(stream, kind)
    kept = _look_inside(stream, kind)
    size, digest = _measure(kept)
    return Inspected(kind.key, kind.media_type, extension_of(name), size, digest, name, kept)


def _kind_by_name(name: str, allowed: Collection[str] | None) -> Kind:
    extension = extension_of(name)
    kind = BY_EXTENSION.get(extension)
    if kind is None:
        raise UploadRefused(words.ADVICE.get(extension, words.OTHER_KIND), "kind")
    if allowed is not None and kind.key not in allowed:
        wanted = ", ".join(sorted({ending for other in KINDS if other.key in allowed for ending in other.extensions}))
        raise UploadRefused(_("Another kind of file is wanted here: %(kinds)s.", kinds=wanted), "kind")
    return kind


def _check_size(stream: IO[bytes], kind: Kind) -> None:
    size = stream.seek(0, io.SEEK_END)
    if size == 0:
        raise UploadRefused(words.EMPTY, "empty")
    if size > kind.most:
        sentence = _(
            "This file is larger than %(limit)s MB. Make it smaller, or put it elsewhere and send the link.",
            limit=kind.most // MEGABYTE,
        )
        raise UploadRefused(sentence, "too-large")


def _check_first_bytes(stream: IO[bytes], kind: Kind) -> None:
    stream.seek(0)
    head = stream.read(HEAD)
    if head.startswith(PROGRAMS):
        raise UploadRefused(words.PROGRAM, "program")
    if head.startswith(OLE):
        raise UploadRefused(words.LOCKED if kind.group == "office" else words.DAMAGED, "ole")
    expected = LOOKS_LIKE.get(kind.key) or LOOKS_LIKE.get(kind.group)
    if expected and not expected & _endings(head):
        raise UploadRefused(words.DAMAGED, "first-bytes")


def _endings(head: bytes) -> set[str]:
    try:
        return {found.extension for found in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return set()


def _look_inside(stream: IO[bytes], kind: Kind) -> IO[bytes]:
    if kind.group == "picture":
        return drawn_anew(stream, kind)
    if kind.group == "text":
        return check_text(stream, kind)
    checks = {
        "pdf": check_pdf,
        "office": check_office,
        "opendocument": check_opendocument,
        "archive": check_zip,
        "model": check_model,
        "film": check_film,
    }
    checks[kind.group](stream, kind)
    return stream


def _measure(stream: IO[bytes]) -> tuple[int, str]:
    stream.seek(0)
    known = hashlib.sha256()
    size = 0
    while chunk := stream.read(CHUNK):
        known.update(chunk)
        size += len(chunk)
    stream.seek(0)
    return size, known.hexdigest()
