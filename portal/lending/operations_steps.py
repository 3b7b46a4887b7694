"""A kit is packed, handed over, brought back; and the last step is taken back."""

from collections.abc import Mapping
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from portal.db import db, operation
from portal.history.phrases import declare
from portal.kit.models import Kit
from portal.kit.queries import parts_of
from portal.lending import telling
from portal.lending.agreeing import accept_agreement
from portal.lending.days import moment_on, refuse_day
from portal.lending.models import Loan, LoanCount
from portal.lending.operations_asking import note, refuse_ended
from portal.lending.operations_closing import close_if_complete
from portal.lending.queries import box_that_is_out, time_zone_of
from portal.web import clock, dates
from portal.web.errors import DomainError

declare(
    {
        "loan.ready": _l("%(actor)s packed “%(title)s” for its loan"),
        "loan.handed_over": _l("%(actor)s handed over “%(title)s” on %(day)s"),
        "loan.returned": _l("%(actor)s noted that “%(title)s” came back on %(day)s"),
        "loan.returned_at_the_box": _l("Somebody said at the box that “%(title)s” came back on %(day)s"),
        "loan.step_back": _l("%(actor)s took the last step of the loan of “%(title)s” back"),
    }
)
# The steps that can be taken back, the last first. One that was closed by itself is counted again after.
UNDONE = (("closed_at", "closed_by"), ("checked_at", "checked_by"), ("returned_at", "returned_by"),
          ("out_at", "out_by"), ("ready_at", "ready_by"), ("approved_at", "approved_by"))  # fmt: skip


@operation
def make_ready(actor_id: int, loan_id: int) -> bool:
    """It is packed and waits to be collected."""
    loan = open_loan(loan_id)
    if not loan.approved_at:
        raise DomainError(_("Approve the loan first."))
    if not loan.ready_at and not loan.out_at:
        loan.ready_at, loan.ready_by = clock.now(), actor_id
        kit = db.session.get_one(Kit, loan.kit_id)
        note(actor_id, "loan.ready", loan, kit)
        telling.ready(loan, kit)
    return True


@operation
def hand_over(
    actor_id: int,
    loan_id: int,
    went: Mapping[int, int],
    on_day: date | None = None,
    collected_by: str = "",
    agreed_to: int | None = None,
) -> bool:
    """It leaves. ``went`` says of each part how many go; parts that are not named go as they are there.

    ``agreed_to`` is the wording of the agreement that was accepted at the door. A kit that is given away is not awaited.
    """
    loan = open_loan(loan_id)
    if not loan.approved_at:
        raise DomainError(_("Approve the loan first."))
    if loan.out_at:
        return True
    if box_that_is_out(loan.kit_id, but=loan.id):
        raise DomainError(_("By the book it is still out to somebody else. Take it back there first."))
    kit = db.session.get_one(Kit, loan.kit_id)
    time_zone = time_zone_of(kit.network_id)
    day = on_day or clock.today(time_zone)
    if day > clock.today(time_zone):
        raise DomainError(_("This day is still to come. Hand it over when it is there."), "on_day")
    accept_agreement(loan, kit, agreed_to)
    loan.out_at, loan.out_by, loan.collected_by = moment_on(day, time_zone), actor_id, collected_by
    if day < loan.starts_on:
        # Fetched early: from then on it is hers in the calendar too.
        loan.starts_on = day
    for part in parts_of(kit.id):
        part.there = min(part.quantity, max(0, went.get(part.id, part.there)))
        db.session.add(LoanCount(loan_id=loan.id, part_id=part.id, went=part.there))
    note(actor_id, "loan.handed_over", loan, kit, day=dates.day(day))
    if kit.way == "given":
        loan.returned_at = loan.checked_at = loan.out_at
        loan.held_until = day
        close_if_complete(actor_id, loan)
    return True


@operation
def take_back(actor_id: int | None, loan_id: int, on_day: date) -> bool:
    """It is back, on which day; nothing is counted yet. ``actor_id`` of None: said at the box, without signing in.

    Raises DomainError for a box that is not out, and for a day before it left or still to come.
    """
    loan = open_loan(loan_id)
    if not loan.returned_at:
        mark_returned(actor_id, loan, on_day)
    return True


@operation
def step_back(actor_id: int, loan_id: int, seen: str = "") -> bool:
    """Undo of the last step, until it is no more than asked for. Counts stay until they are made again.

    ``seen`` is the state that stood on the page: another step since is somebody else's, and stays. Raises DomainError then,
    and for a loan that was declined, cancelled or lost: these are taken back in their own way.
    """
    loan = db.session.get_one(Loan, loan_id, populate_existing=True)
    if seen and loan.state != seen:
        raise DomainError(_("Meanwhile it went on. Look at it once more."))
    if loan.closed_at:
        loan.ended_at, loan.closed_without = None, ""
    refuse_ended(loan)
    for moment, by in UNDONE:
        if getattr(loan, moment):
            setattr(loan, moment, None)
            setattr(loan, by, None)
            break
    else:
        return True
    kit = db.session.get_one(Kit, loan.kit_id)
    if not loan.out_at:
        db.session.execute(delete(LoanCount).where(LoanCount.loan_id == loan.id))
    elif not loan.returned_at and box_that_is_out(kit.id, but=loan.id):
        raise DomainError(_("By the book it is out to somebody else meanwhile. Take it back there first."))
    if not loan.returned_at:
        loan.held_until = loan.ends_on + timedelta(days=kit.turn_round_days)
    note(actor_id, "loan.step_back", loan, kit)
    if not loan.approved_at:
        telling.restored(loan, kit, actor_id)
    return True


def open_loan(loan_id: int) -> Loan:
    """The loan as it stands in this very moment. Raises DomainError where it was ended."""
    loan = db.session.get_one(Loan, loan_id, populate_existing=True)
    refuse_ended(loan)
    return loan


def mark_returned(actor_id: int | None, loan: Loan, on_day: date) -> None:
    """What taking back and counting have in common: from then on only the days for turning it round are held."""
    if not loan.out_at:
        raise DomainError(_("This box is not out, so it can’t come back."))
    kit = db.session.get_one(Kit, loan.kit_id)
    time_zone = time_zone_of(kit.network_id)
    refuse_day(loan, on_day, time_zone, "on_day")
    loan.returned_at, loan.returned_by = moment_on(on_day, time_zone), actor_id
    loan.held_until = on_day + timedelta(days=kit.turn_round_days)
    note(actor_id, "loan.returned" if actor_id else "loan.returned_at_the_box", loan, kit, day=dates.day(on_day))
    telling.returned(loan, kit)
