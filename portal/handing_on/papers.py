"""The document as tagged PDF: the same words, drawn by another hand."""

from typing import Any

from flask import Response

from portal.handing_on.document import Shown
from portal.web import papers

PAPER = "handed"


def as_pdf(found: Shown) -> Response:
    """As a download. Raises typst.TypstError when it can't be set."""
    locale = str(found["language"]).replace("-", "_")
    words = {"facts": found["facts"], "parts": [_with_lines(part) for part in found["parts"]], "foot": found["foot"]}
    content = papers.pdf(PAPER, found["title"], locale, words)
    return papers.as_download(content, f"{file_name(found)}.pdf")


def _with_lines(part: dict[str, Any]) -> dict[str, Any]:
    """Each text as its lines: browsers send two signs at the end of one."""
    pieces = [
        {"title": piece["title"], "lines": [[label, words.splitlines()] for label, words in piece["lines"]]}
        for piece in part["pieces"]
    ]
    return {"title": part["title"], "pieces": pieces}


def file_name(found: Shown) -> str:
    """Of its title: it holds the sender's name and nothing of what is in it."""
    return str(found["title"])
