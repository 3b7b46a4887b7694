"""Lists of loans: those that somebody minds, her own, and how many stand where."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, select

from portal.db import Rows, db
from portal.kit.models import Kit
from portal.lending.models import Loan
from portal.lending.queries import visible_to
from portal.networks.readers import Reader
from portal.organisations.models import Organisation
from portal.people.models import Person

OPEN = Loan.ended_at.is_(None)
IS_OUT = and_(OPEN, Loan.out_at.is_not(None), Loan.returned_at.is_(None))


def conditions(today: date) -> dict[str, ColumnElement[bool]]:
    """What each tab of the list holds. Late ones are out too: they stand in both."""
    return {
        "asked": and_(OPEN, Loan.approved_at.is_(None)),
        "coming": and_(OPEN, Loan.approved_at.is_not(None), Loan.out_at.is_(None)),
        "out": IS_OUT,
        "late": and_(IS_OUT, Loan.ends_on < today),
        "back": and_(OPEN, Loan.returned_at.is_not(None)),
        "past": Loan.ended_at.is_not(None),
    }


def loans(reader: Reader, kit_id: int | None = None) -> Rows:
    """One row a loan that she may read, with kit, borrower and school; for a listing."""
    query = (
        select(
            Loan,
            Kit.title,
            Kit.asset_code,
            Person.name.label("person"),
            Person.sort_name,
            Organisation.name.label("school"),
        )
        .join(Kit, Kit.id == Loan.kit_id)
        .join(Person, Person.id == Loan.person_id)
        .outerjoin(Organisation, Organisation.id == Loan.organisation_id)
        .where(visible_to(reader))
    )
    return query.where(Loan.kit_id == kit_id) if kit_id else query


def counts(reader: Reader, today: date) -> Mapping[str, int]:
    """How many loans stand in each tab (one query)."""
    sums = [func.sum(case((where, 1), else_=0)).label(name) for name, where in conditions(today).items()]
    row = db.session.execute(select(*sums).join_from(Loan, Kit, Kit.id == Loan.kit_id).where(visible_to(reader))).one()
    return {name: int(value or 0) for name, value in row._mapping.items()}


@dataclass(frozen=True, slots=True)
class MyLoan:
    """A loan of mine, with what I can do about it."""

    loan: Loan
    kit: Kit

    @property
    def can_cancel(self) -> bool:
        return self.loan.ended_at is None and self.loan.out_at is None

    @property
    def is_out(self) -> bool:
        return self.loan.state == "out"

    @property
    def wants_use(self) -> bool:
        """Out or back, and nobody told yet how it went."""
        return bool(self.loan.out_at and not self.loan.use_told_at and not self.loan.closed_without)


def my_loans(network_id: int, person_id: int, open_ones: bool = True) -> Rows:
    """Mine in this network, for a listing: those that are open, or those that have ended."""
    hers = (Loan.network_id == network_id, Loan.person_id == person_id)
    ended = OPEN if open_ones else Loan.ended_at.is_not(None)
    return select(Loan, Kit).join(Kit, Kit.id == Loan.kit_id).where(*hers, ended)


def my_open_loans(network_id: int, person_id: int, limit: int = 20) -> list[MyLoan]:
    """What I have, wait for or still owe an answer about, the next day first (one query)."""
    rows = my_loans(network_id, person_id).order_by(Loan.starts_on, Loan.id).limit(limit)
    return [MyLoan(*row) for row in db.session.execute(rows)]


def asked_of_kit(kit_id: int) -> int:
    """How many requests for a kit wait for an answer (one query)."""
    query = select(func.count(Loan.id)).where(Loan.kit_id == kit_id, OPEN, Loan.approved_at.is_(None))
    return db.session.execute(query).scalar_one()


def minds_any(reader: Reader) -> bool:
    """Whether she looks after a kit here that somebody may borrow: a coordinator always does."""
    if reader.is_coordinator:
        return True
    hers = (Kit.network_id == reader.network_id, Kit.keeper_id == reader.person_id, Kit.deleted_at.is_(None))
    return bool(db.session.execute(select(Kit.id).where(*hers).limit(1)).first())
