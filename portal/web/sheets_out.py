"""Tables that leave as CSV, in which no cell can act as a formula.

A text that starts with ``= + - @`` (or a tab, a line end, or their full-width forms) runs as a formula when the file is
opened: it gets an apostrophe in front. Numbers stay numbers, dates are ISO. What ``sheets_in`` reads back is what was
written; workbooks (``sheets_out_workbook``) type such a cell as text instead.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from flask_babel import gettext as _

Cell = str | int | float | Decimal | date | time | bool | None | object
# Excel takes a file for UTF-8 only when it starts so.
BOM = "\ufeff"
CHUNK_ROWS = 500
_ACTIVE = re.compile(r"'*[\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


@dataclass(frozen=True)
class Column:
    """One column of an export: its heading (a lazy translation is fine) and its width in signs, where it matters."""

    title: object
    width: int | None = None


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
