"""A web page with a table in it, as some directories give it out under the name .xls."""

import html
import re

from flask_babel import gettext as _

from portal.web.sheets_in_sheet import Grid, SheetError
from portal.web.sheets_in_text import NotText, decode

_PAGE = re.compile(r"\A\s*(<\?xml[^>]*>\s*)?<(!doctype\s+html|html|head|body|table|meta|title|div)\b", re.I | re.S)
_TAG = re.compile(r"<(?P<end>/?)(?:(?P<name>table|tr|td|th|br|p|div|li)\b(?P<rest>[^<>]*)|[a-z!?][^<>]*)>", re.I)
_SPAN = re.compile(r"\bcolspan\s*=\s*[\"']?([0-9]{1,4})[\"']?(?:\s|/|$)", re.I)
MAX_BYTES = 5_000_000
MAX_SPAN = 200
MAX_TABLES = 200
MAX_CELLS = 5_000_000


def looks_like_html(text: str) -> bool:
    return bool(_PAGE.match(text.removeprefix("\ufeff")))


def grid_from_html(data: bytes, sheet_name: str | None = None) -> Grid:
    """The largest table of the page, or the one that is asked for. Raises ``SheetError`` (``web-page``)."""
    if len(data) > MAX_BYTES:
        raise _too_large()
    try:
        text, encoding, notes = decode(data)
    except NotText:
        text, encoding, notes = "", "", []
    page = _without(_without(text, "<!--", "-->"), "<style", "</style")
    tables = [table for table in _Tables().read(page).tables if sum(1 for row in table if any(row)) > 1]
    if not tables:
        raise SheetError(
            _(
                "This is a web page, not a spreadsheet. It may say why: open it in a browser, then download the file again."
            ),
            "web-page",
        )
    names = [_("Table %(number)s", number=place) for place in range(1, len(tables) + 1)]
    chosen = names.index(sheet_name) if sheet_name in names else _largest(tables)
    rows = tables[chosen]
    return Grid("html", lambda: iter(rows), names, names[chosen], encoding=encoding, notes=notes)


def _too_large() -> SheetError:
    return SheetError(
        _("This web page is too large to look for a table. Copy the rows that matter and paste them."), "unsafe"
    )


def _largest(tables: list[list[list[str]]]) -> int:
    return max(range(len(tables)), key=lambda place: sum(len(row) for row in tables[place]))


class _Tables:
    """Every table of a page as rows of cell texts; a table inside a cell is a table of its own."""

    def __init__(self) -> None:
        self.tables: list[list[list[str]]] = []
        self._open: list[list[list[str]]] = []
        self._cells: list[list[str] | None] = []
        self._spans: list[int] = []
        self._count = 0

    def read(self, page: str) -> "_Tables":
        """Tags by pattern, not by a full parser: a page is text to be counted here, never shown, and may be hostile."""
        place = 0
        for tag in _TAG.finditer(page):
            self._text(page[place : tag.start()])
            place = tag.end()
            if tag["name"]:
                self._tag(tag["name"].lower(), bool(tag["end"]), tag["rest"])
        while self._open:
            self._end_table()
        return self

    def _text(self, text: str) -> None:
        if text and self._open and (cell := self._cells[-1]) is not None:
            cell.append(html.unescape(text))

    def _tag(self, name: str, is_end: bool, rest: str) -> None:
        if name == "table" and not is_end:
            self._start_table()
        elif not self._open:
            return
        elif name == "table":
            self._end_table()
        elif name == "tr":
            self._end_cell()
            if not is_end:
                self._open[-1].append([])
        elif name in ("td", "th"):
            self._end_cell()
            if not is_end:
                self._start_cell(_SPAN.search(rest))
        elif (cell := self._cells[-1]) is not None:
            cell.append(" ")

    def _start_table(self) -> None:
        self.tables.append([])
        if len(self.tables) > MAX_TABLES:
            raise _too_large()
        self._open.append(self.tables[-1])
        self._cells.append(None)
        self._spans.append(1)

    def _end_table(self) -> None:
        self._end_cell()
        for stack in (self._open, self._cells, self._spans):
            stack.pop()

    def _start_cell(self, span: re.Match[str] | None) -> None:
        if not self._open[-1]:
            self._open[-1].append([])
        self._cells[-1] = []
        self._spans[-1] = min(int(span[1]), MAX_SPAN) if span else 1

    def _end_cell(self) -> None:
        cell = self._cells[-1]
        if cell is None:
            return
        self._cells[-1] = None
        self._count += self._spans[-1]
        if self._count > MAX_CELLS:
            raise _too_large()
        self._open[-1][-1].extend([" ".join("".join(cell).split()), *[""] * (self._spans[-1] - 1)])


def _without(page: str, start: str, end: str) -> str:
    """The page without what stands between two marks, found in one walk however often they open."""
    kept = []
    place = 0
    while (opening := page.find(start, place)) >= 0:
        kept.append(page[place:opening])
        closing = page.find(end, opening)
        place = closing + len(end) if closing >= 0 else len(page)
    return "".join([*kept, page[place:]])
