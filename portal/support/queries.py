"""Questions about support visits: the list, one of them, which schools nobody has been to."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, String, and_, cast, exists, func, or_, select

from portal.activities.models import Activity, Participation
from portal.db import Rows, db
from portal.networks.models import NetworkOrganisation
from portal.organisations.models import Organisation
from portal.people.models import Person
from portal.support.models import SUPPORT_KINDS, SupportVisit

# Joined one after the other: as one joined class they would be read whole before the schools of a network are.
_visit, _activity = SupportVisit.__table__, Activity.__table__
LATELY = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is asked for; empty means all. ``promise`` is "open" or "late"."""

    organisation_id: int | None = None
    kind: str = ""
    by: int | None = None
    topic: str = ""
    promise: str = ""


def is_promised() -> ColumnElement[bool]:
    """Something was promised and is not done."""
    return and_(SupportVisit.next_step != "", SupportVisit.next_done_at.is_(None))


def is_overdue(today: date) -> ColumnElement[bool]:
    """The same, and its day has passed."""
    return and_(is_promised(), SupportVisit.deleted_at.is_(None), SupportVisit.next_on < today)


def was_there(person_id: int) -> ColumnElement[bool]:
    """For a row of ``SupportVisit``: she made it, or came along."""
    return exists().where(
        Participation.activity_id == SupportVisit.id, Participation.person_id == person_id, Participation.minutes > 0
    )


def by_whom() -> ScalarSelect[str]:
    """For a row of ``SupportVisit``: the names of the coordinators who were there."""
    return (
        select(func.coalesce(func.aggregate_strings(Person.name, ", "), ""))
        .join(Participation, Participation.person_id == Person.id)
        .where(Participation.activity_id == SupportVisit.id, Participation.minutes > 0)
        .correlate(SupportVisit)
        .scalar_subquery()
    )


def there_at(visit_id: int) -> list[int]:
    """The coordinators who were there, whoever was written down first (one query)."""
    query = select(Participation.person_id).where(Participation.activity_id == visit_id, Participation.minutes > 0)
    return list(db.session.execute(query.order_by(Participation.id)).scalars())


def visit_in(network_id: int, visit_id: int) -> SupportVisit | None:
    """A visit of this network; a removed one too, so that it can be brought back."""
    return db.session.execute(
        select(SupportVisit).where(SupportVisit.id == visit_id, SupportVisit.network_id == network_id)
    ).scalar_one_or_none()


def visits_of(network_id: int, wanted: Wanted, today: date) -> Rows:
    """The visits of a network, for a listing of its coordinators."""
    query = (
        select(
            SupportVisit.id,
            SupportVisit.starts_at,
            SupportVisit.minutes,
            SupportVisit.mode,
            SupportVisit.support_kind,
            SupportVisit.topics,
            SupportVisit.next_step,
            SupportVisit.next_on,
            SupportVisit.next_done_at,
            Organisation.id.label("organisation_id"),
            Organisation.name.label("school"),
            by_whom().label("by"),
        )
        .join(Organisation, Organisation.id == SupportVisit.organisation_id)
        .where(SupportVisit.network_id == network_id, SupportVisit.deleted_at.is_(None))
    )
    for condition in _conditions(wanted, today):
        query = query.where(condition)
    return query


def _conditions(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.organisation_id:
        found.append(SupportVisit.organisation_id == wanted.organisation_id)
    if wanted.kind in SUPPORT_KINDS:
        found.append(SupportVisit.support_kind == wanted.kind)
    if wanted.by:
        found.append(was_there(wanted.by))
    if wanted.topic:
        # Codes are plain words, so one of them between quotes is never part of another.
        found.append(cast(SupportVisit.topics, String).contains(f'"{wanted.topic}"', autoescape=True))
    if wanted.promise in ("open", "late"):
        found.append(is_promised())
    if wanted.promise == "late":
        found.append(SupportVisit.next_on < today)
    return found


def visited_lately(network_id: int, person_id: int, limit: int = LATELY) -> list[int]:
    """The schools that this coordinator saw last, newest first: she is likely to see one of them again (one query)."""
    rows = db.session.execute(
        select(SupportVisit.organisation_id, func.max(SupportVisit.starts_at).label("last_at"))
        .where(
            SupportVisit.network_id == network_id,
            was_there(person_id),
            SupportVisit.deleted_at.is_(None),
        )
        .group_by(SupportVisit.organisation_id)
        .order_by(func.max(SupportVisit.starts_at).desc())
        .limit(limit)
    )
    return [row.organisation_id for row in rows]


def times_at(network_id: int, organisation_id: int, since: datetime) -> int:
    """How often anybody has supported this school since a moment (one query)."""
    return db.session.execute(
        select(func.count(SupportVisit.id)).where(
            SupportVisit.network_id == network_id,
            SupportVisit.organisation_id == organisation_id,
            SupportVisit.starts_at >= since,
            SupportVisit.deleted_at.is_(None),
        )
    ).scalar_one()


def writers_of(network_id: int) -> list[tuple[int, str]]:
    """(id, name) of whoever was at a school here, to choose among (one query)."""
    there = (
        select(Participation.person_id)
        .join(SupportVisit, SupportVisit.id == Participation.activity_id)
        .where(SupportVisit.network_id == network_id, SupportVisit.deleted_at.is_(None), Participation.minutes > 0)
    )
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(there)).order_by(Person.sort_name))
    return [(row.id, row.name) for row in rows]


def schools_visited(network_id: int) -> list[tuple[int, str]]:
    """(id, name) of the organisations that have a visit, to choose among (one query)."""
    visited = select(SupportVisit.organisation_id).where(
        SupportVisit.network_id == network_id, SupportVisit.deleted_at.is_(None)
    )
    rows = db.session.execute(
        select(Organisation.id, Organisation.name).where(Organisation.id.in_(visited)).order_by(Organisation.sort_name)
    )
    return [(row.id, row.name) for row in rows]


def unvisited_since(network_id: int, since: datetime, kind: str = "") -> Rows:
    """The open organisations of a network where nobody has been since a moment, with the last time, for a listing."""
    last = (
        select(_visit.c.organisation_id, func.max(_activity.c.starts_at).label("last_at"))
        .join(_activity, _activity.c.id == _visit.c.id)
        .where(_activity.c.network_id == network_id, _visit.c.deleted_at.is_(None))
        .group_by(_visit.c.organisation_id)
        .subquery()
    )
    query = (
        select(
            Organisation.id,
            Organisation.name,
            Organisation.sort_name,
            Organisation.place,
            Organisation.kind,
            Organisation.is_priority,
            NetworkOrganisation.since,
            last.c.last_at,
        )
        .join(NetworkOrganisation, NetworkOrganisation.organisation_id == Organisation.id)
        .outerjoin(last, last.c.organisation_id == Organisation.id)
        .where(
            NetworkOrganisation.network_id == network_id,
            Organisation.merged_into.is_(None),
            Organisation.closed_on.is_(None),
            or_(last.c.last_at.is_(None), last.c.last_at < since),
        )
    )
    return query.where(Organisation.kind == kind) if kind else query


def count_unvisited(network_id: int, since: datetime) -> int:
    rows = unvisited_since(network_id, since).subquery()
    return db.session.execute(select(func.count()).select_from(rows)).scalar_one()


def longest_unvisited(network_id: int, since: datetime, limit: int = 5) -> list[Any]:
    """The first few of them: those on the funder's list first, then the longest unseen (one query)."""
    rows = unvisited_since(network_id, since).subquery()
    return list(db.session.execute(select(rows).order_by(*longest_first(rows.c)).limit(limit)))


def longest_first(columns: Any) -> tuple[Any, ...]:
    """Priority schools, then those never visited, then by the last visit."""
    return (
        columns.is_priority.desc(),
        columns.last_at.is_not(None),
        columns.last_at,
        columns.sort_name,
        columns.id,
    )
