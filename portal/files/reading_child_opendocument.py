"""OpenDocument texts and slides: their words, and the picture that the program laid beside them.

Loaded by ``reading_child`` alone.
"""

import io
import zipfile
from contextlib import suppress
from typing import IO, Any

from odfdo import Document
from PIL import Image

MOST_THUMBNAIL = 2_000_000
PARAGRAPHS = "descendant::text:p | descendant::text:h"

PIECES = "descendant::text() | descendant::text:s | descendant::text:tab | descendant::text:line-break"


def read(kind: str, source: IO[bytes], answer: Any) -> int:
    content = source.read()
    document = Document(io.BytesIO(content))
    if kind == "odp":
        slides = document.body.get_draw_pages()
        answer.pages(len(slides))
        for slide in slides:
            answer.text(words_in(slide) + "\f")
    else:
        if pages := (document.meta.statistic or {}).get("meta:page-count"):
            answer.pages(int(pages))
        answer.text(words_in(document.body))
    if picture := thumbnail(content):
        answer.picture(picture)
    return 0


def words_in(element: Any) -> str:
    return "\n".join(line_of(paragraph) for paragraph in element.get_elements(PARAGRAPHS))


def line_of(paragraph: Any) -> str:
    """Its words; blanks, tabs and line breaks are elements of their own."""
    return "".join(str(piece) if isinstance(piece, str) else " " for piece in paragraph.xpath(PIECES))


def thumbnail(content: bytes) -> Any | None:
    # A picture that can't be read is no reason to lose the words.
    with suppress(Exception), zipfile.ZipFile(io.BytesIO(content)) as archive:
        packed = archive.open("Thumbnails/thumbnail.png").read(MOST_THUMBNAIL)
        return on_white(Image.open(io.BytesIO(packed), formats=("PNG",)))
    return None


def on_white(picture: Any) -> Any:
    ground = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(ground, picture.convert("RGBA")).convert("RGB")
