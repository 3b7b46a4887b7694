"""What should be back by now, what is asked for, and what lacks something: the lists under the calendar."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from portal.db import Rows, db
from portal.kit.models import Kit
from portal.lending.models import Loan, LoanNotice
from portal.lending.queries import visible_to
from portal.networks.readers import Reader
from portal.organisations.models import Organisation
from portal.people.models import Person

LATE = "late"
# "Box 3, Structures", as people call it; the title alone where nothing is painted on it.
NAME = case((Kit.asset_code == "", Kit.title), else_=Kit.asset_code + ", " + Kit.title).label("title")
MOST = 30


@dataclass(frozen=True, slots=True)
class Late:
    """A box that should be back: who has it, how often she was reminded, and who needs it next."""

    loan_id: int
    kit_id: int
    title: str
    asset_code: str
    due_on: date
    person_id: int
    person: str
    school: str
    reminders: int
    reminded_at: datetime | None
    next_on: date | None
    next_school: str

    @property
    def name(self) -> str:
        return f"{self.asset_code}, {self.title}" if self.asset_code else self.title

    def days(self, today: date) -> int:
        return (today - self.due_on).days


@dataclass(frozen=True, slots=True)
class Standing:
    """How many boxes of a network are out, how many of these are late, how many requests wait for an answer."""

    out: int
    late: int
    asked: int


def is_late(today: date) -> ColumnElement[bool]:
    """Out, and the day has gone by on which it was due."""
    return and_(Loan.ended_at.is_(None), Loan.out_at.is_not(None), Loan.returned_at.is_(None), Loan.ends_on < today)


def late_boxes(where: ColumnElement[bool], today: date, most: int = MOST) -> list[Late]:
    """What is late among these loans, the longest first (one query)."""
    return [Late(*row) for row in db.session.execute(_late(today).where(where).limit(most))]


def late_in(reader: Reader, today: date) -> list[Late]:
    """Of the network's boxes for whoever minds them; her own for a borrower (one query)."""
    return late_boxes(visible_to(reader), today)


def _late(today: date) -> Rows:
    told = select(LoanNotice).where(
        LoanNotice.loan_id == Loan.id, LoanNotice.kind == LATE, LoanNotice.due_on > Loan.ends_on
    )  # fmt: skip
    next_on, next_school = _next(Loan.kit_id, Loan.id)
    return (
        select(
            Loan.id, Kit.id, Kit.title, Kit.asset_code, Loan.ends_on, Person.id, Person.name,
            func.coalesce(Organisation.name, ""),
            told.with_only_columns(func.count()).scalar_subquery(),
            told.with_only_columns(func.max(LoanNotice.told_at)).scalar_subquery(),
            next_on, func.coalesce(next_school, ""),
        )
        .join(Kit, Kit.id == Loan.kit_id)
        .join(Person, Person.id == Loan.person_id)
        .outerjoin(Organisation, Organisation.id == Loan.organisation_id)
        .where(is_late(today), Kit.deleted_at.is_(None))
        .order_by(Loan.ends_on, Loan.id)
    )  # fmt: skip


def _next(kit_id: Any, but: Any) -> tuple[Any, Any]:
    """The first day of the next loan that was approved and is not out, and its school."""
    follows = aliased(Loan)
    school = aliased(Organisation)
    query = (
        select(follows.starts_on)
        .outerjoin(school, school.id == follows.organisation_id)
        .where(
            follows.kit_id == kit_id,
            follows.id != but,
            follows.ended_at.is_(None),
            follows.approved_at.is_not(None),
            follows.out_at.is_(None),
        )
        .order_by(follows.starts_on, follows.id)
        .limit(1)
        .correlate(Loan)
    )
    return query.scalar_subquery(), query.with_only_columns(school.name).scalar_subquery()


def standing_of(network_id: int, today: date) -> Standing:
    """Of all the network's boxes (one query)."""
    out = and_(Loan.out_at.is_not(None), Loan.returned_at.is_(None))

    def count(where: ColumnElement[bool]) -> Any:
        return func.coalesce(func.sum(case((where, 1), else_=0)), 0)

    row = db.session.execute(
        select(count(out), count(and_(out, Loan.ends_on < today)), count(Loan.approved_at.is_(None)))
        .join(Kit, Kit.id == Loan.kit_id)
        .where(Kit.network_id == network_id, Kit.deleted_at.is_(None), Loan.ended_at.is_(None))
    ).one()
    return Standing(*(int(value) for value in row))


def to_look_at(network_id: int, today: date, most: int) -> list[Any]:
    """Of a network's boxes: requests that nobody has answered, and what is late, the longest first (one query)."""
    query = (
        select(Loan.id, Loan.requested_at, Loan.approved_at, Loan.ends_on, NAME, Person.name)
        .join(Kit, Kit.id == Loan.kit_id)
        .join(Person, Person.id == Loan.person_id)
        .where(
            Kit.network_id == network_id,
            Kit.deleted_at.is_(None),
            Loan.ended_at.is_(None),
            or_(Loan.approved_at.is_(None), is_late(today)),
        )
        .order_by(Loan.ends_on, Loan.id)
    )
    return list(db.session.execute(query.limit(most)))
