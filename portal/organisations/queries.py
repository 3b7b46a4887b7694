"""Questions about organisations: the directory, one of them, who works there.

People, networks and what happened stand beside or above: their tables are named here, never imported.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, ColumnElement, Date, Integer, String, and_, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.expression import column, table

from portal.db import Rows, UTCDateTime, db
from portal.organisations.models import Organisation
from portal.organisations.names import fold_organisation
from portal.web.errors import NotHere

_person = table(
    "person", column("id", Integer), column("name", String), column("sort_name", String), column("listing", JSON),
    column("admitted_at", UTCDateTime), column("erased_at", UTCDateTime), column("merged_into", Integer),
)  # fmt: skip
_affiliation = table(
    "affiliation", column("person_id", Integer), column("organisation_id", Integer), column("role_id", Integer),
    column("title", String), column("ended_on", Date),
)  # fmt: skip
_membership = table(
    "membership",
    column("network_id", Integer),
    column("person_id", Integer),
    column("role", String),
    column("ended_at", UTCDateTime),
)
_network = table(
    "network", column("id", Integer), column("slug", String), column("name", String), column("short_name", String)
)
_takes_part = table("network_organisation", column("network_id", Integer), column("organisation_id", Integer))


@dataclass(frozen=True)
class Wanted:
    """What the directory is asked for; empty means all."""

    words: str = ""
    kind: str = ""
    phase: str = ""
    locale: str = ""
    closed: bool = False


def directory(wanted: Wanted) -> Rows:
    """Organisations for a listing: names, places and codes are public facts."""
    query = select(
        Organisation.id,
        Organisation.name,
        Organisation.kind,
        Organisation.place,
        Organisation.region,
        Organisation.phase,
        Organisation.locale,
        Organisation.code_scheme,
        Organisation.code,
        Organisation.enrolment,
        Organisation.is_priority,
        Organisation.closed_on,
    ).where(Organisation.merged_into.is_(None))
    for condition in _conditions(wanted):
        query = query.where(condition)
    return query


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.words:
        folded = fold_organisation(wanted.words)
        by_words = and_(*(_says(word) for word in wanted.words.split()[:8]))
        found.append(or_(by_words, Organisation.sort_name.contains(folded, autoescape=True)))
    found += [
        getattr(Organisation, key) == value
        for key, value in (("kind", wanted.kind), ("phase", wanted.phase), ("locale", wanted.locale))
        if value
    ]
    if not wanted.closed:
        found.append(Organisation.closed_on.is_(None))
    return found


def _says(word: str) -> ColumnElement[bool]:
    columns = (Organisation.name, Organisation.place, Organisation.county, Organisation.region)
    return or_(*(one.icontains(word, autoescape=True) for one in columns), Organisation.code == word)


def phases_used() -> list[str]:
    """The phases that organisations have, the commonest first."""
    query = (
        select(Organisation.phase)
        .where(Organisation.phase != "", Organisation.merged_into.is_(None))
        .group_by(Organisation.phase)
        .order_by(func.count().desc())
        .limit(30)
    )
    return list(db.session.execute(query).scalars())


def organisation_with(organisation_id: int) -> Organisation:
    """The organisation of that number; one that was merged leads to the one that is kept. Raises NotHere."""
    found = db.session.get(Organisation, organisation_id)
    if found is None:
        raise NotHere
    return organisation_with(found.merged_into) if found.merged_into else found


def children_of(organisation_id: int, limit: int = 200) -> list[Any]:
    """The open organisations under another: id, name, place."""
    columns = (Organisation.id, Organisation.name, Organisation.place)
    query = select(*columns).where(
        Organisation.parent_id == organisation_id, Organisation.merged_into.is_(None), Organisation.closed_on.is_(None)
    )
    return list(db.session.execute(query.order_by(Organisation.sort_name).limit(limit)))


def count_children(organisation_id: int) -> int:
    query = select(func.count()).where(Organisation.parent_id == organisation_id, Organisation.merged_into.is_(None))
    return db.session.execute(query).scalar_one()


def name_of(organisation_id: int | None) -> str:
    if organisation_id is None:
        return ""
    return db.session.execute(select(Organisation.name).where(Organisation.id == organisation_id)).scalar() or ""


def networks_of(organisation_id: int, person_id: int) -> list[Any]:
    """The networks that it takes part in and that the reader belongs to: slug, name, short_name."""
    query = (
        select(_network.c.slug, _network.c.name, _network.c.short_name)
        .join(_takes_part, _takes_part.c.network_id == _network.c.id)
        .where(_takes_part.c.organisation_id == organisation_id, _network.c.id.in_(networks_standing(person_id)))
        .order_by(_network.c.name)
    )
    return list(db.session.execute(query))


def people_at(organisation_id: int, person_id: int, sees_everybody: bool, limit: int = 100) -> list[Any]:
    """Who works there, as this reader may know: id, name, title, role_id.

    Fellow members who list their school; in networks that the reader coordinates, everybody; an administrator sees all.
    """
    query = (
        select(_person.c.id, _person.c.name, _affiliation.c.title, _affiliation.c.role_id)
        .join(_affiliation, _affiliation.c.person_id == _person.c.id)
        .where(
            _affiliation.c.organisation_id == organisation_id,
            _affiliation.c.ended_on.is_(None),
            _person.c.erased_at.is_(None),
            _person.c.merged_into.is_(None),
        )
    )
    if not sees_everybody:
        listed = func.coalesce(_person.c.listing["school"].as_boolean(), True) & _person.c.admitted_at.is_not(None)
        theirs = _shares(networks_standing(person_id)) & listed
        query = query.where(
            or_(theirs, _shares(networks_standing(person_id, "coordinator")), _person.c.id == person_id)
        )
    return list(db.session.execute(query.order_by(_person.c.sort_name).limit(limit)))


def networks_standing(person_id: int, role: str | None = None) -> Any:
    """A select of the ids of the networks that somebody belongs to now."""
    query = select(_membership.c.network_id).where(
        _membership.c.person_id == person_id, _membership.c.ended_at.is_(None)
    )
    return query.where(_membership.c.role == role) if role else query


def _shares(networks: Any) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = exists().where(
        _membership.c.person_id == _person.c.id,
        _membership.c.ended_at.is_(None),
        _membership.c.network_id.in_(networks),
    )
    return condition


def alike_pairs(limit: int = 100) -> list[tuple[Any, Any]]:
    """Pairs that may be one: the same name, and nothing that speaks against it (place, code of the same kind)."""
    one, other = aliased(Organisation), aliased(Organisation)
    query = (
        select(one.id, one.name, one.place, one.code, other.id, other.name, other.place, other.code)
        .join(other, and_(other.sort_name == one.sort_name, other.id > one.id))
        .where(
            one.merged_into.is_(None),
            other.merged_into.is_(None),
            one.kind == other.kind,
            or_(one.place == other.place, one.place == "", other.place == ""),
            or_(one.code.is_(None), other.code.is_(None), one.code_scheme != other.code_scheme),
        )
        .order_by(one.sort_name)
        .limit(limit)
    )
    return [(row[:4], row[4:]) for row in db.session.execute(query)]
