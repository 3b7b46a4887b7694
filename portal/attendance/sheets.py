"""The sheet as a spreadsheet: its columns, and one row of it."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.attendance.queries import SheetRow
from portal.events import words
from portal.web import clock, dates
from portal.web.tables import Column

SHEET_COLUMNS = [
    Column(name)
    for name in (
        _l("Name"),
        _l("School"),
        _l("Was there as"),
        _l("Minutes"),
        _l("Arrived"),
        _l("Left"),
        _l("Booked"),
        _l("How recorded"),
        _l("By"),
        _l("Recorded at"),
    )
]
# How a row came to be, as the ledger names it.
HOW = {
    "code": _l("room code"),
    "kiosk": _l("kiosk"),
    "sheet": _l("paper sheet"),
    "coordinator": _l("coordinator"),
    "self": _l("own word"),
    "import": _l("import"),
}


def sheet_cells(row: SheetRow) -> list[Any]:
    """Not marked stays empty: it is not zero."""
    capacity = str(words.CAPACITIES.get(row.capacity, row.capacity))
    booked = _("no") if not row.kind else _("waiting list") if row.is_waiting else _("yes")
    about = [row.name, row.school, capacity, row.minutes, _hour(row.arrived_at), _hour(row.left_at), booked]
    if not row.is_marked:
        return [*about, "", "", None]
    return [*about, str(HOW.get(row.how, row.how)), row.by, _moment(row.recorded_at)]


def _moment(moment: datetime | None) -> str:
    return clock.local(moment, dates.place_clock()).strftime("%Y-%m-%d %H:%M") if moment else ""


def _hour(moment: datetime | None) -> str:
    return clock.local(moment, dates.place_clock()).strftime("%H:%M") if moment else ""
