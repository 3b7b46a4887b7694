"""Questions of a network's own pages: its row, the networks above and below, the coming steps."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, String, exists, func, select
from sqlalchemy.sql.expression import column, table

from portal.db import UTCDateTime, db
from portal.networks.models import JoinRequest, Membership, Network, NetworkOrganisation, SchoolTerm
from portal.people.models import Person
from portal.web import clock
from portal.web.errors import NotHere

# What is planned stands a storey above: only its first facts are asked for here.
_activity = table(
    "activity",
    column("id", Integer),
    column("network_id", Integer),
    column("kind", String),
    column("title", String),
    column("starts_at", UTCDateTime),
    column("cancelled_at", UTCDateTime),
    column("place", String),
)
_session = table("session", column("id", Integer), column("event_id", Integer))
_event = table(
    "event",
    column("id", Integer),
    column("title", String),
    column("published_at", UTCDateTime),
    column("cancelled_at", UTCDateTime),
    column("deleted_at", UTCDateTime),
)


@dataclass(frozen=True, slots=True)
class Kin:
    """A network above or below this one, and whether the reader is in it."""

    id: int
    slug: str
    name: str
    strapline: str
    plate: str
    members: int
    is_mine: bool


def network_with(network_id: int) -> Network:
    """The whole row, charter included. Raises NotHere."""
    network = db.session.get(Network, network_id)
    if network is None:
        raise NotHere
    return network


def children_of(network_id: int, person_id: int) -> list[Kin]:
    """The networks under this one (one query)."""
    return _kin(Network.parent_id == network_id, person_id)


def parent_of(parent_id: int | None, person_id: int) -> Kin | None:
    """The network above this one."""
    found = _kin(Network.id == parent_id, person_id) if parent_id else []
    return found[0] if found else None


def coming_sessions(network_id: int, limit: int = 3) -> list[Any]:
    """The next sessions of published events: event_id, title, starts_at, place (one query)."""
    happens = _session.join(_activity, _activity.c.id == _session.c.id).join(_event, _event.c.id == _session.c.event_id)
    query = (
        select(_event.c.id.label("event_id"), _event.c.title, _activity.c.starts_at, _activity.c.place)
        .select_from(happens)
        .where(
            _activity.c.network_id == network_id,
            _activity.c.starts_at > clock.now(),
            _activity.c.cancelled_at.is_(None),
            _event.c.published_at.is_not(None),
            _event.c.cancelled_at.is_(None),
            _event.c.deleted_at.is_(None),
        )
        .order_by(_activity.c.starts_at)
        .limit(limit)
    )
    return list(db.session.execute(query))


def term_with(network_id: int, term_id: int) -> SchoolTerm:
    """One term of this network. Raises NotHere."""
    query = select(SchoolTerm).where(SchoolTerm.network_id == network_id, SchoolTerm.id == term_id)
    term = db.session.execute(query).scalar_one_or_none()
    if term is None:
        raise NotHere
    return term


def _kin(condition: Any, person_id: int) -> list[Kin]:
    now = (Membership.network_id == Network.id, Membership.ended_at.is_(None))
    members = select(func.count()).select_from(Membership).where(*now).correlate(Network).scalar_subquery()
    mine = exists().where(*now, Membership.person_id == person_id)
    query = (
        select(Network.id, Network.slug, Network.name, Network.strapline, Network.plate, members, mine)
        .where(condition, Network.closed_at.is_(None))
        .order_by(Network.name)
    )
    return [Kin(*row) for row in db.session.execute(query)]


@dataclass(frozen=True, slots=True)
class Counts:
    """What stands on the tabs of a network's own pages."""

    members: int
    schools: int
    requests: int


def counts_of(network_id: int, for_coordinator: bool) -> Counts:
    """Members, organisations and, for a coordinator, people who ask to come in (one query).

    Members who were imported and never came in are counted for the coordinators alone.
    """
    now = (Membership.network_id == network_id, Membership.ended_at.is_(None), Membership.person_id == Person.id)
    shown = Person.erased_at.is_(None) if for_coordinator else Person.admitted_at.is_not(None)
    members = select(func.count()).select_from(Membership).join(Person, now[2]).where(*now[:2], shown)
    schools = select(func.count()).where(NetworkOrganisation.network_id == network_id)
    asked = select(func.count()).where(JoinRequest.network_id == network_id, JoinRequest.decided_at.is_(None))
    columns = [query.scalar_subquery() for query in (members, schools, asked)]
    row = db.session.execute(select(*columns)).one()
    return Counts(row[0], row[1], row[2] if for_coordinator else 0)
