"""The organisations of a network and when each was last seen, read from what happened and from what was used.

What happened stands a storey above, so its tables are named here and not imported.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    String,
    and_,
    case,
    func,
    literal,
    not_,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql.expression import column, table

from portal.db import Rows, UTCDateTime, db
from portal.networks.models import Membership, NetworkOrganisation
from portal.networks.school_year import SchoolYear
from portal.organisations.models import Organisation
from portal.people.models import Affiliation

_activity = table(
    "activity",
    column("id", Integer),
    column("network_id", Integer),
    column("kind", String),
    column("starts_at", UTCDateTime),
    column("held_at", UTCDateTime),
    column("cancelled_at", UTCDateTime),
)
_participation = table(
    "participation",
    column("activity_id", Integer),
    column("organisation_id", Integer),
    column("minutes", Integer),
)
_use = table(
    "use",
    column("network_id", Integer),
    column("organisation_id", Integer),
    column("recorded_at", UTCDateTime),
    column("withdrawn_at", UTCDateTime),
)
MOST_FOUND = 20
STANDINGS = ("silent", "earlier", "now", "new")


def schools_of(network_id: int, year: SchoolYear, time_zone: str, words: str = "", standing: str = "") -> Rows:
    """The organisations of a network, for a listing: members, times seen this year, last seen, standing.

    Seen means that somebody from there took part in something held, or told of using something. Standing is one of
    ``new`` (joined this school year), ``now`` (seen this term), ``earlier`` (seen last term) and ``silent``.
    """
    seen = _seen(network_id, year, time_zone)
    stands = _standing(seen, year, time_zone)
    query = (
        select(
            Organisation.id,
            Organisation.name,
            Organisation.place,
            Organisation.phase,
            Organisation.kind,
            NetworkOrganisation.is_host,
            NetworkOrganisation.since,
            _members(network_id).label("members"),
            func.coalesce(seen.c.this_year, 0).label("this_year"),
            seen.c.last_seen,
            stands.label("standing"),
        )
        .join(NetworkOrganisation, NetworkOrganisation.organisation_id == Organisation.id)
        .outerjoin(seen, seen.c.organisation_id == Organisation.id)
        .where(NetworkOrganisation.network_id == network_id, Organisation.merged_into.is_(None))
    )
    for word in words.split()[:8]:
        like = (Organisation.name.icontains(word, autoescape=True), Organisation.place.icontains(word, autoescape=True))
        query = query.where(or_(*like))
    return query.where(stands == standing) if standing in STANDINGS else query


def count_by_standing(network_id: int, year: SchoolYear, time_zone: str) -> dict[str, int]:
    """How many organisations of each standing (one query)."""
    rows = schools_of(network_id, year, time_zone).subquery()
    counted = db.session.execute(select(rows.c.standing, func.count()).group_by(rows.c.standing))
    return {name: count for name, count in counted}  # noqa: C416


def hosts_of(network_id: int) -> list[Any]:
    """The organisations that host a network: id, name, place, website."""
    query = (
        select(Organisation.id, Organisation.name, Organisation.place, Organisation.website)
        .join(NetworkOrganisation, NetworkOrganisation.organisation_id == Organisation.id)
        .where(NetworkOrganisation.network_id == network_id, NetworkOrganisation.is_host)
        .order_by(Organisation.sort_name)
    )
    return list(db.session.execute(query))


def organisations_to_add(network_id: int, words: str) -> list[Any]:
    """Organisations of the region that match and are not in the network yet; nothing without words."""
    there = select(NetworkOrganisation.organisation_id).where(NetworkOrganisation.network_id == network_id)
    return _found(words, not_(Organisation.id.in_(there)))


def organisations_to_host(network_id: int, words: str) -> list[Any]:
    """Organisations of the region that match and do not host the network yet; nothing without words."""
    hosts = select(NetworkOrganisation.organisation_id).where(
        NetworkOrganisation.network_id == network_id, NetworkOrganisation.is_host
    )
    return _found(words, not_(Organisation.id.in_(hosts)))


def organisations_in(network_id: int, words: str) -> list[Any]:
    """The first organisations of a network that match, to take one off the list."""
    there = select(NetworkOrganisation.organisation_id).where(NetworkOrganisation.network_id == network_id)
    return _found(words, Organisation.id.in_(there), without_words=True)


def _found(words: str, condition: ColumnElement[bool], without_words: bool = False) -> list[Any]:
    if not words.strip() and not without_words:
        return []
    query = select(Organisation.id, Organisation.name, Organisation.place, Organisation.kind).where(
        condition, Organisation.merged_into.is_(None), Organisation.closed_on.is_(None)
    )
    for word in words.split()[:8]:
        like = (Organisation.name, Organisation.place, Organisation.code)
        query = query.where(or_(*(one.icontains(word, autoescape=True) for one in like)))
    return list(db.session.execute(query.order_by(Organisation.sort_name).limit(MOST_FOUND)))


def _seen(network_id: int, year: SchoolYear, time_zone: str) -> Any:
    moments = _moments(network_id).subquery()
    this_year = case((moments.c.at >= year.moment(year.year_from, time_zone), 1), else_=0)
    return (
        select(
            moments.c.organisation_id,
            func.max(moments.c.at, type_=UTCDateTime()).label("last_seen"),
            func.sum(this_year).label("this_year"),
        )
        .group_by(moments.c.organisation_id)
        .subquery()
    )


def _moments(network_id: int) -> CompoundSelect[*tuple[Any, ...]]:
    came = (
        select(_participation.c.organisation_id, _activity.c.starts_at.label("at"))
        .select_from(_participation.join(_activity, _activity.c.id == _participation.c.activity_id))
        .where(
            _activity.c.network_id == network_id,
            # At a visit only the coordinator took part, and of her own school that says nothing.
            _activity.c.kind != "support_visit",
            _activity.c.held_at.is_not(None),
            _activity.c.cancelled_at.is_(None),
            _participation.c.organisation_id.is_not(None),
            _participation.c.minutes > 0,
        )
    )
    used = select(_use.c.organisation_id, _use.c.recorded_at).where(
        _use.c.network_id == network_id, _use.c.organisation_id.is_not(None), _use.c.withdrawn_at.is_(None)
    )
    return union_all(came, used)


def _standing(seen: Any, year: SchoolYear, time_zone: str) -> Any:
    long_ago = year.moment(year.silent_before, time_zone)
    return case(
        (NetworkOrganisation.since >= year.year_from, literal("new")),
        (seen.c.last_seen >= year.moment(year.term_from, time_zone), literal("now")),
        (seen.c.last_seen >= long_ago, literal("earlier")),
        # Not seen yet, but not here long enough to be called silent.
        (and_(seen.c.last_seen.is_(None), NetworkOrganisation.since >= year.silent_before), literal("earlier")),
        else_=literal("silent"),
    )


def _members(network_id: int) -> Any:
    return (
        select(func.count(Membership.person_id.distinct()))
        .join(Affiliation, Affiliation.person_id == Membership.person_id)
        .where(
            Membership.network_id == network_id,
            Membership.ended_at.is_(None),
            Affiliation.organisation_id == Organisation.id,
            Affiliation.ended_on.is_(None),
        )
        .correlate(Organisation)
        .scalar_subquery()
    )
