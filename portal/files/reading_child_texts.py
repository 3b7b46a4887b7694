"""Plain texts, subtitles, web pages and the names in an archive. Loaded by ``reading_child`` alone."""

import re
import zipfile
from typing import IO, Any

from lxml import etree, html

MOST_BYTES = 500_000
MOST_OF_A_PAGE = 5_000_000
# Lines of subtitles that nobody speaks: the head, remarks, numbers and times.
TIMES = re.compile(r"^\s*(?:\d{1,2}:)?\d{1,2}:\d\d[.,]\d+\s*-->")
TAGS = re.compile(r"</?[a-z0-9.]*(?:\s[^<>]*)?>|<[\d:.]+>", re.IGNORECASE)
BLOCKS = {
    *("p", "div", "li", "tr", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "table", "title"),
    *("dt", "dd", "ul", "ol", "dl", "caption"),
}

CELLS = {"td", "th"}


def read(kind: str, source: IO[bytes], answer: Any) -> int:
    if kind == "zip":
        with zipfile.ZipFile(source) as archive:
            answer.text("\n".join(archive.namelist()))
    elif kind == "page":
        answer.text(page(source.read(MOST_OF_A_PAGE)))
    else:
        text = source.read(MOST_BYTES).decode("utf-8-sig", "replace")
        answer.text(spoken(text) if kind == "vtt" else text)
    return 0


def spoken(subtitles: str) -> str:
    """What is said, one line a cue, without times and marks."""
    said: list[str] = []
    for block in re.split(r"\n\s*\n", subtitles.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.split("\n")
        times = next((place for place, line in enumerate(lines) if TIMES.match(line)), None)
        if times is not None:
            said.append(TAGS.sub("", " ".join(lines[times + 1 :])).strip())
    return "\n".join(line for line in said if line)


def page(content: bytes) -> str:
    """The words of a web page, blocks on lines of their own. It was made harmless when it came in."""
    root = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8", no_network=True))
    parts: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        parts.append("\n" if element.tag in BLOCKS else " " if element.tag in CELLS else "")
        parts.append((element.text if event == "start" else element.tail) or "")
    return "".join(parts)
