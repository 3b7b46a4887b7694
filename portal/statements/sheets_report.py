"""R6 as a spreadsheet: a figure a row, then what was ticked, each with its rule. No name stands in it."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.statements.figures import Figure, too_few
from portal.statements.report import Report
from portal.statements.ticks import Mix
from portal.web.tables import Cell, Column

REPORT = [
    Column(name)
    for name in (
        _l("Figure"),
        _l("Value"),
        _l("Of"),
        _l("Unit"),
        _l("Rule"),
        _l("Programme"),
        _l("From"),
        _l("To"),
        _l("As of"),
    )
]


def report_rows(report: Report, figures: Sequence[Figure]) -> list[list[Cell]]:
    """All figures and both mixes."""
    programme = report.programme.name if report.programme else _("all programmes")
    about: list[Cell] = [programme, report.period.first, report.period.last, report.today]
    rows = [one.cells for one in figures]
    rows += _mix(_("Did: %(what)s"), report.did) + _mix(_("About: %(what)s"), report.about)
    return [[*row, *about] for row in rows]


def _mix(name: str, mix: Mix) -> list[list[Cell]]:
    rule = _("Of talks with a tick, in steps of 5 per cent. A talk can have several.")
    return [
        [
            name % {"what": line.label},
            too_few() if line.percent is None else line.percent,
            mix.talks,
            _("per cent"),
            rule,
        ]
        for line in mix.lines
    ]
