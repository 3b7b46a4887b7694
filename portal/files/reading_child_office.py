"""Word and PowerPoint: their words, notes included, and the small picture that some of them bring along.

Loaded by ``reading_child`` alone.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any

import docx
import pptx
from lxml import etree
from PIL import Image

MOST_THUMBNAIL = 2_000_000
THUMBNAILS = ("docProps/thumbnail.jpeg", "docProps/thumbnail.jpg", "docProps/thumbnail.png")
# Written for programs that do not know the choice beside it: the same words once more.
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "p": "\n"}
# What stands round the text of a document: the end of the type of a relation.
BESIDE = ("/header", "/footer", "/footnotes", "/endnotes", "/diagramData")
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def read(kind: str, source: IO[bytes], answer: Any) -> int:
    if kind == "docx":
        read_document(source, answer)
    else:
        read_slides(source, answer)
    for picture in thumbnails(source):
        answer.picture(picture)
    return 0


def read_document(source: IO[bytes], answer: Any) -> None:
    document = docx.Document(source)
    if pages := claimed(source, "Pages"):
        answer.pages(pages)
    answer.text(words_in(document.element.body))
    seen: set[str] = set()
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(BESIDE):
            words = words_in(etree.fromstring(relation.target_part.blob, PARSER))
            if words not in seen:
                seen.add(words)
                answer.text(words)


def read_slides(source: IO[bytes], answer: Any) -> None:
    show = pptx.Presentation(source)
    answer.pages(len(show.slides))
    for slide in show.slides:
        words = [words_in(slide._element)]
        for relation in slide.part.rels.values():
            if not relation.is_external and relation.reltype.endswith(("/diagramData", "/chart")):
                words.append(words_in(etree.fromstring(relation.target_part.blob, PARSER)))
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            words.append(slide.notes_slide.notes_text_frame.text)
        answer.text("\n".join(words) + "\f")


def words_in(element: Any) -> str:
    """All words below an element, in their order, a line for each paragraph: of tables and text boxes too."""
    for double in list(element.iter(FALLBACK)):
        double.getparent().remove(double)
    return "".join(pieces(element))


def pieces(element: Any) -> Iterator[str]:
    for one in element.iter(etree.Element):
        name = etree.QName(one).localname
        if name in ("t", "v"):
            yield one.text or ""
        else:
            yield BREAKS.get(name, "")


def claimed(source: IO[bytes], name: str) -> int | None:
    """What the file says of itself: nobody knows the pages of a Word file without setting it."""
    with suppress(KeyError, zipfile.BadZipFile), zipfile.ZipFile(source) as archive:
        told = archive.open("docProps/app.xml").read(100_000).decode("utf-8", "replace")
        found = re.search(rf"<(?:\w+:)?{name}>(\d{{1,5}})</", told)
        return int(found[1]) if found else None
    return None


def thumbnails(source: IO[bytes]) -> list[Any]:
    with zipfile.ZipFile(source) as archive:
        for name in archive.namelist():
            # A picture that can't be read is no reason to lose the words.
            if name in THUMBNAILS:
                with suppress(Exception):
                    packed = archive.open(name).read(MOST_THUMBNAIL)
                    return [Image.open(io.BytesIO(packed), formats=("JPEG", "PNG")).convert("RGB")]
    return []
