"""Tables that leave: CSV and XLSX in which no cell can act as a formula.

A text that starts with ``= + - @`` (or a tab, a line end, or their full-width forms) runs as a formula when the file is
opened; in CSV it gets an apostrophe in front, in XLSX it is typed as text. Numbers stay numbers, dates are ISO.
What ``sheets_in`` reads back is what was written.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import xlsxwriter
from flask_babel import gettext as _

Cell = str | int | float | Decimal | date | time | bool | None | object
# Excel takes a file for UTF-8 only when it starts so.
BOM = "\ufeff"
CHUNK_ROWS = 500
LONGEST_CELL = 32_767
SPOOLED = 1_000_000
WIDEST, NARROWEST = 50, 8
_ACTIVE = re.compile(r"'*[\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass(frozen=True)
class Column:
    """One column of an export: its heading (a lazy translation is fine) and its width in signs, where it matters."""

    title: object
    width: int | None = None


@dataclass(frozen=True)
class SheetOut:
    """One sheet of a workbook: its name, its columns, and rows with one value a column."""

    name: object
    columns: Sequence[Column | str]
    rows: Iterable[Sequence[Cell]]


def heading(column: Column | str) -> str:
    return column if isinstance(column, str) else str(column.title)


def inert(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would run it."""
    return "'" + text if _ACTIVE.match(text) else text


def as_text(value: Cell) -> str:
    """A value as a cell of CSV: dates and times in ISO form, yes and no in words, texts inert."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (int, float, Decimal)):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else inert(str(value))


def csv_stream(columns: Sequence[Column | str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """CSV in pieces, a few hundred rows at a time: comma, CRLF, UTF-8 with a byte order mark."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write(BOM)
    writer.writerow([inert(heading(column)) for column in columns])
    for number, row in enumerate(rows, start=1):
        writer.writerow([as_text(value) for value in row])
        if number % CHUNK_ROWS == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def csv_bytes(columns: Sequence[Column | str], rows: Iterable[Sequence[Cell]]) -> bytes:
    return b"".join(csv_stream(columns, rows))


def xlsx_file(sheets: Iterable[SheetOut]) -> IO[bytes]:
    """A workbook in a temporary file, written row by row; the caller sends and closes it."""
    target: Any = SpooledTemporaryFile(max_size=SPOOLED)  # noqa: SIM115 (handed to the caller)
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
        "remove_timezone": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        names: set[str] = set()
        for sheet in sheets:
            _write_sheet(book, sheet, _sheet_name(str(sheet.name), names))
    target.seek(0)
    return target


def xlsx_bytes(sheets: Iterable[SheetOut]) -> bytes:
    with xlsx_file(sheets) as workbook:
        return workbook.read()


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """31 signs, without those that a workbook keeps for itself, and not used twice."""
    base = " ".join(_NOT_IN_SHEET_NAMES.sub(" ", wanted).split()).strip("'")[:31] or _("Sheet")
    name = base
    number = 1
    while name.casefold() in taken or name.casefold() == "history":
        number += 1
        name = f"{base[: 31 - len(str(number)) - 3]} ({number})"
    taken.add(name.casefold())
    return name


def _write_sheet(book: Any, sheet: SheetOut, name: str) -> None:
    page = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    formats = {
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        time: book.add_format({"num_format": "hh:mm"}),
    }
    for place, column in enumerate(sheet.columns):
        title = heading(column)
        width = column.width if isinstance(column, Column) and column.width else len(title) + 4
        page.set_column(place, place, min(WIDEST, max(NARROWEST, width)))
        page.write_string(0, place, title[:LONGEST_CELL], bold)
    page.freeze_panes(1, 0)
    for number, row in enumerate(sheet.rows, start=1):
        for place, value in enumerate(row):
            _write_cell(page, number, place, value, formats)


def _write_cell(page: Any, row: int, place: int, value: Cell, formats: dict[type, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        page.write_number(row, place, value)
    elif isinstance(value, datetime) and value.tzinfo is None:
        page.write_datetime(row, place, value, formats[datetime])
    elif isinstance(value, time):
        page.write_datetime(row, place, value, formats[time])
    elif isinstance(value, date) and not isinstance(value, datetime):
        page.write_datetime(row, place, value)
    else:
        page.write_string(row, place, _typed_text(value)[:LONGEST_CELL])


def _typed_text(value: Cell) -> str:
    return value if isinstance(value, str) else as_text(value)
