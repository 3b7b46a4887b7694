"""What came back is counted: the refill list and the problems of a kit follow from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, or_, select

from portal.db import db, operation
from portal.history.phrases import declare
from portal.kit.models import KitPart, KitProblem
from portal.kit.queries import parts_of
from portal.lending.fields import Counted
from portal.lending.models import Loan, LoanCount
from portal.lending.operations_asking import note
from portal.lending.operations_closing import close_if_complete
from portal.lending.operations_steps import mark_returned, open_loan
from portal.lending.queries_loan import told_meanwhile
from portal.web import clock
from portal.web.errors import DomainError

declare(
    {"loan.checked": _l("%(actor)s counted “%(title)s”: %(missing)s missing, %(broken)s broken, %(used)s used up")},
)


@dataclass(frozen=True)
class Count:
    """What one count found, with what was written beside it. ``photo_id`` of None keeps the photo that was there."""

    parts: Sequence[Counted] = field(default_factory=tuple)
    words: str = ""
    photo_id: int | None = None

    def sum_of(self, name: str) -> int:
        return sum(getattr(one, name) for one in self.parts)


@operation
def check_kit(actor_id: int, loan_id: int, count: Count, on_day: date) -> bool:
    """What is there is counted: the refill list follows from it, and a problem for whatever is missing or broken.

    Takes the kit back first where nobody did. May be done again: the later count stands. Raises DomainError for more
    than went out.
    """
    loan = open_loan(loan_id)
    if not loan.returned_at:
        mark_returned(actor_id, loan, on_day)
    was_counted = loan.checked_at is not None
    loan.checked_at, loan.checked_by, loan.check_note = clock.now(), actor_id, count.words
    loan.check_photo_id = count.photo_id or loan.check_photo_id
    _write_counts(actor_id, loan, count.parts, was_counted)
    missing, broken, used = (count.sum_of(name) for name in ("missing", "broken", "used"))
    note(actor_id, "loan.checked", loan, missing=missing, broken=broken, used=used)
    close_if_complete(actor_id, loan)
    return True


def _write_counts(actor_id: int, loan: Loan, counted: Iterable[Counted], was_counted: bool) -> None:
    said, told = {one.part_id: one for one in counted}, told_meanwhile(loan)
    rows = db.session.execute(select(LoanCount).where(LoanCount.loan_id == loan.id)).scalars()
    known = {row.part_id: row for row in rows}
    for part in parts_of(loan.kit_id):
        one = said.get(part.id, Counted(part.id))
        row = known.get(part.id) or LoanCount(loan_id=loan.id, part_id=part.id, missing=0, broken=0, used=0)
        counted_before = was_counted or _lacks(row) > 0
        _count_part(part, row, one, _lacks(row) if counted_before else _lacks(told.get(part.id, Counted(part.id))))
        db.session.add(row)
        _set_problem(actor_id, loan, part, "missing", one.missing)
        _set_problem(actor_id, loan, part, "broken", one.broken)
        _set_problem(actor_id, loan, part, "used_up", 0)


def _count_part(part: KitPart, row: LoanCount, said: Counted, before: int) -> None:
    """What is there now. ``before`` was taken off already, by an earlier count or by what was said at the box.

    Only the difference counts: somebody may have refilled it in between.
    """
    lacks, most = _lacks(said), part.quantity if row.went is None else row.went
    if lacks > most:
        raise DomainError(_("“%(part)s”: only %(went)s went out.", part=part.title, went=most), f"missing_{part.id}")
    part.there = min(part.quantity, max(0, part.there + before - lacks))
    row.missing, row.broken, row.used = said.missing, said.broken, said.used


def _lacks(one: LoanCount | Counted) -> int:
    return one.missing + one.broken + one.used


def _set_problem(actor_id: int, loan: Loan, part: KitPart, kind: str, quantity: int) -> None:
    """One open problem for each kind and part of a loan: a second count changes it, what was said at the box joins in.

    What is used up as it was meant to be is no problem: it stands on the refill list.
    """
    said_meanwhile = KitProblem.loan_id.is_(None) & (KitProblem.told_at >= loan.out_at)
    query = select(KitProblem).where(
        KitProblem.kit_id == loan.kit_id,
        KitProblem.part_id == part.id,
        KitProblem.kind == kind,
        or_(KitProblem.loan_id == loan.id, said_meanwhile),
        KitProblem.settled_at.is_(None),
    )
    known = list(db.session.execute(query.order_by(KitProblem.id)).scalars())
    if not known:
        # What an earlier count found and somebody put right since is no new problem.
        if quantity := max(0, quantity - _put_right(loan, part, kind)):
            db.session.add(_problem(actor_id, loan, part, kind, quantity))
        return
    known[0].loan_id, known[0].quantity = loan.id, quantity or known[0].quantity
    for one in known[1:] if quantity else known:
        one.settled_at, one.settled_by = clock.now(), actor_id
        one.outcome = "found" if kind == "missing" and not quantity else "nothing"


def _put_right(loan: Loan, part: KitPart, kind: str) -> int:
    settled = (KitProblem.loan_id == loan.id, KitProblem.part_id == part.id, KitProblem.settled_at.is_not(None))
    many = select(func.coalesce(func.sum(KitProblem.quantity), 0)).where(*settled, KitProblem.kind == kind)
    return int(db.session.execute(many.where(KitProblem.outcome.in_(("refilled", "mended", "gone")))).scalar_one())


def _problem(actor_id: int, loan: Loan, part: KitPart, kind: str, quantity: int) -> KitProblem:
    return KitProblem(
        kit_id=loan.kit_id,
        part_id=part.id,
        loan_id=loan.id,
        kind=kind,
        quantity=quantity,
        told_by=actor_id,
        told_at=clock.now(),
    )
