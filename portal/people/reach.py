"""Whom somebody may see and change, asked of the database itself. Memberships stand a storey above: only their table is read."""

from sqlalchemy import ColumnElement, DateTime, Integer, Select, String, and_, exists, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.expression import column, table

from portal.people.models import Person

MEMBERSHIP = table(
    "membership",
    column("network_id", Integer),
    column("person_id", Integer),
    column("role", String),
    column("started_at", DateTime),
    column("ended_at", DateTime),
)
NETWORK = table(
    "network", column("id", Integer), column("slug", String), column("name", String), column("closed_at", DateTime)
)


def coordinated_by(person_id: int) -> ColumnElement[bool]:
    """The people of the networks that somebody coordinates."""
    hers, theirs = MEMBERSHIP.alias("hers"), MEMBERSHIP.alias("theirs")
    return exists().where(
        theirs.c.person_id == Person.id,
        theirs.c.ended_at.is_(None),
        hers.c.network_id == theirs.c.network_id,
        hers.c.person_id == person_id,
        hers.c.role == "coordinator",
        hers.c.ended_at.is_(None),
    )


def beside(person_id: int) -> ColumnElement[bool]:
    """The people who share a network with somebody."""
    hers, theirs = MEMBERSHIP.alias("hers"), MEMBERSHIP.alias("theirs")
    return exists().where(
        theirs.c.person_id == Person.id,
        theirs.c.ended_at.is_(None),
        hers.c.network_id == theirs.c.network_id,
        hers.c.person_id == person_id,
        hers.c.ended_at.is_(None),
    )


def reach_of(person_id: int) -> ColumnElement[bool]:
    """Whom a coordinator, or an administrator, may see whole and change: her networks' people and those she added.

    Somebody whom she added and who signs in by now, in no network of hers, is no longer hers.
    """
    actor = aliased(Person)
    administers = exists().where(actor.id == person_id, actor.is_administrator)
    added = (Person.added_by == person_id) & Person.admitted_at.is_(None)
    return or_(coordinated_by(person_id), added, administers)


def open_to(person_id: int) -> ColumnElement[bool]:
    """Whose page somebody may open, as ``queries.level_of`` has it: herself, whom she may change, and members beside her."""
    fellow = and_(beside(person_id), Person.admitted_at.is_not(None))
    is_here = and_(Person.erased_at.is_(None), Person.merged_into.is_(None))
    return and_(is_here, or_(Person.id == person_id, reach_of(person_id), fellow))


def networks_coordinated(person_id: int) -> Select[tuple[int, str, str]]:
    """(id, slug, name) of the networks that somebody coordinates, by name."""
    return (
        select(NETWORK.c.id, NETWORK.c.slug, NETWORK.c.name)
        .join(MEMBERSHIP, MEMBERSHIP.c.network_id == NETWORK.c.id)
        .where(
            MEMBERSHIP.c.person_id == person_id,
            MEMBERSHIP.c.role == "coordinator",
            MEMBERSHIP.c.ended_at.is_(None),
            NETWORK.c.closed_at.is_(None),
        )
        .order_by(NETWORK.c.name)
    )
