"""What a file says of itself: its title and its language, so that a form can propose them. Nothing of it is believed.

Only a little of each file is read, and nothing in it is run: documents by the small part that describes them, PDF by its
first and last bytes. What can't be read this way says nothing.
"""

import html
import re
import zipfile
from dataclasses import dataclass
from typing import IO

from sqlalchemy import select

from portal.db import db
from portal.files.models import FileReading, StoredFile
from portal.files.queries import open_file

MOST = 200_000
# Where documents describe themselves, and where they say in which language they are written.
DESCRIBING = ("docProps/core.xml", "meta.xml")
SPEAKING = ("docProps/core.xml", "meta.xml", "word/styles.xml", "styles.xml", "ppt/slides/slide1.xml")
_TITLE = re.compile(rb"<dc:title[^>]{0,200}>([^<]{1,600})</dc:title>")
_LANGUAGE = re.compile(
    rb'<dc:language[^>]{0,200}>([A-Za-z-]{2,12})</dc:language>|<w:lang [^>]{0,200}w:val="([A-Za-z-]{2,12})"'
    rb'|fo:language="([A-Za-z]{2,3})"|<a:\w{0,20}[rR]Pr [^>]{0,200}?lang="([A-Za-z-]{2,12})"'
)
_PDF_TITLE = re.compile(rb"/Title\s{0,5}(?:\(((?:\\.|[^\\()]){1,600})\)|<([0-9A-Fa-f\s]{4,1200})>)")
_PDF_LANGUAGE = re.compile(rb"/Lang\s{0,5}\(([A-Za-z-]{2,12})\)")
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)


@dataclass(frozen=True)
class Told:
    """``title`` and ``language`` (a code without its country) are empty where the file does not say."""

    title: str = ""
    language: str = ""


def told_by_file(file: StoredFile) -> Told:
    """What the file says of itself."""
    try:
        with open_file(file) as content:
            if file.kind == "pdf":
                return _of_pdf(content)
            if file.kind in {"docx", "pptx", "xlsx", "odt", "odp", "ods"}:
                return _of_document(content)
            if file.kind == "markdown":
                heading = re.match(rb"\s{0,20}#{1,3} +([^\r\n]{1,300})", content.read(2_000))
                return Told(title=_text(heading.group(1)) if heading else "")
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, NotImplementedError):
        return Told()
    return Told()


def words_of_files(digests: list[str]) -> str:
    """The first words that were read in these files, as far as they have been read (one query)."""
    wanted = (FileReading.sha256.in_(digests), FileReading.state == "read")
    return " ".join(text[:2_000] for text in db.session.execute(select(FileReading.text).where(*wanted)).scalars())


def _of_document(content: IO[bytes]) -> Told:
    title = language = ""
    with zipfile.ZipFile(content) as archive:
        names = set(archive.namelist())
        for name in (one for one in dict.fromkeys(DESCRIBING + SPEAKING) if one in names):
            with archive.open(name) as part:
                text = part.read(MOST)
            if not title and name in DESCRIBING and (found := _TITLE.search(text)):
                title = _text(found.group(1))
            if not language and (spoken := _LANGUAGE.search(text)):
                language = _code(next(one for one in spoken.groups() if one))
    return Told(title, language)


def _of_pdf(content: IO[bytes]) -> Told:
    size = content.seek(0, 2)
    content.seek(0)
    text = content.read(MOST)
    content.seek(max(len(text), size - MOST))
    text += content.read(MOST)
    title = _PDF_TITLE.search(text)
    language = _PDF_LANGUAGE.search(text)
    return Told(_pdf_text(title) if title else "", _code(language.group(1)) if language else "")


def _pdf_text(found: re.Match[bytes]) -> str:
    raw = found.group(1)
    raw = bytes.fromhex(found.group(2).decode()) if raw is None else _ESCAPED.sub(_unescaped, raw)
    if raw.startswith(b"\xfe\xff"):
        return _clean(raw[2:].decode("utf-16-be", "ignore"))
    return _clean(raw.decode("utf-8" if raw.startswith(b"\xef\xbb\xbf") else "latin-1", "ignore"))


def _unescaped(found: re.Match[bytes]) -> bytes:
    sign = found.group(1)
    if sign[:1].isdigit():
        return bytes([int(sign, 8) % 256])
    return {b"n": b" ", b"r": b" ", b"t": b" ", b"\n": b"", b"\r": b""}.get(sign, sign)


def _text(raw: bytes) -> str:
    return _clean(html.unescape(raw.decode("utf-8", "ignore")))


def _clean(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:300]


def _code(raw: bytes) -> str:
    return raw.decode("ascii").partition("-")[0].lower()
