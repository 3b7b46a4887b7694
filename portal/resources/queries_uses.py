"""What became of a pack in class: its uses, their sums, and who is named to whom."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true
from sqlalchemy.sql.expression import column, table
from sqlalchemy.types import Integer, String

from portal.activities.models import Use
from portal.activities.uses import AGAIN, ENGAGED, ESTIMATE, LEVEL
from portal.db import Rows, db
from portal.networks.models import Membership
from portal.networks.readers import Reader
from portal.people.models import Affiliation, Person
from portal.resources.models import PackTaken

SUBJECT = "pack"
# Students are not told to strangers below this number: practice, small numbers.
FEWEST_STUDENTS = 10

_organisation = table("organisation", column("id", Integer), column("name", String))


@dataclass(frozen=True)
class Tried:
    """How often a pack was tried. ``students`` adds up what is known; ``unknown`` uses have no number of students.

    ``again``, ``level`` and ``engaged`` hold how many said each, of those who said anything. ``returned`` is how many of
    the ``taken`` people who took it along have told of it.
    """

    rows: list[Any] = field(default_factory=list)
    uses: int = 0
    classes: int = 0
    students: int = 0
    unknown: int = 0
    estimated: int = 0
    schools: int = 0
    since: date | None = None
    again: dict[str, int] = field(default_factory=dict)
    level: dict[str, int] = field(default_factory=dict)
    engaged: dict[int, int] = field(default_factory=dict)
    taken: int = 0
    returned: int = 0

    @property
    def students_told_outside(self) -> int | None:
        """The number for strangers: None where it is unknown or so small that it could be about somebody."""
        return self.students if self.students >= FEWEST_STUDENTS else None

    @property
    def has_reviews(self) -> bool:
        return any(sum(said.values()) for said in (self.again, self.level, self.engaged))


def uses_of(pack_id: int, reader: Reader | None = None) -> Rows:
    """One row for each use that stands, with where, and who as far as this reader may know (no reader: a stranger)."""
    return (
        select(
            Use.id,
            Use.person_id,
            Use.used_on,
            Use.year_group,
            Use.classes,
            Use.students,
            Use.students_how,
            Use.what_changed,
            Use.quote,
            Use.quote_allowed,
            Use.engagement,
            Use.level,
            Use.again,
            case((_is_named(reader), Person.name)).label("person"),
            _is_member().label("is_member"),
            _organisation.c.name.label("school"),
        )
        .join(Person, Person.id == Use.person_id)
        .outerjoin(_organisation, _organisation.c.id == Use.organisation_id)
        .where(*_standing(pack_id))
    )


def _is_named(reader: Reader | None) -> ColumnElement[bool]:
    """As the directory does: who keeps her place of work to herself is not named beside it, unless she said "quote me"."""
    if reader is None:
        return and_(Use.quote_allowed)
    if reader.is_coordinator:
        return true()
    lists_school = func.coalesce(Person.listing["school"].as_boolean(), true())
    return or_(Use.person_id == reader.person_id, Use.quote_allowed, and_(lists_school, _is_member()))


def _is_member() -> ColumnElement[bool]:
    return (
        select(Membership.id)
        .where(
            Membership.network_id == Use.network_id,
            Membership.person_id == Use.person_id,
            Membership.ended_at.is_(None),
        )
        .correlate(Use)
        .exists()
    )


def _standing(pack_id: int) -> tuple[ColumnElement[bool], ...]:
    return (Use.subject_kind == SUBJECT, Use.subject_id == pack_id, Use.withdrawn_at.is_(None))


def tried(pack_id: int, reader: Reader | None = None, limit: int = 5) -> Tried:
    """The sums over all its uses, and the newest of them (one query: the rows hang on the sums)."""
    sums, rows = _sums(pack_id).subquery(), uses_of(pack_id, reader)
    newest = rows.order_by(Use.used_on.desc(), Use.id.desc()).limit(limit).subquery()
    query = select(newest, *(column.label(f"all_{column.key}") for column in sums.c)).select_from(
        sums.outerjoin(newest, true())
    )
    found = list(db.session.execute(query.order_by(newest.c.used_on.desc(), newest.c.id.desc())))
    whole = found[0]._mapping
    return Tried(
        rows=[row for row in found if row.id is not None],
        again={key: whole[f"all_again_{key}"] for key in AGAIN},
        level={key: whole[f"all_level_{key}"] for key in LEVEL},
        engaged={step: whole[f"all_engaged_{step}"] for step in ENGAGED},
        **{name: whole[f"all_{name}"] for name in _PLAIN},
    )


_PLAIN = ("uses", "classes", "students", "unknown", "estimated", "schools", "since", "taken", "returned")


def _sums(pack_id: int) -> Select[Any]:
    said = [
        *(func.count(case((Use.again == key, 1))).label(f"again_{key}") for key in AGAIN),
        *(func.count(case((Use.level == key, 1))).label(f"level_{key}") for key in LEVEL),
        *(func.count(case((Use.engagement == step, 1))).label(f"engaged_{step}") for step in ENGAGED),
    ]
    took = select(PackTaken.person_id).where(PackTaken.pack_id == pack_id)
    told = select(Use.person_id).where(*_standing(pack_id))
    return select(
        func.count().label("uses"),
        func.coalesce(func.sum(Use.classes), 0).label("classes"),
        func.coalesce(func.sum(Use.students), 0).label("students"),
        (func.count() - func.count(Use.students)).label("unknown"),
        func.count(case((Use.students_how == ESTIMATE, 1))).label("estimated"),
        func.count(Use.organisation_id.distinct()).label("schools"),
        func.min(Use.used_on).label("since"),
        select(func.count()).select_from(took.subquery()).scalar_subquery().label("taken"),
        select(func.count())
        .select_from(took.where(PackTaken.person_id.in_(told)).subquery())
        .scalar_subquery()
        .label("returned"),
        *said,
    ).where(*_standing(pack_id))


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
    hers = (*_standing(pack_id), Use.person_id == person_id)
    return list(db.session.execute(select(Use.used_on).where(*hers).order_by(Use.used_on.desc())).scalars())
