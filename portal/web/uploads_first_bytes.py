"""What the first bytes of a file say, against what its name says: programs are told from documents here."""

from typing import IO

import puremagic

from portal.web import uploads_refusals as words
from portal.web.uploads_kinds import Kind
from portal.web.uploads_refusals import UploadRefused

HEAD = 8192
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


def check_first_bytes(stream: IO[bytes], kind: Kind) -> None:
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
