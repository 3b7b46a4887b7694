"""Whom a coordinator can pair, and whom a mentor mentors, by name."""

from sqlalchemy import select

from portal.db import db
from portal.mentoring.models import Pairing
from portal.networks.models import Membership
from portal.people.models import Person


def members_to_pair(network_id: int) -> list[tuple[int, str]]:
    """(id, name) of everyone in the network now, as a choice (one query)."""
    rows = db.session.execute(
        select(Person.id, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.network_id == network_id, Membership.ended_at.is_(None), Person.erased_at.is_(None))
        .order_by(Person.sort_name)
    )
    return [(row.id, row.name) for row in rows]


def mentees_of(network_id: int, mentor_id: int) -> list[tuple[int, str]]:
    """(id of the pair, name of the mentee) of a mentor's open pairs (one query)."""
    rows = db.session.execute(
        select(Pairing.id, Person.name)
        .join(Person, Person.id == Pairing.mentee_id)
        .where(Pairing.network_id == network_id, Pairing.mentor_id == mentor_id, Pairing.ended_on.is_(None))
        .order_by(Person.sort_name, Pairing.id)
    )
    return [(row.id, row.name) for row in rows]
