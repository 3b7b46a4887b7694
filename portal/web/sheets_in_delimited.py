"""Delimited text (CSV and its kin) to raw records: which sign parts the cells, and whether every quotation mark closes."""

import csv
import io
import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator

from flask_babel import gettext as _

from portal.web.sheets_in_sheet import Grid, SheetError
from portal.web.sheets_in_text import NotText, decode

DELIMITERS = ",;\t|"
SAMPLE_RECORDS = 120
SAMPLE_SIGNS = 200_000
LONGEST_LINE = 1_000_000
# What Excel writes, and understands, as a first line that names the delimiter.
EXCEL_HINT = re.compile(r'\A"?sep=([^\r\n])"?(\r\n|\r|\n)', re.IGNORECASE)
# No table holds this line: it shows whether the last cell before it was still open.
_END = "\x1eend\x1e"


def grid_from_bytes(data: bytes, encoding: str | None = None) -> Grid:
    """Bytes of a text file. Raises ``SheetError`` when they are no text or a quotation mark stays open."""
    try:
        text, used, notes = decode(data, encoding)
    except NotText:
        sentence = _("This is not a table that we can read. Save it as CSV, XLSX or ODS and send that.")
        raise SheetError(sentence, "not-a-table") from None
    grid = grid_from_text(text)
    grid.encoding = used
    grid.notes = notes
    return grid


def grid_from_text(text: str) -> Grid:
    """Text, pasted or decoded. Rows copied out of a spreadsheet are parted by tabs and come this way too."""
    text = text.removeprefix("\ufeff")
    hint = EXCEL_HINT.match(text)
    if hint:
        text = text[hint.end() :]
    _check_lines(text)
    delimiter = hint.group(1) if hint else find_delimiter(text[:SAMPLE_SIGNS])
    return Grid("text", lambda: _records(text, delimiter), delimiter=delimiter)


def _check_lines(text: str) -> None:
    """A line of a million signs is no row of a table, and would take the memory of a thousand rows."""
    start = 0
    while len(text) - start > LONGEST_LINE:
        end = max(text.rfind("\n", start, start + LONGEST_LINE), text.rfind("\r", start, start + LONGEST_LINE))
        if end < start:
            raise SheetError(_("This file holds one endless line. Save it as CSV with one row a line."), "not-a-table")
        start = end + 1


def find_delimiter(text: str) -> str:
    """The sign that cuts most rows into the same number of cells, the first row above all."""
    return max(DELIMITERS, key=lambda sign: _evenness(text, sign))


def _evenness(text: str, sign: str) -> tuple[int, float]:
    """How early the usual width appears (as a negative number), and how usual and how wide it is."""
    try:
        sample = [
            row for row in itertools.islice(_reader(io.StringIO(text, newline=""), sign), SAMPLE_RECORDS) if any(row)
        ]
    except csv.Error:
        return -SAMPLE_RECORDS - 1, 0.0
    widths = [len(row) for row in sample]
    usual = Counter(width for width in widths if width > 1).most_common(1)
    if not usual or usual[0][1] * 5 < len(widths):
        return -SAMPLE_RECORDS, 0.0
    width, times = usual[0]
    # Remarks above the headings hold commas by chance; a chance width is rarely the usual one.
    return -widths.index(width), times / len(widths) * math.log2(width)


def _reader(lines: Iterator[str] | io.StringIO, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    lines = itertools.chain(io.StringIO(text, newline=""), [_END])
    number = 0
    try:
        for number, record in enumerate(_reader(lines, delimiter), start=1):  # noqa: B007
            if record == [_END]:
                return
            if record and record[-1].endswith(_END):
                break
            yield record
    except csv.Error:
        number += 1
    raise SheetError(
        _('A quotation mark (") opens in row %(row)s and never closes. Close it, or take it out.', row=number),
        "open-quote",
    )
