"""The calendar as a spreadsheet: a row for each thing that keeps a box, as far as its reader may know."""

from collections.abc import Iterable, Sequence
from datetime import date

from flask import Response
from flask_babel import gettext as _

from portal.lending.calendar_grid import Taken
from portal.lending.queries import FOR_EVER
from portal.lending.queries_calendar import Box
from portal.web.tables import Cell, Column, as_download


def calendar_sheet(boxes: Sequence[Box], taken: dict[int, list[Taken]], kind: str) -> Response:
    columns = [
        Column(_("Box")),
        Column(_("What is in it")),
        Column(_("How it stands")),
        Column(_("Who has it")),
        Column(_("From")),
        Column(_("To")),
        Column(_("Due back")),
    ]
    return as_download(_("calendar of boxes"), columns, _rows(boxes, taken), kind)


def _rows(boxes: Sequence[Box], taken: dict[int, list[Taken]]) -> Iterable[Sequence[Cell]]:
    for box in boxes:
        for one in taken[box.id]:
            yield box.name, box.second, one.word, one.text, one.starts_on, _last(one.ends_on), one.due_on


def _last(day: date) -> date | None:
    return None if day == FOR_EVER else day
