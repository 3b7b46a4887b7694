"""Questions about rotations: which there are, whose turn is when, who can be given one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, or_, select

from portal.db import Rows, db
from portal.kit.models import Kit
from portal.lending.models import Loan, LoanRotation
from portal.networks.models import Membership
from portal.networks.readers import Reader
from portal.organisations.models import Organisation
from portal.people.models import Affiliation, EmailAddress, Person


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member who can be given a turn."""

    id: int
    name: str
    school: str
    address: str

    @property
    def label(self) -> str:
        return f"{self.name}, {self.school}" if self.school else self.name


def minded_by(reader: Reader) -> ColumnElement[bool]:
    """The network's kits for its coordinators, and those that she keeps for their keeper; retired ones too."""
    minds = or_(literal(reader.is_coordinator), Kit.keeper_id == reader.person_id)
    return and_(Kit.network_id == reader.network_id, Kit.deleted_at.is_(None), minds)


def kits_minded_by(reader: Reader) -> list[Any]:
    """id, title, asset_code, turn_round_days of every kit that she may plan for (one query)."""
    query = select(Kit.id, Kit.title, Kit.asset_code, Kit.turn_round_days)
    query = query.where(minded_by(reader), Kit.listed_at.is_not(None), Kit.retired_at.is_(None), Kit.way != "given")
    return list(db.session.execute(query.order_by(Kit.title, Kit.id)))


def rotations(reader: Reader) -> Rows:
    """Every rotation of the kits that she minds, with its first and last day and how many turns are left."""
    of_it = (Loan.rotation_id == LoanRotation.id, Loan.cancelled_at.is_(None))
    first = select(func.min(Loan.starts_on)).where(*of_it).scalar_subquery()
    last = select(func.max(Loan.ends_on)).where(*of_it).scalar_subquery()
    turns = select(func.count(Loan.id)).where(*of_it).scalar_subquery()
    return (
        select(
            LoanRotation.id, LoanRotation.title, LoanRotation.cancelled_at, LoanRotation.made_at,
            Kit.title.label("kit"), Kit.asset_code, first.label("first"), last.label("last"), turns.label("turns"),
        ).join(Kit, Kit.id == LoanRotation.kit_id)
        .where(minded_by(reader))
    )  # fmt: skip


def rotation_in(reader: Reader, rotation_id: int) -> tuple[LoanRotation, Kit] | None:
    """The rotation and its kit, for whoever minds it, or None (one query)."""
    query = select(LoanRotation, Kit).join(Kit, Kit.id == LoanRotation.kit_id)
    row = db.session.execute(query.where(LoanRotation.id == rotation_id, minded_by(reader))).first()
    return (row[0], row[1]) if row else None


def turns_of(rotation_id: int) -> list[Any]:
    """Its loans in the order of their days, with person and school (one query)."""
    query = (
        select(Loan, Person.name.label("person"), func.coalesce(Organisation.name, "").label("school"))
        .join(Person, Person.id == Loan.person_id)
        .outerjoin(Organisation, Organisation.id == Loan.organisation_id)
        .where(Loan.rotation_id == rotation_id)
    )
    return list(db.session.execute(query.order_by(Loan.starts_on, Loan.id)))


def loans_of(rotation_id: int) -> Sequence[Loan]:
    """Its loans in the order of their days, fresh from the database (one query)."""
    query = select(Loan).where(Loan.rotation_id == rotation_id).order_by(Loan.starts_on, Loan.id)
    return db.session.execute(query, execution_options={"populate_existing": True}).scalars().all()


def colleagues_in(network_id: int) -> list[Colleague]:
    """Every member who teaches here, with her school of today (one query)."""
    rows = db.session.execute(
        select(Person.id, Person.name, func.coalesce(Organisation.name, ""), func.coalesce(EmailAddress.folded, ""))
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(
            Affiliation,
            and_(Affiliation.person_id == Person.id, Affiliation.ended_on.is_(None), Affiliation.is_main.is_(True)),
        )
        .outerjoin(Organisation, Organisation.id == Affiliation.organisation_id)
        .outerjoin(EmailAddress, and_(EmailAddress.person_id == Person.id, EmailAddress.is_primary.is_(True)))
        .where(
            Membership.network_id == network_id,
            Membership.ended_at.is_(None),
            Membership.role != "observer",
            Person.erased_at.is_(None),
        )
        .order_by(Person.sort_name, Person.id, Affiliation.id)
    )
    found: dict[int, Colleague] = {}
    for row in rows:
        found.setdefault(row[0], Colleague(*row))
    return list(found.values())
