"""Papers: tagged PDF (PDF/UA-1) that Typst sets from a template and plain values. Not one word of what they are about.

A paper is ``templates/papers/<name>.typ``; it reads its values with ``paper.typ``, which also draws the sheet. All words
arrive translated: a template holds none. The same values make the same bytes.
"""

import json
import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from flask import Response, current_app

from portal.web.uploads_sending import attachment

MEDIA_TYPE = "application/pdf"
# Where people write letters on paper of another size.
LETTER = ("en_US", "en_CA", "fr_CA", "es_MX")
NO_SIGN = "could not be displayed"
logger = logging.getLogger("staffroom")


def pdf(name: str, title: str, locale: str, values: Mapping[str, Any]) -> bytes:
    """The paper of that name as a PDF with a title, a language and tags. Raises typst.TypstError for a broken template.

    Where no font of this machine has a sign of somebody's name, the paper is made all the same, without the mark that
    promises every sign: readers with a font of their own still find the text.
    """
    told = dict(values) | {"title": title, "lang": locale.partition("_")[0], "size": _size(locale)}
    inputs = {"values": json.dumps(told, ensure_ascii=False, default=str)}
    try:
        return _compile(name, inputs, ["ua-1"])
    except typst.TypstError as error:
        if NO_SIGN not in str(error):
            raise
        logger.warning("a paper holds a sign that no font here has: %s", name)
        return _compile(name, inputs, None)


def as_download(content: bytes, filename: str) -> Response:
    """The paper as a download."""
    return attachment(content, filename, MEDIA_TYPE)


def _compile(name: str, inputs: dict[str, str], standards: Any) -> bytes:
    folder = Path(current_app.root_path).parent / "templates" / "papers"
    made = typst.compile(
        str(folder / f"{name}.typ"), root=str(folder), font_paths=_fonts(), sys_inputs=inputs, pdf_standards=standards
    )  # fmt: skip
    return bytes(made)


@cache
def _fonts() -> typst.Fonts:
    """Looked up once: those that come with Typst, and those of the machine for scripts that they lack."""
    return typst.Fonts(include_system_fonts=True)


def _size(locale: str) -> str:
    return "us-letter" if locale in LETTER else "a4"
