"""What became of a pack in class: its uses, and their sums."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.sql.expression import column, table
from sqlalchemy.types import Integer, String

from portal.activities.models import Use
from portal.db import Rows, db
from portal.people.models import Affiliation, Person

SUBJECT = "pack"

_organisation = table("organisation", column("id", Integer), column("name", String))


@dataclass(frozen=True)
class Tried:
    """How often a pack was tried. ``students`` adds up what is known; ``unknown`` uses have no number of students."""

    rows: list[Any]
    uses: int = 0
    classes: int = 0
    students: int = 0
    unknown: int = 0


def uses_of(pack_id: int) -> Rows:
    """One row for each use that stands, with who and where."""
    return (
        select(
            Use.id,
            Use.person_id,
            Use.used_on,
            Use.year_group,
            Use.classes,
            Use.students,
            Use.what_changed,
            Use.quote,
            Use.quote_allowed,
            Person.name.label("person"),
            Person.sort_name,
            _organisation.c.name.label("school"),
        )
        .join(Person, Person.id == Use.person_id)
        .outerjoin(_organisation, _organisation.c.id == Use.organisation_id)
        .where(Use.subject_kind == SUBJECT, Use.subject_id == pack_id, Use.withdrawn_at.is_(None))
    )


def tried(pack_id: int, limit: int = 5) -> Tried:
    """The newest uses and the sums over all (one query: the sums ride along on the rows)."""
    query = uses_of(pack_id).add_columns(
        func.count().over().label("all_uses"),
        func.sum(Use.classes).over().label("all_classes"),
        func.sum(Use.students).over().label("all_students"),
        func.count(Use.students).over().label("with_students"),
    )
    rows = list(db.session.execute(query.order_by(Use.used_on.desc(), Use.id.desc()).limit(limit)))
    if not rows:
        return Tried([])
    first = rows[0]
    return Tried(
        rows,
        first.all_uses,
        first.all_classes or 0,
        first.all_students or 0,
        first.all_uses - first.with_students,
    )


def use_by_id(pack_id: int, use_id: int) -> Use | None:
    wanted = (Use.id == use_id, Use.subject_kind == SUBJECT, Use.subject_id == pack_id)
    return db.session.execute(select(Use).where(*wanted)).scalar_one_or_none()


def main_organisation(person_id: int) -> int | None:
    """Where she works now: it stays with the use when she moves on."""
    query = select(Affiliation.organisation_id).where(
        Affiliation.person_id == person_id, Affiliation.ended_on.is_(None)
    )
    return db.session.execute(query.order_by(Affiliation.is_main.desc(), Affiliation.id).limit(1)).scalar()


def uses_by(person_id: int, pack_id: int) -> list[date]:
    """When somebody used a pack, as she told it, newest first."""
    hers = (
        Use.subject_kind == SUBJECT,
        Use.subject_id == pack_id,
        Use.person_id == person_id,
        Use.withdrawn_at.is_(None),
    )
    return list(db.session.execute(select(Use.used_on).where(*hers).order_by(Use.used_on.desc())).scalars())
