"""The lists of this room as spreadsheets: a transcript, and the certificates of an event as its provider keeps them."""

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.certificates.queries_event import Line, PersonLine
from portal.certificates.transcripts import OUTSIDE, TranscriptLine
from portal.credit.rounding import amount
from portal.events import words
from portal.web.tables import Column

TRANSCRIPT_COLUMNS = [
    Column(name)
    for name in (
        _l("First day"),
        _l("Last day"),
        _l("What"),
        _l("As"),
        _l("Minutes there"),
        _l("Provider"),
        _l("In-service no."),
        _l("Credit"),
        _l("Category"),
        _l("Amount"),
        _l("Minutes of credit"),
        _l("Minutes elsewhere"),
        _l("Certificate no."),
        _l("Checked"),
    )
]
EVENT_COLUMNS = [
    Column(name)
    for name in (
        _l("Name"),
        _l("Was there as"),
        _l("Minutes there"),
        _l("Credit"),
        _l("Category"),
        _l("Minutes of credit"),
        _l("Of minutes"),
        _l("Certificate no."),
        _l("Issued on"),
        _l("Why not"),
    )
]


def transcript_cells(line: TranscriptLine) -> list[Any]:
    """Minutes there are empty where another line of the same event has them: the column adds up."""
    as_what = "" if line.part == OUTSIDE else str(words.CAPACITIES.get(line.capacity, line.capacity))
    checked = _("from elsewhere, not checked by us") if line.part == OUTSIDE else _("from the attendance sheet")
    return [
        line.first, line.last, line.title, as_what, line.minutes or None, line.provider, line.in_service_number,
        line.credit, line.category, _amount(line), None if line.part == OUTSIDE else line.credited or None, _elsewhere(line),
        line.number, checked,
    ]  # fmt: skip


def event_rows(people: list[PersonLine]) -> list[tuple[PersonLine, Line]]:
    """One row for each thing that somebody gets or does not."""
    return [(person, line) for person in people for line in person.lines]


def event_cells(row: tuple[PersonLine, Line]) -> list[Any]:
    """What is on record and what was issued; minutes of the ledger stand in the row of attendance."""
    person, line = row
    one, earned = line.certificate, line.earned
    block, kind = earned.credit if earned and earned.credit else (None, None)
    capacity = earned.capacity if earned else (one.capacity if one else "")
    is_credit = kind is not None or bool(one and one.kind == "credit")
    return [
        person.who.name,
        str(words.CAPACITIES.get(capacity, capacity)),
        None if is_credit else (earned.minutes if earned else 0),
        kind.name if kind else (one.printed["credit"] if one and is_credit else ""),
        block.category if block else (one.category if one else ""),
        (earned.credited if earned and earned.is_due else 0) if is_credit else None,
        (earned.most if earned else None),
        one.number if one else "",
        one.issued_at.date() if one else None,
        "; ".join(earned.why_not) if earned else _why(line),
    ]


def _why(line: Line) -> str:
    return _("a newer one says the same") if line.is_twin else _("no minutes on the sheet any more")


def _amount(line: TranscriptLine) -> Any:
    """Units of credit as a number to calculate with: 1.5."""
    if not line.credited:
        return None
    exact = amount(line.credited, line.unit["minutes_a_unit"])
    return float(round(Decimal(exact.numerator) / Decimal(exact.denominator), 4))


def _elsewhere(line: TranscriptLine) -> int | None:
    """What she says she was at, in a column of its own: nobody here has checked it."""
    return line.outside.minutes if line.outside else None
