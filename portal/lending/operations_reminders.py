"""Reminders of boxes: collect it, bring it back, it is late, how was it used. Done at each round of the worker."""

from collections.abc import Callable
from datetime import date, datetime

from portal.db import Rows, db, operation, writing
from portal.lending import letters_reminding as letters
from portal.lending.models import Loan, LoanNotice
from portal.lending.queries_late import LATE
from portal.lending.queries_reminders import (
    DUE,
    MINDERS,
    READY,
    USE,
    Day,
    days_now,
    due_back,
    due_late,
    due_minders,
    due_ready,
    due_use,
    late_on_monday,
)
from portal.web import clock
from portal.web.housekeeping import each_round

BATCH = 50
Written = Callable[[Loan, date], int]
# What is due, the day that its note stands for, and its mail.
KINDS: dict[str, tuple[Callable[[Day, datetime], Rows], Written]] = {
    READY: (due_ready, letters.tell_ready),
    DUE: (due_back, letters.tell_due),
    LATE: (due_late, letters.tell_late),
    USE: (due_use, letters.ask_use),
}


def remind() -> int:
    """Write what is due, in small transactions; returns how many mails."""
    now = clock.now()
    written = 0
    for day in days_now(now):
        for kind in KINDS:
            written += _in_batches(kind, day, now)
        for network_id in list(db.session.execute(due_minders(day)).scalars()):
            with writing():
                written += _tell_minders(network_id, day)
    return written


def _in_batches(kind: str, day: Day, now: datetime) -> int:
    due, written = KINDS[kind][0](day, now), 0
    while db.session.execute(due.limit(1)).first():
        with writing():
            written += _write_batch(kind, day, now)
    return written


@operation
def _write_batch(kind: str, day: Day, now: datetime) -> int:
    """One small transaction: each mail, and the note that it was written, or that she wants none."""
    query, tell = KINDS[kind]
    rows = db.session.execute(query(day, now).limit(BATCH)).all()
    written = 0
    for loan_id, starts_on, ends_on in rows:
        due_on = {READY: starts_on, DUE: ends_on}.get(kind, day.today)
        db.session.add(LoanNotice(loan_id=loan_id, kind=kind, due_on=due_on, told_at=clock.now()))
        written += tell(db.session.get_one(Loan, loan_id), day.today)
    return written


@operation
def _tell_minders(network_id: int, day: Day) -> int:
    """One mail a week to each coordinator and keeper, with everything of theirs that is late."""
    loan_ids = late_on_monday(day, network_id)
    for loan_id in loan_ids:
        db.session.add(LoanNotice(loan_id=loan_id, kind=MINDERS, due_on=day.monday, told_at=clock.now()))
    return letters.tell_minders(network_id, day.today) if loan_ids else 0


each_round(remind)
