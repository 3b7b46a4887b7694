"""What the room below asks of lending: where a kit is, when it is needed next, on which loan it is out."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, case, func, select

from portal.db import db
from portal.kit.hooks import Whereabouts, answers
from portal.kit.models import Kit
from portal.lending.models import Loan
from portal.lending.queries import held_until, holds_of_each, loan_that_is_out, next_free
from portal.lending.words import standing
from portal.organisations.models import Organisation
from portal.web import dates

LOOK_AHEAD = timedelta(days=400)
# What a class needs of a box, the days for turning it round included.
A_WEEK = 7


@answers.whereabouts
def where(kit_ids: Sequence[int], today: date, reader_in: int) -> dict[int, Whereabouts]:
    """Out, late, packed for somebody or back and not counted; kits that are at home are left out (one query)."""
    query = (
        select(Loan, case((Kit.network_id == reader_in, Organisation.name)))
        .join(Kit, Kit.id == Loan.kit_id)
        .outerjoin(Organisation, Organisation.id == Loan.organisation_id)
        .where(
            Loan.kit_id.in_(kit_ids), Loan.ended_at.is_(None), Loan.approved_at.is_not(None), Loan.starts_on <= today
        )
        .order_by(Loan.out_at.is_not(None), Loan.starts_on)
    )
    found: dict[int, Whereabouts] = {}
    for loan, school in db.session.execute(query):
        if (words := _words(loan, school or _("somebody"), today)) is not None:
            found[loan.kit_id] = words
    return found


def _words(loan: Loan, school: str, today: date) -> Whereabouts | None:
    state, due = standing(loan, today), dates.short_day(loan.ends_on)
    if state == "overdue":
        return Whereabouts("late", _("Late: was due back from %(school)s on %(day)s", school=school, day=due))
    if state == "out":
        return Whereabouts("ink", _("Out to %(school)s until %(day)s", school=school, day=due))
    if state in ("approved", "ready"):
        return Whereabouts("ink", _("Booked for %(school)s until %(day)s", school=school, day=due))
    return Whereabouts("wait", _("Back, to be counted")) if state == "returned" else None


@answers.needed_next
def needed_next(kit_ids: Sequence[int], today: date) -> dict[int, date]:
    """The first day of the next loan that was approved and not handed over (one query)."""
    rows = db.session.execute(
        select(Loan.kit_id, func.min(Loan.starts_on))
        .where(
            Loan.kit_id.in_(kit_ids),
            Loan.ended_at.is_(None),
            Loan.approved_at.is_not(None),
            Loan.out_at.is_(None),
            Loan.ends_on >= today,
        )
        .group_by(Loan.kit_id)
    )
    return {row[0]: row[1] for row in rows}


@answers.free_again
def free_again(kit_ids: Sequence[int], today: date) -> dict[int, date | None]:
    """Of those that are held today: the first day from which a week is free, or None where nobody knows (two queries)."""
    return {
        kit_id: next_free(holds, today, A_WEEK, 0)
        for kit_id, holds in holds_of_each(kit_ids, today, today + LOOK_AHEAD, today).items()
        if holds[0].starts_on <= today
    }


@answers.loan_out
def loan_out(kit_id: int) -> int | None:
    loan = loan_that_is_out(kit_id)
    return loan.id if loan else None


@answers.is_away
def is_away(today: date) -> ColumnElement[bool]:
    """Held by a loan on that day, the days for turning it round included."""
    held = select(Loan.kit_id).where(
        Loan.kit_id == Kit.id,
        Loan.ended_at.is_(None),
        Loan.approved_at.is_not(None),
        Loan.starts_on <= today,
        held_until(today) >= today,
    )
    return held.correlate(Kit).exists()
