"""Tables in and out, in one place: ``read_sheet`` for what comes, ``csv_bytes`` and ``as_download`` for what goes.

The parts: ``sheets_in`` (CSV, workbooks, HTML, JSON), ``sheets_out``, ``tables_dates`` and ``tables_numbers`` for what
people type into cells and fields.
"""

from collections.abc import Iterable, Sequence

from flask import Response

from portal.web.sheets_in import read_pasted, read_sheet
from portal.web.sheets_in_sheet import Sheet, SheetError
from portal.web.sheets_out import Cell, Column, csv_bytes, csv_stream
from portal.web.sheets_out_workbook import SheetOut, xlsx_bytes, xlsx_file
from portal.web.uploads_sending import attachment

__all__ = [
    "Cell",
    "Column",
    "Sheet",
    "SheetError",
    "SheetOut",
    "as_download",
    "csv_bytes",
    "csv_stream",
    "read_pasted",
    "read_sheet",
    "workbook_download",
    "xlsx_bytes",
    "xlsx_file",
]

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_download(
    name: str, columns: Sequence[Column | str], rows: Iterable[Sequence[Cell]], kind: str = "csv"
) -> Response:
    """One table as a file to keep: ``kind`` is ``csv`` or ``xlsx``, ``name`` the file's name without its ending."""
    if kind == "xlsx":
        return workbook_download(name, [SheetOut(name, columns, rows)])
    # Made before it is sent: the rows come from a database that the request still holds open.
    return attachment(csv_bytes(columns, rows), f"{name}.csv", CSV)


def workbook_download(name: str, sheets: Iterable[SheetOut]) -> Response:
    """Several tables as one workbook."""
    return attachment(xlsx_bytes(sheets), f"{name}.xlsx", XLSX)
