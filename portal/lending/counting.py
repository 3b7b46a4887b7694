"""How loans are counted: boxes that went out, days, uses, returns, lateness and losses. Each figure opens its rows.

Not returned is not zero: a loan whose use nobody told lowers the share of returns, never the number of classes.
A loan counts in the network of its borrower; days and losses belong to the network whose kit it is.
Source: R8 of network returns (days out of days available, return-form rate, overdue, losses and cost).
"""

from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, cast, extract, func, literal, or_, select

from portal.activities.counted_rows import Span, organisation, person
from portal.activities.counted_uses import counted, day_of, uncounted, uses
from portal.activities.counting import PERSON, SCHOOL, WHAT, WHEN
from portal.db import Rows
from portal.kit.models import Kit, KitOutOfService, KitPart
from portal.lending.models import Loan, LoanCount
from portal.web import clock

SUBJECT, DAY = "kit", 86_400
# Of the currencies in ISO 4217, those that people here may type and that have no smaller unit.
WITHOUT_CENTS = ("JPY", "KRW", "VND", "ISK", "CLP", "XOF", "XAF", "UGX", "RWF")
ROW = {"when": WHEN, "what": WHAT, "person": PERSON, "organisation": SCHOOL}


def loans(span: Span) -> Rows:
    """One row for each box that left in the span."""
    return _rows(Loan.out_at).where(*_hers(span), Loan.out_at >= span.start, Loan.out_at < span.end)


def returned(span: Span) -> Rows:
    """One row for each box that came back in the span, with whether its use was told: ``told`` of ``due``."""
    told = case((Loan.use_told_at.is_not(None), 1), else_=0).label("told")
    rows = _rows(Loan.returned_at, told, literal(1).label("due"))
    asks = or_(Kit.needs_return, Loan.use_told_at.is_not(None))
    return rows.where(*_hers(span), Loan.returned_at >= span.start, Loan.returned_at < span.end, asks)


def without_return(span: Span) -> Rows:
    """Boxes that came back and whose use nobody told."""
    back = and_(Loan.returned_at >= span.start, Loan.returned_at < span.end)
    return _rows(Loan.returned_at).where(*_hers(span), back, Kit.needs_return, Loan.use_told_at.is_(None))


def overdue(span: Span) -> Rows:
    """One row for each loan that was due in the span and came back later, or has not come back; ``days`` says by how much."""
    # The last moment of the day on which it was due, on the network's clocks: a span begins at midnight there.
    midnight = int(span.start.timestamp()) % DAY
    shift = midnight - DAY if midnight > DAY // 2 else midnight
    due = _seconds(Loan.ends_on) + shift + DAY
    back = case((Loan.returned_at.is_(None), _now()), else_=_seconds(Loan.returned_at))
    days = ((back - due + DAY) // DAY).label("days")
    window = and_(Loan.ends_on >= day_of(span.start), Loan.ends_on < day_of(span.end))
    rows = _rows(Loan.ends_on, days)
    return rows.where(*_hers(span), window, Loan.out_at.is_not(None), Loan.lost_at.is_(None), back >= due)


def kit_days(span: Span) -> Rows:
    """One row a kit of these networks: days on which it was out, of the days on which it could have been.

    A day is each 24 hours begun. Days before it was listed, after it was retired and out of service are not available;
    it was never out on more days than it was to be had, whatever was written down afterwards.
    """
    first, last = _later(_seconds(Kit.listed_at), int(span.start.timestamp())), _end_of(Kit.retired_at, span)
    available = _later(_days(first, last) - _out_of_service(span), 0)
    out = _days_out(span)
    rows = (
        select(
            Kit.title.label("what"),
            case((out > available, available), else_=out).label("out"),
            available.label("available"),
            Kit.id.label("kit_id"),
        )
        .where(Kit.network_id.in_(span.network_ids), Kit.listed_at.is_not(None), Kit.deleted_at.is_(None), last > first)
        .where(Kit.way == "lent")
    )
    return rows.order_by(Kit.title)


def losses(span: Span) -> Rows:
    """One row for each part of which something was missing or broken when it was counted in the span."""
    gone = LoanCount.missing + LoanCount.broken
    return (
        select(
            Loan.checked_at.label("when"),
            Kit.title.label("what"),
            KitPart.title.label("part"),
            LoanCount.missing.label("missing"),
            LoanCount.broken.label("broken"),
            gone.label("lost"),
            _in_units(KitPart.cost * gone).label("cost"),
            Kit.currency.label("currency"),
            organisation.c.name.label("organisation"),
            Loan.id.label("loan_id"),
            Kit.id.label("kit_id"),
            organisation.c.id.label("organisation_id"),
        )
        .join(Loan, Loan.id == LoanCount.loan_id)
        .join(KitPart, KitPart.id == LoanCount.part_id)
        .join(Kit, Kit.id == Loan.kit_id)
        .outerjoin(organisation, organisation.c.id == Loan.organisation_id)
        .where(Kit.network_id.in_(span.network_ids), gone > 0)
        .where(Loan.checked_at >= span.start, Loan.checked_at < span.end)
        .order_by(Loan.checked_at.desc())
    )


def kits_lost(span: Span) -> Rows:
    """Whole boxes that did not come back, by the day on which that was noted."""
    lost = (Loan.lost_at >= span.start, Loan.lost_at < span.end)
    return _rows(Loan.lost_at).where(Kit.network_id.in_(span.network_ids), *lost)


def kit_uses(span: Span) -> Rows:
    """One row for each loan of which a class made use, by its first day in class."""
    return uses(span, SUBJECT, Kit, "kit_id")


def uses_with_students(span: Span) -> Rows:
    return counted(kit_uses(span))


def uses_without_students(span: Span) -> Rows:
    return uncounted(kit_uses(span))


def _rows(when: Any, *more: Any) -> Rows:
    return (
        select(
            when.label("when"),
            Kit.title.label("what"),
            person.c.name.label("person"),
            organisation.c.name.label("organisation"),
            *more,
            Loan.id.label("loan_id"),
            Kit.id.label("kit_id"),
            person.c.id.label("person_id"),
            organisation.c.id.label("organisation_id"),
        )
        .join(Kit, Kit.id == Loan.kit_id)
        .join(person, person.c.id == Loan.person_id)
        .outerjoin(organisation, organisation.c.id == Loan.organisation_id)
        .order_by(when.desc())
    )


def _hers(span: Span) -> tuple[ColumnElement[bool], ...]:
    return (Loan.network_id.in_(span.network_ids),)


def _in_units(cost: Any) -> Any:
    """Costs are kept in the smallest unit of a currency: hundredths of it, but for a few that have none."""
    return case((Kit.currency.in_(WITHOUT_CENTS), cost * 1.0), else_=cost / 100.0)


def _seconds(moment: Any) -> Any:
    """Since 1970, on every database."""
    return cast(extract("epoch", moment), Integer)


def _now() -> int:
    return int(clock.now().timestamp())


def _later(one: Any, other: Any) -> Any:
    return case((one > other, one), else_=other)


def _end_of(moment: Any, span: Span) -> Any:
    """The moment, where there is one, but no later than now and than the end of the span."""
    end = min(int(span.end.timestamp()), _now())
    return case((moment.is_(None), end), (_seconds(moment) > end, end), else_=_seconds(moment))


def _days(first: Any, last: Any) -> Any:
    return case((last > first, (last - first + DAY - 1) // DAY), else_=0)


def _days_out(span: Span) -> Any:
    first = _later(_seconds(Loan.out_at), int(span.start.timestamp()))
    days = _days(first, _end_of(func.coalesce(Loan.returned_at, Loan.lost_at), span))
    out = select(func.coalesce(func.sum(days), 0)).where(Loan.kit_id == Kit.id, Loan.out_at.is_not(None))
    return out.correlate(Kit).scalar_subquery()


def _out_of_service(span: Span) -> Any:
    """Its days both included; one without an end lasts until now."""
    end = min(int(span.end.timestamp()), _now())
    last = case((KitOutOfService.ends_on.is_(None), end), else_=_seconds(KitOutOfService.ends_on) + DAY)
    days = _days(
        _later(_seconds(KitOutOfService.starts_on), int(span.start.timestamp())), case((last > end, end), else_=last)
    )
    spells = (KitOutOfService.kit_id == Kit.id, KitOutOfService.cancelled_at.is_(None))
    return select(func.coalesce(func.sum(days), 0)).where(*spells).correlate(Kit).scalar_subquery()
