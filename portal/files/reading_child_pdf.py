"""A PDF: the words of its pages first, then pictures of the first ones. Loaded by ``reading_child`` alone."""

from contextlib import suppress
from typing import IO, Any

import pypdfium2
import pypdfium2.raw as pdfium

LOCKED = 3
MOST_PAGES = 500
WIDTH, HEIGHT = 1000, 3000


def read(kind: str, source: IO[bytes], answer: Any) -> int:
    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            return LOCKED
        raise
    answer.pages(len(document))
    for number in range(min(len(document), MOST_PAGES)):
        if not answer.wants_text:
            break
        # One broken page does not hide the others.
        with suppress(pypdfium2.PdfiumError):
            answer.text(words_of(document[number]) + "\f")
    # What is typed into a form is drawn with the page. Its scripts can't run: there is no interpreter in here.
    with suppress(pypdfium2.PdfiumError):
        document.init_forms()
    for number in range(len(document)):
        if not answer.wants_pictures:
            break
        try:
            answer.picture(drawn(document[number]))
        except pypdfium2.PdfiumError:
            answer.reason("page-broken")
    return 0


def words_of(page: Any) -> str:
    text = page.get_textpage()
    return str(text.get_text_range(0, min(text.count_chars(), 100_000)))


def drawn(page: Any) -> Any:
    """The page as dots: as wide as a screen needs, and never larger than fits into memory, whatever size it claims."""
    width, height = page.get_size()
    if min(width, height) < 1 or max(width, height) > 100 * min(width, height):
        raise pypdfium2.PdfiumError("a page of no size")
    scale = min(WIDTH / width, HEIGHT / height)
    return page.render(scale=scale).to_pil().convert("RGB")
