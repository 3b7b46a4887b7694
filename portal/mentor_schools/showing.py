"""Mentor schools in words: states, ways to meet, and the columns of the spreadsheets."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.activities.meetings import HOW_MET
from portal.mentor_schools.forms import RESULTS
from portal.mentor_schools.pairs import state_of
from portal.web import dates
from portal.web.tables import Column

STATE_NAMES = {
    "proposed": _l("Proposed"),
    "running": _l("At work"),
    "ended": _l("Ended"),
    "declined": _l("Not this time"),
}
COLUMNS = [
    Column(head)
    for head in (
        _l("Who helps"),
        _l("Who is helped"),
        _l("What for"),
        _l("Standing"),
        _l("Starts"),
        _l("Meant to end"),
        _l("Ended"),
        _l("Result"),
        _l("Meetings"),
        _l("Minutes"),
        _l("Last meeting"),
    )
]
MEETING_COLUMNS = [
    Column(head) for head in (_l("Date"), _l("Minutes"), _l("How"), _l("There"), _l("What came of it"), _l("Next date"))
]


def named(people: Mapping[int, tuple[str, bool]]) -> dict[int, str]:
    """Names as the page says them: who has left answers for no side, and somebody else is to be named."""
    gone = {
        id: _("%(name)s (has left the network)", name=name) for id, (name, is_member) in people.items() if not is_member
    }
    return {id: name for id, (name, _is_member) in people.items()} | gone


def cells_of(row: Any) -> list[object]:
    return [
        row.mentor,
        row.mentee,
        row.purpose,
        str(STATE_NAMES[state_of(row)]),
        row.starts_on,
        row.ends_on,
        row.ended_on,
        str(dict(RESULTS).get(row.result, "")),
        row.meetings,
        row.minutes,
        dates.here(row.last_at).date() if row.last_at else None,
    ]


def meeting_cells(row: Any, there: Mapping[int, list[str]]) -> list[object]:
    names = ", ".join(there.get(row.id, []))
    day = dates.here(row.starts_at).date()
    return [day, row.minutes, str(HOW_MET.get(row.mode, row.mode)), names, row.outcome, row.next_on]
