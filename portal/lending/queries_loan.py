"""Questions about one loan, for its own page and the forms at the door."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from portal.activities.models import Use
from portal.db import db
from portal.kit.models import Kit, KitPart, KitProblem
from portal.lending.fields import Counted, UseReturned
from portal.lending.models import Loan, LoanAgreement, LoanCount
from portal.lending.queries import visible_to
from portal.networks.models import Membership
from portal.networks.queries_members import NOW, main_affiliation
from portal.networks.readers import Reader
from portal.organisations.models import Organisation
from portal.people.models import Affiliation, Person


@dataclass(frozen=True, slots=True)
class LoanSeen:
    """A loan with its kit and what its page says of the borrower."""

    loan: Loan
    kit: Kit
    person: str
    school: str


def loan_seen(reader: Reader, loan_id: int) -> LoanSeen | None:
    """The loan as this reader may see it, or None (one query)."""
    row = db.session.execute(
        select(Loan, Kit, Person.name, Organisation.name)
        .join(Kit, Kit.id == Loan.kit_id)
        .join(Person, Person.id == Loan.person_id)
        .outerjoin(Organisation, Organisation.id == Loan.organisation_id)
        .where(Loan.id == loan_id, visible_to(reader))
    ).first()
    return LoanSeen(row[0], row[1], row[2], row[3] or "") if row else None


def counts_of(loan_id: int) -> dict[int, LoanCount]:
    """What was counted, by part (one query)."""
    rows = db.session.execute(select(LoanCount).where(LoanCount.loan_id == loan_id)).scalars()
    return {row.part_id: row for row in rows}


def lacking(loan_id: int) -> list[Any]:
    """Parts of which something did not come back as it went: title, missing, broken, used, cost, currency."""
    lost = LoanCount.missing + LoanCount.broken + LoanCount.used
    query = (
        select(
            KitPart.title, LoanCount.missing, LoanCount.broken, LoanCount.used, KitPart.cost, Kit.currency, KitPart.id
        )
        .join(KitPart, KitPart.id == LoanCount.part_id)
        .join(Kit, Kit.id == KitPart.kit_id)
        .where(LoanCount.loan_id == loan_id, lost > 0)
    )
    return list(db.session.execute(query.order_by(KitPart.box, KitPart.position)))


def told_meanwhile(loan: Loan) -> dict[int, Counted]:
    """What was said of the parts at the box while it was out, so that the keeper need not type it again (one query)."""
    said = or_(KitProblem.loan_id == loan.id, KitProblem.loan_id.is_(None) & (KitProblem.told_at >= loan.out_at))
    rows = db.session.execute(
        select(KitProblem.part_id, KitProblem.kind, func.sum(KitProblem.quantity))
        .where(KitProblem.kit_id == loan.kit_id, said, KitProblem.settled_at.is_(None), KitProblem.part_id.is_not(None))
        .group_by(KitProblem.part_id, KitProblem.kind)
    )
    found: dict[int, dict[str, int]] = {}
    for part_id, kind, many in rows:
        name = "used" if kind == "used_up" else kind
        if part_id and name in ("missing", "broken", "used"):
            found.setdefault(part_id, {})[name] = int(many)
    return {part_id: Counted(part_id, **said) for part_id, said in found.items()}


def use_of(loan: Loan) -> Use | None:
    """What was told of its use, where a class was there."""
    use = db.session.get(Use, loan.use_id) if loan.use_id else None
    return use if use and not use.withdrawn_at else None


def told_before(loan: Loan) -> UseReturned:
    """What was told of its use so far, for a form that asks only part of it: the rest stays as it was."""
    use = use_of(loan)
    return (
        UseReturned(**{one.name: getattr(use, one.name) for one in fields(UseReturned)})
        if use
        else UseReturned(0, None)
    )


def others_who_asked(kit_id: int, first: date, last: date, but: int | None = None) -> list[Any]:
    """Requests without an answer yet that want any of these days: days and school (one query)."""
    query = (
        select(Loan.id, Loan.starts_on, Loan.ends_on, Organisation.name.label("school"))
        .outerjoin(Organisation, Organisation.id == Loan.organisation_id)
        .where(
            Loan.kit_id == kit_id,
            Loan.ended_at.is_(None),
            Loan.approved_at.is_(None),
            Loan.starts_on <= last,
            Loan.ends_on >= first,
        )
    )
    if but is not None:
        query = query.where(Loan.id != but)
    return list(db.session.execute(query.order_by(Loan.requested_at)))


def next_loan(kit_id: int, after: Loan) -> Any:
    """Who has it next, for the keeper who packs it: first day and school, or None (one query)."""
    query = (
        select(Loan.id, Loan.starts_on, Organisation.name.label("school"))
        .outerjoin(Organisation, Organisation.id == Loan.organisation_id)
        .where(
            Loan.kit_id == kit_id,
            Loan.id != after.id,
            Loan.ended_at.is_(None),
            Loan.approved_at.is_not(None),
            Loan.out_at.is_(None),
            Loan.ends_on >= after.starts_on,
        )
    )
    return db.session.execute(query.order_by(Loan.starts_on).limit(1)).first()


def agreements_of(network_id: int) -> Sequence[Any]:
    """Every wording there was, the newest first, with who wrote it and how many loans stand on it (one query)."""
    loans = select(func.count(Loan.id)).where(Loan.agreement_id == LoanAgreement.id).scalar_subquery()
    query = (
        select(LoanAgreement, Person.name.label("by"), loans.label("loans"))
        .join(Person, Person.id == LoanAgreement.made_by)
        .where(LoanAgreement.network_id == network_id)
    )
    return db.session.execute(query.order_by(LoanAgreement.version.desc())).all()


def agreement_numbered(network_id: int, version: int) -> LoanAgreement | None:
    query = select(LoanAgreement).where(LoanAgreement.network_id == network_id, LoanAgreement.version == version)
    return db.session.execute(query).scalar_one_or_none()


def members_to_book_for(network_id: int) -> list[tuple[int, str]]:
    """Who can be booked for: members who teach, with where they work, by name (one query)."""
    query = (
        select(Person.id, Person.name, Organisation.name)
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(Affiliation, main_affiliation())
        .outerjoin(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Membership.network_id == network_id, NOW, Membership.role != "observer", Person.erased_at.is_(None))
    )
    rows = db.session.execute(query.order_by(Person.sort_name))
    return [(id, f"{name}, {school}" if school else name) for id, name, school in rows]
