"""Office documents and archives, looked at from inside: what they hold must be what their name says, and lie still."""

import re
from collections.abc import Callable
from typing import IO

from portal.web import uploads_refusals as words
from portal.web.archives import ArchiveRefused, check_archive
from portal.web.uploads_kinds import BY_EXTENSION, Kind
from portal.web.uploads_names import extension_of
from portal.web.uploads_refusals import UploadRefused

# The part that makes an Office file what its ending says.
MAIN_PART = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml", "xlsx": "xl/workbook.xml"}
MACRO_PARTS = re.compile(
    r"vbaproject|vbadata|(^|/)(macrosheets|activex|customui)/|(^|/)basic/|(^|/)scripts/", re.IGNORECASE
)
EMBEDDED = re.compile(r"(^|/)embeddings/[^/]+\.(xlsx|docx|pptx)$", re.IGNORECASE)
# A whole file wrapped into a document ("package"), as the name of its stream in an OLE container.
PACKAGE = "\x01Ole10Native".encode("utf-16-le")
OLD_MACROS = "_VBA_PROJECT".encode("utf-16-le")
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Only a document type can declare entities that multiply; no office program writes one.
DOCUMENT_TYPE = re.compile(
    rb"<!\s*(?:DOCTYPE|ENTITY)|<\x00!\x00(?:D\x00O|E\x00N)|\x00<\x00!\x00(?:D\x00O|E\x00N)", re.IGNORECASE
)
MACRO_TYPE = re.compile(rb"macroEnabled|vnd\.ms-office\.vba|vnd\.ms-office\.activeX", re.IGNORECASE)
# A template or a linked object that is fetched from elsewhere when the document opens.
REMOTE = re.compile(
    rb"<Relationship\b(?=[^<>]*TargetMode\s*=\s*[\"']External)(?=[^<>]*/(attachedTemplate|oleObject|frame|subDocument)[\"'])[^<>]*>"
)
OVERLAP = 2_000

Look = Callable[[str, bytes], None]


def check_office(stream: IO[bytes], kind: Kind) -> None:
    """DOCX, PPTX, XLSX. Raises ``UploadRefused``."""
    names = _walk(stream, _OfficeInside())
    if "[Content_Types].xml" not in names or MAIN_PART[kind.key] not in names:
        raise UploadRefused(words.DAMAGED, "not-office")


def check_opendocument(stream: IO[bytes], kind: Kind) -> None:
    """ODT, ODP, ODS: the first member says the type. Raises ``UploadRefused``."""
    seen = _OpenDocumentInside()
    names = _walk(stream, seen)
    if names[:1] != ["mimetype"] or seen.mimetype.strip() != kind.media_type.encode() or "content.xml" not in names:
        raise UploadRefused(words.DAMAGED, "not-opendocument")


def check_zip(stream: IO[bytes], kind: Kind) -> None:
    """An archive of files that would each be taken. Raises ``UploadRefused``."""

    def look(name: str, chunk: bytes) -> None:
        if extension_of(name) in words.ARCHIVES:
            raise UploadRefused(words.NESTED, "nested")
        if extension_of(name) in words.RUNS or chunk.startswith((b"MZ", b"\x7fELF")):
            raise UploadRefused(words.RUNS_INSIDE, "program")

    names = _walk(stream, look)
    if not any(extension_of(name) in BY_EXTENSION for name in names):
        raise UploadRefused(words.OTHER_KIND, "nothing-known")


def _walk(stream: IO[bytes], look: Look) -> list[str]:
    try:
        names = check_archive(stream, look=look)
    except ArchiveRefused as refusal:
        raise words.of_archive(refusal) from None
    return names


class _Inside:
    """Looks at each member as it is unpacked; pieces overlap, so that nothing hides across their edge."""

    def __init__(self) -> None:
        self.name = ""
        self.before = b""

    def __call__(self, name: str, chunk: bytes) -> None:
        if name != self.name:
            self.name, self.before = name, b""
            self.starts(name, chunk)
        self.holds(name, self.before + chunk)
        self.before = chunk[-OVERLAP:]

    def starts(self, name: str, chunk: bytes) -> None:
        if MACRO_PARTS.search(name):
            raise UploadRefused(words.MACROS, "macros")
        if chunk.startswith((b"MZ", b"\x7fELF")) or extension_of(name) in words.RUNS:
            raise UploadRefused(words.INSIDE, "program")
        if chunk.startswith(ZIP) and not EMBEDDED.search(name):
            raise UploadRefused(words.NESTED, "nested")

    def holds(self, name: str, content: bytes) -> None:
        if name.endswith((".xml", ".rels")) and DOCUMENT_TYPE.search(content):
            raise UploadRefused(words.INSIDE, "entities")


class _OfficeInside(_Inside):
    def holds(self, name: str, content: bytes) -> None:
        super().holds(name, content)
        if name == "[Content_Types].xml" and MACRO_TYPE.search(content):
            raise UploadRefused(words.MACROS, "macros")
        if name.endswith(".rels") and REMOTE.search(content):
            raise UploadRefused(words.INSIDE, "remote")
        if name.endswith(".bin") and PACKAGE in content:
            raise UploadRefused(words.INSIDE, "package")
        # A workbook behind a chart is read by Office as data; its macros would not be.
        if "/embeddings/" in name and (b"vbaProject" in content or OLD_MACROS in content):
            raise UploadRefused(words.MACROS, "macros")


class _OpenDocumentInside(_Inside):
    def __init__(self) -> None:
        super().__init__()
        self.mimetype = b""

    def starts(self, name: str, chunk: bytes) -> None:
        super().starts(name, chunk)
        if name == "mimetype":
            self.mimetype = chunk[:200]
