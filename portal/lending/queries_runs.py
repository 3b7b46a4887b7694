"""Questions about delivery runs: which there are, what goes along, what could."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from portal.db import Rows, db
from portal.kit.models import Kit
from portal.lending.models import DeliveryRun, Loan
from portal.organisations.models import Organisation
from portal.people.models import Person

# Within these days a run is near enough to bring a box before its loan begins, or to fetch it after it ended.
NEAR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Ride:
    """One box on a run. ``is_proposed``: no other run is nearer to the day on which it is needed."""

    loan_id: int
    kit_id: int
    kit: str
    asset_code: str
    home: str
    boxes: int
    person: str
    phone: str
    school: str
    place: str
    starts_on: date
    ends_on: date
    out_run_id: int | None
    back_run_id: int | None
    is_out: bool
    is_back: bool
    is_proposed: bool = False

    @property
    def name(self) -> str:
        return f"{self.asset_code}, {self.kit}" if self.asset_code else self.kit


def runs(network_id: int) -> Rows:
    """Every run of a network, with its driver and how many boxes go out and come back with it."""
    out = select(func.count(Loan.id)).where(Loan.out_run_id == DeliveryRun.id, Loan.cancelled_at.is_(None))
    back = select(func.count(Loan.id)).where(Loan.back_run_id == DeliveryRun.id, Loan.cancelled_at.is_(None))
    return (
        select(
            DeliveryRun.id, DeliveryRun.on_day, DeliveryRun.title, DeliveryRun.cancelled_at, DeliveryRun.driver_id,
            Person.name.label("driver"), out.scalar_subquery().label("out"), back.scalar_subquery().label("back"),
        )
        .outerjoin(Person, Person.id == DeliveryRun.driver_id)
        .where(DeliveryRun.network_id == network_id)
    )  # fmt: skip


def run_in(network_id: int, run_id: int) -> DeliveryRun | None:
    query = select(DeliveryRun).where(DeliveryRun.id == run_id, DeliveryRun.network_id == network_id)
    return db.session.execute(query).scalar_one_or_none()


def rides_of(run: DeliveryRun) -> list[Ride]:
    """What goes along, in the order of the places (one query)."""
    return _rides(or_(Loan.out_run_id == run.id, Loan.back_run_id == run.id), run)


def could_go_out(run: DeliveryRun) -> list[Ride]:
    """Boxes that were approved, wait for no other run, and are needed soon after this one (two queries)."""
    found = _rides(
        and_(
            Loan.out_run_id.is_(None), Loan.out_at.is_(None), Loan.approved_at.is_not(None), Loan.ended_at.is_(None),
            Loan.starts_on <= run.on_day + NEAR, Loan.ends_on > run.on_day,
        ),
        run,
    )  # fmt: skip
    others = _days_of_other_runs(run)
    return [_proposed(one, not any(run.on_day < day <= one.starts_on for day in others)) for one in found]


def could_come_back(run: DeliveryRun) -> list[Ride]:
    """Boxes that are out, or will be, and are due about the day of this run (two queries)."""
    found = _rides(
        and_(
            Loan.back_run_id.is_(None), Loan.returned_at.is_(None), Loan.ended_at.is_(None),
            Loan.approved_at.is_not(None), Loan.starts_on <= run.on_day, Loan.ends_on <= run.on_day + timedelta(days=1),
            Loan.ends_on >= run.on_day - NEAR,
        ),
        run,
    )  # fmt: skip
    others = _days_of_other_runs(run)
    return [
        _proposed(one, not any(one.ends_on - timedelta(days=1) <= day < run.on_day for day in others)) for one in found
    ]


def nearest_run(network_id: int, starts_on: date, today: date) -> DeliveryRun | None:
    """The last run on or before the first day of a loan that is near enough and still to come (one query)."""
    query = select(DeliveryRun).where(
        DeliveryRun.network_id == network_id, DeliveryRun.cancelled_at.is_(None),
        DeliveryRun.on_day >= max(today, starts_on - NEAR), DeliveryRun.on_day <= starts_on,
    )  # fmt: skip
    return db.session.execute(query.order_by(DeliveryRun.on_day.desc()).limit(1)).scalar_one_or_none()


def _days_of_other_runs(run: DeliveryRun) -> Sequence[date]:
    near = DeliveryRun.on_day.between(run.on_day - 2 * NEAR, run.on_day + 2 * NEAR)
    query = select(DeliveryRun.on_day).where(
        DeliveryRun.network_id == run.network_id, DeliveryRun.id != run.id, DeliveryRun.cancelled_at.is_(None), near
    )  # fmt: skip
    return db.session.execute(query).scalars().all()


def _proposed(one: Ride, yes: bool) -> Ride:
    return Ride(**{name: getattr(one, name) for name in Ride.__slots__ if name != "is_proposed"}, is_proposed=yes)


def _rides(where: ColumnElement[bool], run: DeliveryRun) -> list[Ride]:
    query = (
        select(
            Loan.id, Kit.id, Kit.title, Kit.asset_code, Kit.home, Kit.boxes, Person.name,
            func.coalesce(Person.phone, ""), func.coalesce(Organisation.name, ""), func.coalesce(Organisation.place, ""),
            Loan.starts_on, Loan.ends_on, Loan.out_run_id, Loan.back_run_id,
            Loan.out_at.is_not(None), Loan.returned_at.is_not(None),
        )
        .join(Kit, Kit.id == Loan.kit_id)
        .join(Person, Person.id == Loan.person_id)
        .outerjoin(Organisation, Organisation.id == Loan.organisation_id)
        .where(
            Kit.network_id == run.network_id, Kit.deleted_at.is_(None), Loan.cancelled_at.is_(None),
            Loan.declined_at.is_(None), where,
        )
        .order_by(Organisation.place, Organisation.name, Kit.title, Loan.id)
    )  # fmt: skip
    return [Ride(*_row(row)) for row in db.session.execute(query)]


def _row(row: Any) -> list[Any]:
    return [*row[:14], bool(row[14]), bool(row[15])]
