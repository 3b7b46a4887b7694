"""Prose as blocks for a paper: what a printed page shows of safe HTML is its headings, paragraphs and list items."""

from html.parser import HTMLParser

KINDS = {"h3": "head", "h4": "head", "h5": "head", "h6": "head", "li": "item", "pre": "code", "tr": "text", "p": "text"}


class _Blocks(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[list[str]] = []
        self._kind = "text"
        self._words: list[str] = []
        self._counts: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ol", "ul"):
            self._end()
            self._counts.append(int(dict(attrs).get("start") or 1) if tag == "ol" else 0)
        elif tag == "li":
            self._end()
            self._kind, self._words = "item", [self._mark()]
        elif tag == "br":
            self._words.append("\n")
        elif tag in ("th", "td") and self._words:
            self._words = ["".join(self._words).rstrip(), "   "]
        elif tag in KINDS and not (tag == "p" and self._kind == "item"):
            self._end()
            self._kind = KINDS[tag]

    def handle_endtag(self, tag: str) -> None:
        if tag in KINDS or tag in ("ol", "ul"):
            self._end()
        if tag in ("ol", "ul") and self._counts:
            self._counts.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() or self._words:
            self._words.append(data if self._kind == "code" else data.replace("\n", " "))

    def _mark(self) -> str:
        if not self._counts or not self._counts[-1]:
            return "• "
        self._counts[-1] += 1
        return f"{self._counts[-1] - 1}. "

    def _end(self) -> None:
        text = "".join(self._words).strip()
        if text and text != "•":
            self.found.append(["text" if self._kind == "code" else self._kind, text])
        self._kind, self._words = "text", []


def blocks(html: str) -> list[list[str]]:
    """(kind, text) of each block of sanitised HTML in its order; kind is "head", "text" or "item"."""
    reader = _Blocks()
    reader.feed(html)
    reader.close()
    return reader.found
