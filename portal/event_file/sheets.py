"""The tables of an event's file as spreadsheets: the same columns on a page's export and in the zip."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.event_file.granted import Granted
from portal.event_file.queries import SignIn
from portal.event_file.words import ALL_KINDS, HOW
from portal.events.words import CAPACITIES, KINDS
from portal.surveys.results import Results
from portal.web import clock, dates, money
from portal.web.tables import Column


def _columns(*names: Any) -> list[Column]:
    return [Column(name) for name in names]


NAME, SCHOOL, AS = _l("Name"), _l("School"), _l("Was there as")
SIGN_IN_COLUMNS = _columns(
    _l("Date"), NAME, SCHOOL, _l("Booked as"), AS, _l("Came"), _l("Left"), _l("Minutes"), _l("How it was recorded")
)
HOURS_COLUMNS = _columns(
    NAME,
    SCHOOL,
    _l("What"),
    AS,
    _l("Minutes there"),
    _l("Minutes that count"),
    _l("At most"),
    _l("Granted"),
    _l("Why not"),
    _l("Certificate"),
    _l("Void certificates"),
)
COST_COLUMNS = _columns(_l("Kind"), _l("What"), _l("Amount"), _l("Currency"), _l("Minutes given"), _l("Paid on"))
EVALUATION_COLUMNS = _columns(_l("Question"), _l("Answers"), _l("Mean, from 1 to 5"), "1", "2", "3", "4", "5")


def sign_in_cells(line: SignIn) -> list[Any]:
    """Not marked stays empty: it is not zero."""
    return [
        clock.local(line.starts_at, dates.place_clock()).date(),
        line.name,
        line.school,
        str(KINDS[line.kind]) if line.kind in KINDS else _("not booked"),
        as_what(line.capacity) if line.minutes else "",
        _hour(line.arrived_at),
        _hour(line.left_at),
        line.minutes,
        str(HOW.get(line.how, line.how)) if line.minutes is not None else "",
    ]


def hours_cells(row: Granted) -> list[Any]:
    """One thing that a person gets, or does not and why."""
    about = [row.name, row.school, row.what, as_what(row.capacity), row.minutes, row.credited, row.most]
    return [*about, row.in_words, row.why_not, row.number, ", ".join(row.void_numbers)]


def cost_cells(row: Any) -> list[Any]:
    """Time that was given has no amount: an empty cell, not nought."""
    amount = money.exactly(row.amount, row.currency) if row.minutes is None else None
    return [str(ALL_KINDS.get(row.kind, row.kind)), row.what, amount, row.currency, row.minutes, row.paid_on]


def evaluation_rows(results: Results) -> Iterable[list[Any]]:
    """Each question with its answers. What people wrote is left out: they were told that coordinators alone read it."""
    for item in results.items:
        if item.kind == "words" or item.is_hidden:
            yield [item.text, item.n or None, None, *[None] * 5]
        else:
            yield [item.text, item.n, None if item.mean is None else round(item.mean, 2), *item.counts]


def as_what(capacity: str) -> str:
    return str(CAPACITIES.get(capacity, capacity))


def _hour(moment: datetime | None) -> str:
    return clock.local(moment, dates.place_clock()).strftime("%H:%M") if moment else ""
