"""Questions about certificates: hers, those about one thing, the one of a number, those whose paper is still to be made."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import case, func, select

from portal.credit.models import Certificate
from portal.credit.numbering import is_its_code, tidy_number
from portal.db import db
from portal.web.errors import NotHere

MOST = 2000


@dataclass(frozen=True, slots=True)
class Making:
    """How far the papers about one thing are; ``failed`` are part of neither."""

    made: int
    total: int
    failed: int

    @property
    def is_over(self) -> bool:
        return self.made + self.failed >= self.total


def certificate_of(person_id: int, certificate_id: int) -> Certificate:
    """One of her own, void or not. Raises NotHere."""
    mine = (Certificate.id == certificate_id, Certificate.person_id == person_id, Certificate.name != "")
    return _one(*mine)


def certificate_in(network_id: int, certificate_id: int) -> Certificate:
    """One that this network issued, void or not. Raises NotHere."""
    return _one(Certificate.id == certificate_id, Certificate.network_id == network_id)


def certificate_checked(number: str, code: str) -> Certificate | None:
    """The certificate of that number, where the code is its own; None for any other pair (one query)."""
    found = db.session.execute(
        select(Certificate).where(Certificate.number == tidy_number(number))
    ).scalar_one_or_none()
    # Compared also where there is none, so that an answer takes as long as the other.
    is_right = is_its_code(found.check_code if found else "", code)
    return found if found and is_right else None


def certificates_of(person_id: int, with_void: bool = True) -> list[Certificate]:
    """All of a person's, newest first (one query)."""
    query = select(Certificate).where(Certificate.person_id == person_id, Certificate.name != "")
    if not with_void:
        query = query.where(Certificate.voided_at.is_(None))
    newest = query.order_by(Certificate.ended_on.desc(), Certificate.id.desc()).limit(MOST)
    return list(db.session.execute(newest).scalars())


def certificates_about(subject_kind: str, subject_id: int, person_id: int | None = None) -> list[Certificate]:
    """All about one thing, void ones too, in the order of their numbers (one query)."""
    query = select(Certificate).where(Certificate.subject_kind == subject_kind, Certificate.subject_id == subject_id)
    if person_id is not None:
        query = query.where(Certificate.person_id == person_id)
    return list(db.session.execute(query.order_by(Certificate.id)).scalars())


def certificates_beside(one: Certificate) -> list[Certificate]:
    """The valid ones that the same person holds about the same thing under the same name, this one among them."""
    query = select(Certificate).where(
        Certificate.person_id == one.person_id,
        Certificate.subject_kind == one.subject_kind,
        Certificate.subject_id == one.subject_id,
        Certificate.name == one.name,
        Certificate.voided_at.is_(None),
    )
    return list(db.session.execute(query.order_by(Certificate.id)).scalars())


def times_renamed(one: Certificate) -> int:
    """How often its holder has corrected her name on the papers about this thing, at most on one of them."""
    rows = db.session.execute(
        select(func.count())
        .select_from(Certificate)
        .where(
            Certificate.person_id == one.person_id,
            Certificate.subject_kind == one.subject_kind,
            Certificate.subject_id == one.subject_id,
            Certificate.kind == one.kind,
            Certificate.voided_at.is_not(None),
            Certificate.voided_by == one.person_id,
        )
    )
    return rows.scalar_one()


def own_names(people: Collection[int]) -> dict[int, str]:
    """The names that people corrected themselves on a certificate that still counts, the latest of each (one query)."""
    rows = db.session.execute(
        select(Certificate.person_id, Certificate.name)
        .where(
            Certificate.person_id.in_(people),
            Certificate.voided_at.is_(None),
            Certificate.printed["own_name"].as_boolean(),
        )
        .order_by(Certificate.id)
    )
    return {row.person_id: row.name for row in rows}


_WAITS = (
    Certificate.made_at.is_(None),
    Certificate.voided_at.is_(None),
    Certificate.fault == "",
    Certificate.name != "",
)


def papers_to_make(limit: int) -> list[int]:
    """Ids of certificates whose paper is still to be made, the oldest first (one query)."""
    return list(
        db.session.execute(select(Certificate.id).where(*_WAITS).order_by(Certificate.id).limit(limit)).scalars()
    )


def papers_waiting_beside(one: Certificate) -> int:
    """How many more papers about the same thing the same person is to get."""
    about = (Certificate.subject_kind == one.subject_kind, Certificate.subject_id == one.subject_id)
    hers = (*_WAITS, *about, Certificate.person_id == one.person_id, Certificate.id != one.id)
    return db.session.execute(select(func.count()).select_from(Certificate).where(*hers)).scalar_one()


def making_of(subject_kind: str, subject_id: int) -> Making:
    """How far the papers about one thing are, of those that count (one query)."""
    row = db.session.execute(
        select(
            func.coalesce(func.sum(case((Certificate.made_at.is_not(None), 1), else_=0)), 0),
            func.count(),
            func.coalesce(func.sum(case((Certificate.fault != "", 1), else_=0)), 0),
        ).where(
            Certificate.subject_kind == subject_kind,
            Certificate.subject_id == subject_id,
            Certificate.voided_at.is_(None),
            Certificate.name != "",
        )
    ).one()
    return Making(*(int(value) for value in row))


def _one(*conditions: object) -> Certificate:
    found = db.session.execute(select(Certificate).where(*conditions)).scalar_one_or_none()  # type: ignore[arg-type]
    if found is None:
        raise NotHere
    return found
