"""Hours that a person brought from elsewhere: for her own eyes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from portal.credit.models import CreditType, OutsideHours
from portal.db import Rows, db
from portal.files.models import StoredFile
from portal.web.errors import NotHere

MOST = 2000


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """One entry as her transcript shows it. ``unit`` and its kin are empty where she named no credit."""

    id: int
    title: str
    provider: str
    started_on: date
    ended_on: date
    minutes: int
    category: str
    reference: str
    row_version: int
    credit_type_id: int | None
    credit: str
    unit: str
    units: str
    minutes_a_unit: int
    proof_id: int | None
    proof: str


_COLUMNS = (
    *(getattr(OutsideHours, name) for name in ("id", "title", "provider", "started_on", "ended_on", "minutes")),
    *(getattr(OutsideHours, name) for name in ("category", "reference", "row_version", "credit_type_id")),
    CreditType.name,
    CreditType.unit,
    CreditType.units,
    CreditType.minutes_a_unit,
    StoredFile.id,
    StoredFile.name,
)


def elsewhere_of(person_id: int) -> list[Elsewhere]:
    """All of hers, newest first (one query)."""
    query = _entries().where(OutsideHours.person_id == person_id, OutsideHours.deleted_at.is_(None))
    newest = query.order_by(OutsideHours.ended_on.desc(), OutsideHours.id.desc()).limit(MOST)
    return [_entry(row) for row in db.session.execute(newest)]


def elsewhere_one(person_id: int, outside_id: int) -> Elsewhere:
    """One of hers. Raises NotHere."""
    mine = (OutsideHours.id == outside_id, OutsideHours.person_id == person_id, OutsideHours.deleted_at.is_(None))
    row = db.session.execute(_entries().where(*mine)).first()
    if row is None:
        raise NotHere
    return _entry(row)


def outside_hours(person_id: int, outside_id: int, removed: bool = False) -> OutsideHours:
    """The record of one of hers, to act on; ``removed`` for one that she took away. Raises NotHere."""
    found = db.session.execute(
        select(OutsideHours).where(
            OutsideHours.id == outside_id,
            OutsideHours.person_id == person_id,
            OutsideHours.deleted_at.is_not(None) if removed else OutsideHours.deleted_at.is_(None),
        )
    ).scalar_one_or_none()
    if found is None:
        raise NotHere
    return found


def kinds_in_use(also: int | None = None) -> list[tuple[int, str]]:
    """Ids and names of the kinds of credit to choose from, and of the one that is chosen already (one query)."""
    rows = db.session.execute(
        select(CreditType.id, CreditType.name)
        .where(or_(CreditType.in_use, CreditType.id == also))
        .order_by(CreditType.position, CreditType.name)
    )
    return [(kind_id, name) for kind_id, name in rows]


def _entries() -> Rows:
    return (
        select(*_COLUMNS)
        .select_from(OutsideHours)
        .outerjoin(CreditType, CreditType.id == OutsideHours.credit_type_id)
        .outerjoin(StoredFile, StoredFile.id == OutsideHours.proof_id)
    )


def _entry(row: Any) -> Elsewhere:
    values = list(row)
    credit, unit, units, minutes_a_unit, proof_id, proof = values[10:]
    values[10:] = [credit or "", unit or "", units or "", minutes_a_unit or 60, proof_id, proof or ""]
    return Elsewhere(*values)
