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

from flask_babel import gettext as _

from portal.web import uploads_refusals as words
from portal.web.archives_out import Member, zip_stream
from portal.web.uploads_documents import check_office, check_opendocument, check_zip
from portal.web.uploads_first_bytes import check_first_bytes
from portal.web.uploads_heic import as_jpeg, as_kept
from portal.web.uploads_kinds import BY_EXTENSION, KINDS, MEGABYTE, PICTURES, TABLES, Kind, our_media_type
from portal.web.uploads_media import check_film, check_model, check_text
from portal.web.uploads_names import extension_of, safe_filename
from portal.web.uploads_pages import harmless_page
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
    "check_announced",
    "content_disposition",
    "inspect",
    "our_media_type",
    "safe_filename",
    "send_stored",
    "send_zip",
    "zip_stream",
]

CHUNK = 1 << 18


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
    check_first_bytes(stream, kind)
    kept = _look_inside(stream, kind)
    kind, name = as_kept(kind, name)
    size, digest = _measure(kept)
    return Inspected(kind.key, kind.media_type, extension_of(name), size, digest, name, kept)


def check_announced(filename: str, size: int) -> None:
    """What can be told of a file by its name and size alone, before any of it comes. Raises ``UploadRefused``."""
    _refuse_size(size, _kind_by_name(safe_filename(filename), None))


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
    _refuse_size(stream.seek(0, io.SEEK_END), kind)


def _refuse_size(size: int, kind: Kind) -> None:
    if size <= 0:
        raise UploadRefused(words.EMPTY, "empty")
    if size > kind.most:
        sentence = _(
            "This file is larger than %(limit)s MB. Make it smaller, or put it elsewhere and send the link.",
            limit=kind.most // MEGABYTE,
        )
        raise UploadRefused(sentence, "too-large")


def _look_inside(stream: IO[bytes], kind: Kind) -> IO[bytes]:
    if kind.key == "heic":
        return as_jpeg(stream)
    if kind.group == "picture":
        return drawn_anew(stream, kind)
    if kind.group == "text":
        return check_text(stream, kind)
    if kind.group == "page":
        return harmless_page(stream)
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
