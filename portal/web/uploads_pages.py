"""Web pages: taken, and kept without whatever in them acts, fetches or adorns. What stays is words in their order.

A saved page is full of scripts that nobody meant to send. Refusing it would only make a teacher look for another way;
keeping it as it is would hand those scripts to the next one who opens it. It is never shown as a page of ours either.
"""

import io
import re
from tempfile import TemporaryFile
from typing import IO

from portal.web import uploads_pages_child as child
from portal.web import uploads_refusals as words
from portal.web.apart import run_apart
from portal.web.sheets_in_text import NotText, decode
from portal.web.uploads_refusals import UploadRefused

PATIENCE = 15
_BEGINS = re.compile(r"\s*<")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|title|main|article|div|p|h[1-6]|table|ul|ol)\b", re.IGNORECASE)
HEAD = 20_000


def harmless_page(stream: IO[bytes]) -> IO[bytes]:
    """The page in UTF-8 with nothing in it that acts. Raises ``UploadRefused`` for what is no page or holds no words."""
    stream.seek(0)
    try:
        text, _encoding, _notes = decode(stream.read())
    except NotText:
        raise UploadRefused(words.NOT_TEXT, "not-text") from None
    if not _BEGINS.match(text) or not _PAGE.search(text[:HEAD]):
        raise UploadRefused(words.DAMAGED, "not-page")
    with TemporaryFile() as source, TemporaryFile() as output:
        source.write(text.encode("utf-8", "replace"))
        source.seek(0)
        code = run_apart(child.__file__, source=source, output=output, patience=PATIENCE)
        if code:
            raise UploadRefused(words.PAGE_EMPTY if code == child.EMPTY else words.DAMAGED, "page-unread")
        output.seek(0)
        return io.BytesIO(output.read())
