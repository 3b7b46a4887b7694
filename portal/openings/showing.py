"""Openings and who would like them, as spreadsheets."""

from typing import Any

from flask_babel import lazy_gettext as _l

from portal.openings.forms import KINDS
from portal.web import dates
from portal.web.tables import Column

COLUMNS = [
    Column(head)
    for head in (
        _l("Opening"),
        _l("What is wanted"),
        _l("Starts"),
        _l("Last day to answer"),
        _l("How many are wanted"),
        _l("Would like it"),
    )
]
INTERESTED = [Column(head) for head in (_l("Name"), _l("Since"), _l("Her line"), _l("Answer"))]
ANSWERS = {"taken": _l("Yes"), "not_now": _l("Not now"), "": _l("Waits")}


def cells_of(row: Any, may_list: bool) -> list[object]:
    """How many would like it is for coordinators: of one it could be told who."""
    liked = row.liked if may_list else None
    return [row.title, str(dict(KINDS).get(row.kind, row.kind)), row.starts_on, row.answer_by, row.places, liked]


def interest_cells(row: Any) -> list[object]:
    return [row.name, dates.here(row.said_at).date(), row.says, str(ANSWERS.get(row.answer, row.answer))]
