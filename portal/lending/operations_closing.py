"""The return of a use, and the end of a loan: closed or lost."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.activities.models import Use
from portal.activities.operations_uses import recount_classes
from portal.db import db, operation
from portal.history.phrases import declare
from portal.kit.models import Kit, KitOutOfService
from portal.lending import telling
from portal.lending.days import day_out, refuse_day
from portal.lending.fields import UseReturned
from portal.lending.models import Loan
from portal.lending.operations_asking import note, refuse_ended
from portal.lending.queries import box_that_is_out, time_zone_of
from portal.web import clock
from portal.web.errors import DomainError

SUBJECT = "kit"

declare(
    {
        "loan.use_told": _l("%(actor)s told how “%(title)s” was used"),
        "loan.use_told_at_the_box": _l("Somebody told at the box how “%(title)s” was used"),
        "loan.closed": _l("The loan of “%(title)s” is closed: nothing is left to do"),
        "loan.closed_without": _l("%(actor)s closed the loan of “%(title)s” without the return of its use: %(why)s"),
        "loan.lost": _l("%(actor)s noted that “%(title)s” is lost"),
        "loan.found": _l("%(actor)s noted that “%(title)s” was found"),
    }
)


@operation
def tell_use(actor_id: int | None, loan_id: int, told: UseReturned, today: date) -> bool:
    """The return of the use; told again, it replaces what was told before. ``actor_id`` of None: at the box.

    It counts for the borrower, her school and her network. Raises DomainError for a day to come or before it was out,
    and at the box where it was told already: whoever passes by does not overwrite what a colleague told.
    """
    loan = db.session.get_one(Loan, loan_id, populate_existing=True)
    if not loan.out_at:
        raise DomainError(_("This box is not out, so nobody can have used it."))
    if actor_id is None and loan.use_told_at:
        raise DomainError(_("Its use was told already. Thank you all the same."))
    kit = db.session.get_one(Kit, loan.kit_id)
    time_zone = time_zone_of(kit.network_id)
    if told.used_on:
        refuse_day(loan, told.used_on, time_zone, "used_on")
    _write_use(loan, told, told.used_on or min(day_out(loan, time_zone), today), "teacher" if actor_id else "box")
    loan.use_told_at = clock.now()
    note(actor_id, "loan.use_told" if actor_id else "loan.use_told_at_the_box", loan, kit)
    close_if_complete(actor_id, loan)
    return True


@operation
def close_loan(actor_id: int, loan_id: int, why: str) -> bool:
    """Close it without the return of its use, and say why: the use then counts as not returned, never as none."""
    loan = db.session.get_one(Loan, loan_id, populate_existing=True)
    if loan.closed_at:
        return True
    refuse_ended(loan)
    if not loan.checked_at:
        raise DomainError(_("Count what came back first."))
    loan.closed_at = loan.ended_at = clock.now()
    loan.closed_by, loan.closed_without = actor_id, why
    note(actor_id, "loan.closed_without", loan, why=why)
    return True


@operation
def lose_kit(actor_id: int, loan_id: int, today: date) -> bool:
    """It will not come back. The loan ends, and the kit is out of service until it is found or replaced."""
    loan = db.session.get_one(Loan, loan_id, populate_existing=True)
    if loan.lost_at:
        return True
    refuse_ended(loan)
    if not loan.out_at or loan.returned_at:
        raise DomainError(_("Only a box that is out can get lost on its way."))
    loan.lost_at = loan.ended_at = clock.now()
    loan.lost_by = actor_id
    db.session.add(
        KitOutOfService(
            kit_id=loan.kit_id, starts_on=today, why=_("lost on its way"), noted_by=actor_id, noted_at=loan.lost_at
        )
    )
    kit = db.session.get_one(Kit, loan.kit_id)
    note(actor_id, "loan.lost", loan, kit)
    telling.lost(loan, kit)
    return True


@operation
def find_kit(actor_id: int, loan_id: int) -> bool:
    """Undo of losing it: it is out again, late if its day has gone by, and the kit is in service again.

    Raises DomainError where its place was taken: another box under the same number is out.
    """
    loan = db.session.get_one(Loan, loan_id, populate_existing=True)
    if loan.lost_at is None:
        return True
    if box_that_is_out(loan.kit_id, but=loan.id):
        raise DomainError(_("By the book it is still out to somebody else. Take it back there first."))
    # What losing it wrote down carries the very same moment.
    out = select(KitOutOfService).where(
        KitOutOfService.kit_id == loan.kit_id,
        KitOutOfService.noted_at == loan.lost_at,
        KitOutOfService.cancelled_at.is_(None),
    )
    for one in db.session.execute(out).scalars():
        one.cancelled_at = clock.now()
    loan.lost_at = loan.lost_by = loan.ended_at = None
    note(actor_id, "loan.found", loan)
    return True


def close_if_complete(actor_id: int | None, loan: Loan) -> None:
    """Counted, and its use told where the kit asks for that: nothing is left to do. Not an operation of its own."""
    if loan.ended_at or not loan.checked_at:
        return
    kit = db.session.get_one(Kit, loan.kit_id)
    if kit.needs_return and not loan.use_told_at:
        return
    loan.closed_at = loan.ended_at = clock.now()
    loan.closed_by = actor_id
    note(actor_id, "loan.closed", loan, kit)


def _write_use(loan: Loan, told: UseReturned, used_on: date, how: str) -> None:
    """One use a loan. Where nobody used the kit there is none; what stood there before is withdrawn."""
    use = db.session.get(Use, loan.use_id) if loan.use_id else None
    if use is None and told.classes:
        use = Use(subject_kind=SUBJECT, subject_id=loan.kit_id, network_id=loan.network_id, person_id=loan.person_id,
                  organisation_id=loan.organisation_id, recorded_at=clock.now())  # fmt: skip
        db.session.add(use)
    if use is not None:
        students = told.students if told.classes else None
        use.withdrawn_at = None if told.classes else clock.now()
        use.used_on, use.classes, use.students = used_on, told.classes, students
        use.students_how = "" if students is None else how
        use.year_group = told.year_group or loan.year_group
        use.engagement, use.level, use.again = told.engagement, told.level, told.again
        use.what_changed, use.quote, use.quote_allowed = told.what_changed, told.quote, told.quote_allowed
        db.session.flush()
        loan.use_id = use.id
    recount_classes(Kit, SUBJECT, loan.kit_id)
