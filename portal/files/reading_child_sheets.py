"""Workbooks: the cells of all sheets that can be seen. Loaded by ``reading_child`` alone."""

import io
from typing import IO, Any

from python_calamine import PasswordError, SheetVisibleEnum, load_workbook

LOCKED = 3


def read(kind: str, source: IO[bytes], answer: Any) -> int:
    try:
        workbook = load_workbook(io.BytesIO(source.read()))
    except PasswordError:
        return LOCKED
    names = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    names = names or list(workbook.sheet_names)
    answer.pages(len(names))
    for name in names:
        if not answer.wants_text:
            break
        answer.text("\n".join([name, *rows_of(workbook.get_sheet_by_name(name), answer)]) + "\f")
    return 0


def rows_of(sheet: Any, answer: Any) -> list[str]:
    rows: list[str] = []
    length = 0
    for row in sheet.iter_rows() if sheet.height else ():
        line = " | ".join(as_text(cell) for cell in row if cell not in ("", None))
        length += len(line)
        if line:
            rows.append(line)
        if length > 100_000:
            break
    return rows


def as_text(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
