"""The lists of this room as spreadsheets. Minutes are numbers that add up; nothing private has a column."""

from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.credit.rounding import amount
from portal.programmes.models import Programme
from portal.statements import wording
from portal.statements.counted import Line
from portal.statements.payroll import PayLine
from portal.statements.periods import Period
from portal.statements.statement import Statement
from portal.web.tables import Cell, Column

STATEMENT = [
    Column(name)
    for name in (
        _l("Date"),
        _l("With"),
        _l("Minutes"),
        _l("Kind"),
        _l("How"),
        _l("Confirmed"),
        _l("Confirmed by"),
        _l("Programme"),
        _l("As of"),
    )
]


def statement_cells(one: Statement, line: Line) -> list[Cell]:
    """One talk: the column of minutes adds up to the hours of the statement."""
    return [
        line.day,
        one.with_whom(line),
        line.minutes,
        wording.said(wording.KINDS, line.kind),
        wording.said(wording.MODES, line.mode),
        wording.said(wording.STANDINGS, line.standing(one.today)),
        wording.confirmed(line.confirmed, line.asked) if line.asked else "",
        one.programme.name if one.programme else _("all talks"),
        one.today,
    ]


def in_units(programme: Programme, minutes: int) -> float:
    """Units as a number to calculate with: 1.5."""
    exact = amount(minutes, programme.minutes_a_unit)
    return float(round(Decimal(exact.numerator) / Decimal(exact.denominator), 4))


PAYROLL = [
    Column(name)
    for name in (
        _l("Mentor"),
        _l("Programme"),
        _l("From"),
        _l("To"),
        _l("Mentees"),
        _l("Talks"),
        _l("Minutes worked"),
        _l("Minutes to claim"),
        _l("To claim"),
        _l("Unit"),
        _l("Talks not answered"),
    )
]


def payroll_cells(programme: Programme, period: Period, line: PayLine) -> list[Cell]:
    """One mentor of a programme in a period."""
    return [
        line.mentor, programme.name, period.first, period.last, line.mentees, line.talks, line.worked, line.claim,
        in_units(programme, line.claim), programme.units, line.on_one_word,
    ]  # fmt: skip
