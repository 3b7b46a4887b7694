"""A file that somebody sends, or text that somebody pastes, to a ``Sheet``: content decides what it is, not its name."""

from pathlib import Path

from flask_babel import gettext as _

from portal.web.sheets_in_delimited import grid_from_bytes, grid_from_text
from portal.web.sheets_in_html import grid_from_html, looks_like_html
from portal.web.sheets_in_json import grid_from_json
from portal.web.sheets_in_shape import shape
from portal.web.sheets_in_sheet import Grid, Sheet, SheetError
from portal.web.sheets_in_workbook import grid_from_workbook, is_workbook

MAX_BYTES = 20_000_000
MEGABYTE = 1_000_000
LOCK_FILE_BYTES = 165
OTHER_KINDS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"MZ",
    b"\x7fELF",
)


def read_sheet(
    data: bytes | Path,
    filename: str = "",
    *,
    sheet: str | None = None,
    heading_row: int | None = None,
    encoding: str | None = None,
) -> Sheet:
    """Read a table: CSV with any usual delimiter and encoding, XLSX, XLS, ODS, an HTML table, or JSON.

    ``sheet`` names one sheet of a workbook (else the first with content); ``heading_row`` is the number of the row with
    the headings, 0 for none (else it is looked for); ``encoding`` overrules the guess for a text file.
    Raises ``SheetError``, whose sentence is for the person and whose ``reason`` is for the program: ``empty``,
    ``too-large``, ``lock-file``, ``web-page``, ``not-a-table``, ``locked``, ``damaged``, ``unsafe``, ``no-sheet``,
    ``open-quote``, ``no-rows``, ``too-many-rows``, ``too-many-columns``.
    """
    content = _content(data)
    _refuse_what_is_no_table(content, filename)
    return shape(_grid(content, sheet, encoding), heading_row)


def read_pasted(text: str, *, heading_row: int | None = None) -> Sheet:
    """Read rows pasted into a text area, from a spreadsheet (tabs) or typed with commas. Raises ``SheetError``."""
    if len(text) > MAX_BYTES:
        raise _too_large()
    if not text.strip():
        raise SheetError(_("Nothing was pasted yet."), "empty")
    return shape(grid_from_text(text.replace("\0", "")), heading_row)


def _content(data: bytes | Path) -> bytes:
    if isinstance(data, Path):
        if data.stat().st_size > MAX_BYTES:
            raise _too_large()
        data = data.read_bytes()
    if len(data) > MAX_BYTES:
        raise _too_large()
    return data


def _too_large() -> SheetError:
    return SheetError(
        _("This file is larger than %(limit)s MB. Send it in parts.", limit=MAX_BYTES // MEGABYTE), "too-large"
    )


def _refuse_what_is_no_table(content: bytes, filename: str) -> None:
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise SheetError(_("This file is empty."), "empty")
    if _is_lock_file(content, filename):
        sentence = _(
            "This is the small file that Office leaves while a workbook is open. Send the workbook itself: its name has no ~$."
        )
        raise SheetError(sentence, "lock-file")
    if content.startswith(OTHER_KINDS):
        raise SheetError(
            _("This is not a table that we can read. Save it as CSV, XLSX or ODS and send that."), "not-a-table"
        )


def _is_lock_file(content: bytes, filename: str) -> bool:
    """Office writes the name of who has the file open: its length in one byte, padded to a fixed size."""
    if len(content) != LOCK_FILE_BYTES:
        return False
    return filename.startswith("~$") or (0 < content[0] < 55 and content[0] + 1 < 56 and b"\0" in content[55:])


def _grid(content: bytes, sheet: str | None, encoding: str | None) -> Grid:
    if is_workbook(content):
        return grid_from_workbook(content, sheet)
    if looks_like_html(content[:20_000].decode("latin-1")) or looks_like_html(
        content[:20_000].decode("utf-16", "replace")
    ):
        return grid_from_html(content, sheet)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") and (grid := grid_from_json(content)):
        return grid
    return grid_from_bytes(content, encoding)
