"""Reads one workbook in a process of its own: ``python -P sheets_in_workbook_child.py [sheet name]``.

A workbook of a few kilobytes can claim a table of gigabytes, and the reader takes that much memory before anybody can
ask. So it runs here, with bounds on memory and time that the operating system keeps. The workbook arrives on standard
input; the answer is JSON, one line about the workbook and then one line a row. Nothing of the portal is imported.
"""

import json
import resource
import sys
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum, WorksheetNotFound, load_workbook

MEMORY = 1 << 30
SECONDS = 20
LOCKED, NO_SHEET, UNREADABLE = 3, 4, 5


def main() -> int:
    # macOS refuses this bound; there only the time is bounded.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        workbook = load_workbook(BytesIO(sys.stdin.buffer.read()))
        write_sheet(workbook, sys.argv[1] if len(sys.argv) > 1 else "")
    except PasswordError:
        return LOCKED
    except WorksheetNotFound:
        return NO_SHEET
    # A panic of the reader is no Exception; the parent only needs to know that it failed.
    except BaseException:
        return UNREADABLE
    return 0


def write_sheet(workbook: CalamineWorkbook, wanted: str) -> None:
    names = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    names = names or list(workbook.sheet_names)
    chosen = wanted or next((name for name in names if workbook.get_sheet_by_name(name).height), names[0])
    sheet = workbook.get_sheet_by_name(chosen)
    print(json.dumps({"sheets": names, "sheet": chosen}))
    if not sheet.height:
        return
    for row in sheet.iter_rows():
        print(json.dumps([as_text(cell) for cell in row]))


def as_text(cell: Any) -> str:
    """A cell as a person would type it: whole numbers without a fraction, dates and times as ISO has them."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(Decimal(repr(cell)), "f")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec=_precision(cell))
    if isinstance(cell, time):
        return cell.isoformat(timespec=_precision(cell))
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _precision(moment: datetime | time) -> str:
    return "seconds" if moment.second else "minutes"


if __name__ == "__main__":
    sys.exit(main())
