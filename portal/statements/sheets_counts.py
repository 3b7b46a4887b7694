"""An organisation's own count as a spreadsheet: a pair, a month, its totals. No day, no kind."""

from flask_babel import lazy_gettext as _l

from portal.programmes.models import Programme
from portal.statements.counts import PairMonthCount
from portal.web.tables import Cell, Column

COUNT = [
    Column(name)
    for name in (
        _l("Programme"),
        _l("Mentor"),
        _l("Mentee"),
        _l("In the programme since"),
        _l("Until"),
        _l("Month"),
        _l("Talks"),
        _l("Minutes"),
    )
]


def count_cells(programme: Programme, row: PairMonthCount) -> list[Cell]:
    pair = row.pair
    return [
        programme.name,
        pair.mentor,
        pair.mentee,
        pair.since,
        pair.until,
        f"{row.month:%Y-%m}",
        row.talks,
        row.minutes,
    ]
