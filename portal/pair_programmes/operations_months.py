"""A month that has closed is opened again on request: one of the pair asks, a coordinator answers.

It opens for writing alone. What is corrected in it leaves its trail like any correction, and confirming never closes.
"""

from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.mentoring.models import Pairing, PairMonth
from portal.mentoring.queries_months import closed_for
from portal.pair_programmes.letters import tell_answer
from portal.pair_programmes.queries import month_row
from portal.web import clock, dates
from portal.web.errors import DomainError

phrases.declare(
    {
        "pair-month.asked": _l("%(actor)s asked for %(month)s to be opened again"),
        "pair-month.reopened": _l("%(actor)s opened %(month)s again until %(until)s"),
        "pair-month.kept": _l("%(actor)s left %(month)s closed"),
        "pair-month.closed": _l("%(actor)s closed %(month)s again"),
    }
)
# For how many days a month can be opened.
LENGTHS = (7, 14)


@operation
def ask_month(pairing: Pairing, month: date, by: int, today: date) -> PairMonth:
    """One of the two asks for a closed month. Twice asked is once. Raises DomainError for a month that is open or to come."""
    _refuse_open(pairing, month, today)
    row = _row(pairing, month)
    if row.asked_at is None or row.reopened_at is not None:
        row.asked_at, row.asked_by = clock.now(), by
        row.reopened_at = row.reopened_by = row.open_until = None
        _tell(pairing, month, by, "pair-month.asked")
    return row


@operation
def reopen_month(pairing: Pairing, month: date, by: int, days: int, today: date) -> PairMonth:
    """A coordinator opens a closed month for some days, asked or not; whoever asked gets a mail.

    Raises DomainError for a month that is open, and for other lengths than LENGTHS.
    """
    if days not in LENGTHS:
        raise DomainError(_("Open it for 7 or for 14 days."))
    _refuse_open(pairing, month, today)
    row = _row(pairing, month)
    row.reopened_at, row.reopened_by, row.open_until = clock.now(), by, today + timedelta(days=days)
    _tell(pairing, month, by, "pair-month.reopened", until=dates.day(row.open_until))
    tell_answer(pairing, row)
    return row


@operation
def keep_month(pairing: Pairing, month: date, by: int, today: date) -> PairMonth:
    """A coordinator says no to who asked, or closes a month before its days are over. Twice is once."""
    row = month_row(pairing.id, month)
    if row is None:
        raise DomainError(_("Nobody asks for this month."))
    if row.reopened_at is not None:
        if row.open_until and row.open_until >= today:
            row.open_until = today - timedelta(days=1)
            _tell(pairing, month, by, "pair-month.closed")
    elif row.asked_at is not None:
        tell_answer(pairing, row)
        row.asked_at = None
        _tell(pairing, month, by, "pair-month.kept")
    return row


def _refuse_open(pairing: Pairing, month: date, today: date) -> None:
    if pairing.id not in closed_for([pairing.id], month, today):
        raise DomainError(_("This month is open: whatever is missing can be written down now."))


def _row(pairing: Pairing, month: date) -> PairMonth:
    row = month_row(pairing.id, month)
    if row is None:
        row = PairMonth(pairing_id=pairing.id, month=month)
        db.session.add(row)
    return row


def _tell(pairing: Pairing, month: date, by: int, action: str, **details: str) -> None:
    history.record(by, action, "pairing", pairing.id, pairing.network_id, month=dates.month(month), **details)
