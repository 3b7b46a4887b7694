"""A loan is asked for, approved, declined, cancelled or moved to another window."""

from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import db, operation
from portal.history.phrases import declare
from portal.kit.models import Kit
from portal.lending import telling
from portal.lending.agreeing import accept_agreement
from portal.lending.fields import Asked
from portal.lending.models import Loan
from portal.lending.queries import asked_already
from portal.lending.rules import clash_in, why_not_she, why_not_then
from portal.resources.queries_uses import main_organisation
from portal.web import clock, dates
from portal.web.errors import DomainError

declare(
    {
        "loan.requested": _l("%(actor)s asked for “%(title)s” from %(start)s to %(end)s"),
        "loan.approved": _l("%(actor)s approved the loan of “%(title)s” from %(start)s to %(end)s"),
        "loan.declined": _l("%(actor)s declined the loan of “%(title)s” from %(start)s to %(end)s"),
        "loan.cancelled": _l("%(actor)s cancelled the loan of “%(title)s” from %(start)s to %(end)s"),
        "loan.restored": _l("%(actor)s brought the loan of “%(title)s” from %(start)s to %(end)s back"),
        "loan.moved": _l("%(actor)s moved the loan of “%(title)s” to %(start)s to %(end)s"),
    }
)


@operation
def request_loan(actor_id: int, network_id: int, kit_id: int, asked: Asked, today: date) -> int:
    """Ask for a kit in a window; returns the loan's id. Raises DomainError with whatever stands in the way."""
    kit = db.session.get_one(Kit, kit_id)
    for reason in why_not_she(kit, actor_id, today):
        raise DomainError(reason)
    for reason in why_not_then(kit, asked.starts_on, asked.ends_on, today, reader_in=network_id):
        raise DomainError(reason, "starts_on")
    if asked_already(actor_id, kit_id, asked.starts_on, asked.ends_on):
        raise DomainError(_("You asked for it on these days already, and nobody has answered yet."), "starts_on")
    loan = begin_loan(actor_id, actor_id, network_id, kit, asked)
    accept_agreement(loan, kit, asked.agreement_id)
    note(actor_id, "loan.requested", loan, kit)
    telling.requested(loan, kit)
    return loan.id


@operation
def book_loan(actor_id: int, person_id: int, network_id: int, kit_id: int, asked: Asked, today: date) -> int:
    """Whoever minds the kit books it for somebody: approved at once, on short notice too. Returns the loan's id.

    Raises DomainError for a clash and a kit that is not lent any more; other rules are hers to bend. The agreement is
    accepted at the door.
    """
    kit = db.session.get_one(Kit, kit_id)
    if kit.retired_at or kit.deleted_at:
        raise DomainError(_("This kit is not lent just now."))
    loan = begin_loan(actor_id, person_id, network_id, kit, asked)
    approve(actor_id, loan, kit, today)
    telling.approved(loan, kit)
    return loan.id


@operation
def approve_loan(actor_id: int, loan_id: int, today: date, answer: str = "") -> bool:
    """The kit is hers in this window. Raises DomainError where it is held by somebody else meanwhile.

    Writers come one after the other, so of two approvals at the same moment the second sees the first.
    """
    loan = db.session.get_one(Loan, loan_id, populate_existing=True)
    refuse_ended(loan)
    if loan.approved_at:
        return True
    kit = db.session.get_one(Kit, loan.kit_id)
    loan.answer = answer
    approve(actor_id, loan, kit, today)
    telling.approved(loan, kit)
    return True


@operation
def decline_loan(actor_id: int, loan_id: int, answer: str) -> bool:
    """Not this time, and why. What was approved is cancelled instead."""
    loan = db.session.get_one(Loan, loan_id, populate_existing=True)
    if loan.declined_at:
        return True
    refuse_ended(loan)
    if loan.approved_at:
        raise DomainError(_("It is approved already. Cancel it instead, and say why."))
    kit = db.session.get_one(Kit, loan.kit_id)
    loan.declined_at = loan.ended_at = clock.now()
    loan.declined_by, loan.answer = actor_id, answer
    note(actor_id, "loan.declined", loan, kit)
    telling.declined(loan, kit)
    return True


@operation
def cancel_loan(actor_id: int, loan_id: int, answer: str = "") -> bool:
    """It is not needed, or can't be had after all. Raises DomainError once the kit is out: then it is returned."""
    loan = db.session.get_one(Loan, loan_id, populate_existing=True)
    if loan.cancelled_at:
        return True
    refuse_ended(loan)
    if loan.out_at:
        raise DomainError(_("It is out already. Bring it back early instead."))
    kit = db.session.get_one(Kit, loan.kit_id)
    loan.cancelled_at = loan.ended_at = clock.now()
    loan.cancelled_by, loan.answer = actor_id, answer or loan.answer
    note(actor_id, "loan.cancelled", loan, kit)
    telling.cancelled(loan, kit)
    return True


@operation
def restore_loan(actor_id: int, loan_id: int, today: date) -> bool:
    """Undo of declining or cancelling. An approved one needs its window to be free still; raises DomainError else."""
    loan = db.session.get_one(Loan, loan_id, populate_existing=True)
    if not (loan.cancelled_at or loan.declined_at):
        return True
    kit = db.session.get_one(Kit, loan.kit_id)
    loan.cancelled_at = loan.cancelled_by = loan.declined_at = loan.declined_by = loan.ended_at = None
    if loan.approved_at:
        _refuse_clash(kit, loan, today, reader_in=loan.network_id if actor_id == loan.person_id else None)
    note(actor_id, "loan.restored", loan, kit)
    telling.restored(loan, kit, actor_id)
    return True


@operation
def move_loan(actor_id: int, loan_id: int, starts_on: date, ends_on: date, today: date) -> bool:
    """Another window, or a longer one while it is out: then only its last day moves. Raises DomainError for a clash."""
    loan = db.session.get_one(Loan, loan_id, populate_existing=True)
    refuse_ended(loan)
    if loan.returned_at:
        raise DomainError(_("It is back already."))
    if loan.out_at:
        starts_on = loan.starts_on
    if ends_on < starts_on:
        raise DomainError(_("The last day is before the first."), "ends_on")
    if (starts_on, ends_on) == (loan.starts_on, loan.ends_on):
        return True
    kit = db.session.get_one(Kit, loan.kit_id)
    loan.starts_on, loan.ends_on = starts_on, ends_on
    loan.held_until = ends_on + timedelta(days=kit.turn_round_days)
    if loan.approved_at:
        _refuse_clash(kit, loan, today)
    note(actor_id, "loan.moved", loan, kit)
    telling.moved(loan, kit)
    return True


def begin_loan(actor_id: int, person_id: int, network_id: int, kit: Kit, asked: Asked) -> Loan:
    """A new loan, requested and nothing else yet. Not an operation of its own."""
    loan = Loan(
        kit_id=kit.id,
        network_id=network_id,
        person_id=person_id,
        organisation_id=main_organisation(person_id),
        starts_on=asked.starts_on,
        ends_on=asked.ends_on,
        held_until=asked.ends_on + timedelta(days=kit.turn_round_days),
        purpose=asked.purpose,
        year_group=asked.year_group,
        classes=asked.classes,
        students=asked.students,
        requested_at=clock.now(),
        requested_by=actor_id,
    )
    db.session.add(loan)
    db.session.flush()
    return loan


def approve(actor_id: int, loan: Loan, kit: Kit, today: date) -> None:
    """The part that approving, booking and a rotation have in common. Raises DomainError for a clash."""
    _refuse_clash(kit, loan, today)
    loan.approved_at, loan.approved_by = clock.now(), actor_id
    note(actor_id, "loan.approved", loan, kit)


def refuse_ended(loan: Loan) -> None:
    if loan.ended_at:
        raise DomainError(_("This loan was ended meanwhile. Look at it once more."))


def note(actor_id: int | None, action: str, loan: Loan, kit: Kit | None = None, **details: object) -> None:
    """A line in the history of the loan, in its kit's network."""
    kit = kit or db.session.get_one(Kit, loan.kit_id)
    window = {"start": dates.day(loan.starts_on), "end": dates.day(loan.ends_on)}
    history.record(actor_id, action, "loan", loan.id, kit.network_id, title=kit.title, **window, **details)


def _refuse_clash(kit: Kit, loan: Loan, today: date, reader_in: int | None = None) -> None:
    if sentence := clash_in(kit, loan.starts_on, loan.ends_on, today, but=loan.id, reader_in=reader_in):
        raise DomainError(sentence, "starts_on")
