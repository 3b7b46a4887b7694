"""The organisations of a network and the members who work there now, as a form offers them."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_, select

from portal.db import Rows, db
from portal.networks.models import Membership, NetworkOrganisation
from portal.networks.queries_members import listed
from portal.networks.scope import Standing
from portal.organisations.models import Organisation
from portal.people.models import Affiliation, Person


def places_of(network_id: int, words: str = "") -> list[Any]:
    """The open organisations of a network by name, those that match where words are given: id, name, place, kind (one query)."""
    query = (
        select(Organisation.id, Organisation.name, Organisation.place, Organisation.kind)
        .join(NetworkOrganisation, NetworkOrganisation.organisation_id == Organisation.id)
        .where(
            NetworkOrganisation.network_id == network_id,
            Organisation.merged_into.is_(None),
            Organisation.closed_on.is_(None),
        )
    )
    for word in words.split()[:8]:
        like = (Organisation.name, Organisation.place, Organisation.code)
        query = query.where(or_(*(one.icontains(word, autoescape=True) for one in like)))
    return list(db.session.execute(query.order_by(Organisation.sort_name, Organisation.id)))


def is_in(network_id: int, organisation_id: int) -> bool:
    """Whether an organisation stands on a network's list (one query)."""
    return db.session.get(NetworkOrganisation, (network_id, organisation_id)) is not None


def members_at(network_id: int, organisation_ids: Collection[int] | None = None, limit: int = 1000) -> list[Any]:
    """Members with the organisation where each works now, by organisation and name: id, name, organisation_id, organisation.

    Somebody who works at two of them stands twice (one query). For coordinators, and for what no page shows.
    """
    return list(db.session.execute(_members_at(network_id, organisation_ids, limit)))


def _members_at(network_id: int, organisation_ids: Collection[int] | None, limit: int) -> Rows:
    query = (
        select(
            Person.id, Person.name, Organisation.id.label("organisation_id"), Organisation.name.label("organisation")
        )
        .join(Membership, Membership.person_id == Person.id)
        .join(Affiliation, Affiliation.person_id == Person.id)
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(
            Membership.network_id == network_id,
            Membership.ended_at.is_(None),
            Affiliation.ended_on.is_(None),
            Person.erased_at.is_(None),
        )
        .distinct()
        .order_by(Organisation.name, Person.name, Person.id)
        .limit(limit)
    )
    return query if organisation_ids is None else query.where(Organisation.id.in_(organisation_ids))


def members_shown_at(member: Standing, organisation_ids: Collection[int] | None = None, limit: int = 1000) -> list[Any]:
    """The same as a member may read it: without those who have not come in yet, and without who keeps her school to herself.

    Coordinators see all; who works at one place knows who else does (one query, two for a member).
    """
    query = _members_at(member.network_id, organisation_ids, limit)
    if not member.is_coordinator:
        hers = Organisation.id.in_(workplaces_of(member.person_id))
        query = query.where(Person.admitted_at.is_not(None), or_(listed("school", False), hers))
    return list(db.session.execute(query))


def works_at(network_id: int, person_id: int, organisation_id: int) -> bool:
    """Whether somebody is a member of the network and works there now (one query)."""
    query = (
        select(Affiliation.id)
        .join(Membership, Membership.person_id == Affiliation.person_id)
        .where(
            Affiliation.person_id == person_id,
            Affiliation.organisation_id == organisation_id,
            Affiliation.ended_on.is_(None),
            Membership.network_id == network_id,
            Membership.ended_at.is_(None),
        )
    )
    return db.session.execute(query.limit(1)).first() is not None


def workplaces_of(person_id: int) -> set[int]:
    """The organisations where somebody works now (one query)."""
    query = select(Affiliation.organisation_id).where(
        Affiliation.person_id == person_id, Affiliation.ended_on.is_(None)
    )
    return set(db.session.execute(query).scalars())
