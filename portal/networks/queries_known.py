"""What is known of somebody who stands outside, for the page that offers to come in or to be forgotten."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from portal.db import db
from portal.networks.models import Membership, Network
from portal.networks.queries_members import main_affiliation
from portal.organisations.models import Organisation
from portal.people.models import Affiliation, Person


@dataclass(frozen=True, slots=True)
class Known:
    """Who added her, when, where she is said to work, and on which lists she stands."""

    id: int
    name: str
    first_name: str
    has_come_in: bool
    added_at: datetime
    added_by: str
    school: str
    networks: list[str]


def what_is_known(person_id: int) -> Known:
    """The few facts that were written down about a person (two queries)."""
    adder = aliased(Person)
    row = db.session.execute(
        select(Person, adder.name, Organisation.name)
        .outerjoin(adder, adder.id == Person.added_by)
        .outerjoin(Affiliation, main_affiliation())
        .outerjoin(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Person.id == person_id)
    ).one()
    person = row[0]
    has_come_in = person.admitted_at is not None
    return Known(
        person.id,
        person.name,
        person.first_name,
        has_come_in,
        person.created_at,
        row[1] or "",
        row[2] or "",
        _networks(person_id),
    )


def inviter_name(person_id: int | None) -> str:
    """Who sent an invitation."""
    return db.session.execute(select(Person.name).where(Person.id == person_id)).scalar() or ""


def _networks(person_id: int) -> list[str]:
    query = (
        select(Network.name)
        .join(Membership, Membership.network_id == Network.id)
        .where(Membership.person_id == person_id, Membership.ended_at.is_(None))
        .order_by(Network.name)
    )
    return list(db.session.execute(query).scalars())
