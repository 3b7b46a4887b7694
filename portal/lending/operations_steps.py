"""A kit is packed, handed over, brought back, counted."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.db import db, operation
from portal.history.phrases import declare
from portal.kit.models import Kit, KitPart, KitProblem
from portal.lending.fields import Counted
from portal.lending.models import Loan, LoanCount
from portal.lending.operations_asking import note, refuse_ended
from portal.lending.operations_closing import close_if_complete
from portal.web import clock
from portal.web.errors import DomainError

declare(
    {
        "loan.ready": _l("%(actor)s packed “%(title)s” for its loan"),
        "loan.handed_over": _l("%(actor)s handed over “%(title)s”"),
        "loan.returned": _l("%(actor)s took “%(title)s” back"),
        "loan.returned_at_the_box": _l("Somebody said at the box that “%(title)s” is back"),
        "loan.checked": _l("%(actor)s counted “%(title)s”: %(missing)s missing, %(broken)s broken, %(used)s used up"),
        "loan.step_back": _l("%(actor)s took the last step of the loan of “%(title)s” back"),
    }
)


@operation
def make_ready(actor_id: int, loan_id: int) -> bool:
    """It is packed and waits to be collected."""
    loan = _open(loan_id)
    if not loan.approved_at:
        raise DomainError(_("Approve the loan first."))
    if not loan.ready_at and not loan.out_at:
        loan.ready_at, loan.ready_by = clock.now(), actor_id
        note(actor_id, "loan.ready", loan)
    return True


@operation
def hand_over(actor_id: int, loan_id: int, went: Mapping[int, int], collected_by: str = "") -> bool:
    """It leaves. ``went`` says of each part how many go; parts that are not named go as they are there."""
    loan = _open(loan_id)
    if not loan.approved_at:
        raise DomainError(_("Approve the loan first."))
    if loan.out_at:
        return True
    _refuse_second(loan)
    loan.out_at, loan.out_by, loan.collected_by = clock.now(), actor_id, collected_by
    for part in _parts(loan.kit_id):
        part.there = min(part.quantity, max(0, went.get(part.id, part.there)))
        db.session.add(LoanCount(loan_id=loan.id, part_id=part.id, went=part.there))
    note(actor_id, "loan.handed_over", loan)
    return True


@operation
def take_back(actor_id: int | None, loan_id: int, on_day: date) -> bool:
    """It is back, on which day; nothing is counted yet. ``actor_id`` of None: said at the box, without signing in."""
    loan = _open(loan_id)
    if loan.returned_at:
        return True
    if not loan.out_at:
        raise DomainError(_("This box is not out, so it can’t come back."))
    _mark_returned(actor_id, loan, on_day)
    return True


@operation
def check_kit(
    actor_id: int, loan_id: int, counted: Sequence[Counted], on_day: date, words: str = "", photo_id: int | None = None
) -> bool:
    """What is there is counted: the refill list follows from it, and a problem for whatever is missing or broken.

    Takes the kit back first where nobody did. May be done again: the later count stands.
    """
    loan = _open(loan_id)
    if not loan.out_at:
        raise DomainError(_("This box is not out, so it can’t come back."))
    if not loan.returned_at:
        _mark_returned(actor_id, loan, on_day)
    loan.checked_at, loan.checked_by, loan.check_note = clock.now(), actor_id, words
    loan.check_photo_id = photo_id or loan.check_photo_id
    _write_counts(actor_id, loan, counted)
    sums = {name: sum(getattr(one, name) for one in counted) for name in ("missing", "broken", "used")}
    note(actor_id, "loan.checked", loan, **sums)
    close_if_complete(actor_id, loan)
    return True


@operation
def step_back(actor_id: int, loan_id: int) -> bool:
    """Undo of the last step: checked, returned, out or ready. Counts stay until they are made again."""
    loan = _open(loan_id)
    for moment, by in (("checked_at", "checked_by"), ("returned_at", "returned_by"), ("out_at", "out_by"),
                       ("ready_at", "ready_by")):  # fmt: skip
        if getattr(loan, moment):
            setattr(loan, moment, None)
            setattr(loan, by, None)
            break
    else:
        return True
    if not loan.out_at:
        for count in db.session.execute(select(LoanCount).where(LoanCount.loan_id == loan.id)).scalars():
            db.session.delete(count)
    if not loan.returned_at:
        loan.held_until = loan.ends_on + timedelta(days=db.session.get_one(Kit, loan.kit_id).turn_round_days)
    note(actor_id, "loan.step_back", loan)
    return True


def _open(loan_id: int) -> Loan:
    loan = db.session.get_one(Loan, loan_id, populate_existing=True)
    refuse_ended(loan)
    return loan


def _refuse_second(loan: Loan) -> None:
    """The same box can't leave twice."""
    others = select(Loan.id).where(
        Loan.kit_id == loan.kit_id, Loan.id != loan.id, Loan.ended_at.is_(None),
        Loan.out_at.is_not(None), Loan.returned_at.is_(None),
    )  # fmt: skip
    if db.session.execute(others.limit(1)).first():
        raise DomainError(_("By the book it is still out to somebody else. Take it back there first."))


def _mark_returned(actor_id: int | None, loan: Loan, on_day: date) -> None:
    kit = db.session.get_one(Kit, loan.kit_id)
    loan.returned_at, loan.returned_by = clock.now(), actor_id
    loan.held_until = max(on_day, loan.starts_on) + timedelta(days=kit.turn_round_days)
    note(actor_id, "loan.returned" if actor_id else "loan.returned_at_the_box", loan, kit)


def _parts(kit_id: int) -> Sequence[KitPart]:
    return db.session.execute(
        select(KitPart).where(KitPart.kit_id == kit_id, KitPart.removed_at.is_(None))
    ).scalars().all()  # fmt: skip


def _write_counts(actor_id: int, loan: Loan, counted: Sequence[Counted]) -> None:
    by_part = {one.part_id: one for one in counted}
    rows = db.session.execute(select(LoanCount).where(LoanCount.loan_id == loan.id)).scalars()
    known = {row.part_id: row for row in rows}
    for part in _parts(loan.kit_id):
        said = by_part.get(part.id, Counted(part.id))
        row = known.get(part.id) or LoanCount(loan_id=loan.id, part_id=part.id)
        before = row.went if row.went is not None else part.there
        row.missing, row.broken, row.used = said.missing, said.broken, said.used
        db.session.add(row)
        part.there = max(0, before - said.missing - said.broken - said.used)
        _set_problem(actor_id, loan, part, "missing", said.missing)
        _set_problem(actor_id, loan, part, "broken", said.broken)


def _set_problem(actor_id: int, loan: Loan, part: KitPart, kind: str, quantity: int) -> None:
    """One open problem for each kind and part of a loan: a second count changes it, what was said at the box joins in."""
    query = select(KitProblem).where(
        KitProblem.kit_id == loan.kit_id, KitProblem.part_id == part.id, KitProblem.kind == kind,
        KitProblem.loan_id == loan.id, KitProblem.settled_at.is_(None),
    )  # fmt: skip
    known = db.session.execute(query.limit(1)).scalar_one_or_none()
    if known and not quantity:
        known.settled_at, known.settled_by, known.outcome = clock.now(), actor_id, "found"
    elif known:
        known.quantity = quantity
    elif quantity:
        db.session.add(
            KitProblem(
                kit_id=loan.kit_id,
                part_id=part.id,
                loan_id=loan.id,
                kind=kind,
                quantity=quantity,
                told_by=actor_id,
                told_at=clock.now(),
            )
        )
