"""Visits in words: on pages and in the spreadsheets that coordinators take."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.activities.meetings import HOW_MET
from portal.support.forms import KINDS
from portal.web import dates
from portal.web.tables import Column

COLUMNS = [
    Column(head)
    for head in (
        _l("Date"),
        _l("Organisation"),
        _l("What it was"),
        _l("How"),
        _l("Minutes"),
        _l("About"),
        _l("By"),
        _l("Promised"),
        _l("By when"),
        _l("Done"),
    )
]
UNVISITED = [Column(head) for head in (_l("Name"), _l("Kind"), _l("Place"), _l("Priority"), _l("Last visit"))]


def cells_of(row: Any, topics: Mapping[str, str]) -> list[object]:
    """One visit. The note stays in the portal: it is for coordinators, and a sheet goes further."""
    return [
        dates.here(row.starts_at).date(),
        row.school,
        str(dict(KINDS).get(row.support_kind, row.support_kind)),
        str(HOW_MET.get(row.mode, row.mode)),
        row.minutes,
        ", ".join(topics.get(code, code) for code in row.topics),
        row.by,
        row.next_step,
        row.next_on,
        dates.here(row.next_done_at).date() if row.next_done_at else None,
    ]


def unvisited_cells(row: Any, kinds: Mapping[str, str]) -> list[object]:
    last = dates.here(row.last_at).date() if row.last_at else None
    return [row.name, kinds.get(row.kind, row.kind), row.place, _("yes") if row.is_priority else "", last]
