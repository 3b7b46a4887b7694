"""Questions about loans: one loan as somebody may see it, what holds a kit in a window, when it is free."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select

from portal.db import db
from portal.kit.models import Kit, KitOutOfService
from portal.lending.models import Loan, LoanAgreement
from portal.networks.models import Network
from portal.networks.readers import Reader
from portal.organisations.models import Organisation

FOR_EVER = date(9999, 12, 31)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Hold:
    """Days on which a kit is not to be had. ``school`` is empty where it is out of service; then ``why`` says more."""

    starts_on: date
    held_until: date
    loan_id: int | None = None
    school: str = ""
    why: str = ""


def visible_to(reader: Reader) -> ColumnElement[bool]:
    """Her own that she asked for in this network; of its kits, all for its coordinators, and for a keeper those of hers.

    The query joins ``Kit``. A box of the region belongs to another network than the loan: each side sees it in its own.
    """
    minds = or_(Kit.keeper_id == reader.person_id, literal(reader.is_coordinator))
    hers = and_(Loan.person_id == reader.person_id, Loan.network_id == reader.network_id)
    return or_(hers, and_(Kit.network_id == reader.network_id, minds))


def held_until(today: date) -> ColumnElement[date]:
    """Until when a loan holds its kit. One that is late holds it until it is back and turned round."""
    late = and_(Loan.out_at.is_not(None), Loan.returned_at.is_(None), Loan.ends_on < today)
    return case((late, FOR_EVER), else_=Loan.held_until)


def holds_of(kit_id: int, first: date, last: date, today: date, but: int | None = None) -> list[Hold]:
    """What holds a kit on any day from ``first`` to ``last``: loans that were approved, days out of service.

    Requests hold nothing. ``but`` leaves a loan out, so that it does not stand in its own way. Two queries.
    """
    return holds_of_each([kit_id], first, last, today, but).get(kit_id, [])


def holds_of_each(
    kit_ids: Sequence[int], first: date, last: date, today: date, but: int | None = None
) -> dict[int, list[Hold]]:
    """The same of several kits, in two queries; one that nothing holds is left out."""
    until = held_until(today)
    loans = (
        select(Loan.id, Loan.kit_id, Loan.starts_on, until.label("until"), Organisation.name)
        .outerjoin(Organisation, Organisation.id == Loan.organisation_id)
        .where(
            Loan.kit_id.in_(kit_ids),
            Loan.ended_at.is_(None),
            Loan.approved_at.is_not(None),
            Loan.starts_on <= last,
            until >= first,
        )
    )
    if but is not None:
        loans = loans.where(Loan.id != but)
    found: dict[int, list[Hold]] = {}
    for loan in db.session.execute(loans):
        found.setdefault(loan.kit_id, []).append(Hold(loan.starts_on, loan.until, loan.id, loan.name or ""))
    out = select(KitOutOfService).where(
        KitOutOfService.kit_id.in_(kit_ids),
        KitOutOfService.cancelled_at.is_(None),
        KitOutOfService.starts_on <= last,
        or_(KitOutOfService.ends_on.is_(None), KitOutOfService.ends_on >= first),
    )
    for row in db.session.execute(out).scalars():
        found.setdefault(row.kit_id, []).append(Hold(row.starts_on, row.ends_on or FOR_EVER, why=row.why))
    return {
        kit_id: sorted(holds, key=lambda hold: (hold.starts_on, hold.held_until)) for kit_id, holds in found.items()
    }


def next_free(holds: Sequence[Hold], starts_on: date, days: int, turn_round: int) -> date | None:
    """The first day on or after ``starts_on`` from which ``days`` days are free, or None: held without an end.

    ``holds`` are those from ``starts_on`` on, in their order; the days for turning it round have to fit in too.
    """
    day = starts_on
    for hold in sorted(holds, key=lambda hold: hold.starts_on):
        if hold.starts_on > day + (days - 1 + turn_round) * DAY:
            break
        if hold.held_until >= day:
            if hold.held_until == FOR_EVER:
                return None
            day = hold.held_until + DAY
    return day


def current_agreement(network_id: int) -> LoanAgreement | None:
    """The wording that borrowers of this network's kits accept today; None: there is none to accept."""
    query = select(LoanAgreement).where(LoanAgreement.network_id == network_id).order_by(LoanAgreement.version.desc())
    return db.session.execute(query.limit(1)).scalar_one_or_none()


def accepted_at(person_id: int, agreement_id: int) -> datetime | None:
    """When she accepted this wording first, with any loan; None: never."""
    query = select(func.min(Loan.agreed_at)).where(Loan.person_id == person_id, Loan.agreement_id == agreement_id)
    return db.session.execute(query).scalar()


def overdue_of(person_id: int, today: date) -> list[Loan]:
    """Boxes that she has and that should be back."""
    query = select(Loan).where(
        Loan.person_id == person_id,
        Loan.ended_at.is_(None),
        Loan.out_at.is_not(None),
        Loan.returned_at.is_(None),
        Loan.ends_on < today,
    )
    return list(db.session.execute(query.order_by(Loan.ends_on)).scalars())


def loan_that_is_out(kit_id: int) -> Loan | None:
    """Whose loan the box that somebody holds belongs to: handed over and not yet checked."""
    query = select(Loan).where(
        Loan.kit_id == kit_id, Loan.ended_at.is_(None), Loan.out_at.is_not(None), Loan.checked_at.is_(None)
    )
    return db.session.execute(query.order_by(Loan.out_at.desc()).limit(1)).scalar_one_or_none()


def asked_already(person_id: int, kit_id: int, first: date, last: date) -> bool:
    """Whether a request of hers for any of these days waits for its answer: one mail to those who decide is enough."""
    waits = select(Loan.id).where(
        Loan.person_id == person_id,
        Loan.kit_id == kit_id,
        Loan.ended_at.is_(None),
        Loan.approved_at.is_(None),
        Loan.starts_on <= last,
        Loan.ends_on >= first,
    )
    return db.session.execute(waits.limit(1)).first() is not None


def time_zone_of(network_id: int) -> str:
    """On whose clocks a kit's days begin."""
    return db.session.execute(select(Network.time_zone).where(Network.id == network_id)).scalar_one()


def box_that_is_out(kit_id: int, but: int) -> bool:
    """Whether by the book somebody else has the very box: the same one can't leave twice."""
    others = select(Loan.id).where(
        Loan.kit_id == kit_id,
        Loan.id != but,
        Loan.ended_at.is_(None),
        Loan.out_at.is_not(None),
        Loan.returned_at.is_(None),
    )
    return db.session.execute(others.limit(1)).first() is not None


def was_out_beyond(kit_id: int, day: date, time_zone: str, but: int) -> bool:
    """Whether somebody else had it on that day and brought it back on a later one."""
    midnight = datetime.combine(day + DAY, time(), ZoneInfo(time_zone))
    others = select(Loan.id).where(
        Loan.kit_id == kit_id, Loan.id != but, Loan.out_at < midnight, Loan.returned_at >= midnight
    )
    return db.session.execute(others.limit(1)).first() is not None
