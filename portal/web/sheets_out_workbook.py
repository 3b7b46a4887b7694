"""Tables that leave as a workbook (XLSX), written row by row; texts are typed as texts and never become formulas."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import xlsxwriter
from flask_babel import gettext as _

from portal.web.sheets_out import Cell, Column, as_text, heading

LONGEST_CELL = 32_767
SPOOLED = 1_000_000
WIDEST, NARROWEST = 50, 8
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass(frozen=True)
class SheetOut:
    """One sheet of a workbook: its name, its columns, and rows with one value a column."""

    name: object
    columns: Sequence[Column | str]
    rows: Iterable[Sequence[Cell]]


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
