"""Questions about people who ask to come in, and about the networks that can be asked."""

from dataclasses import dataclass

from sqlalchemy import exists, func, select

from portal.db import Rows, db
from portal.networks.models import JoinRequest, Membership, Network
from portal.networks.models_asking import OutsideAsk
from portal.networks.queries_members import main_affiliation
from portal.organisations.models import Organisation
from portal.people.models import Affiliation, EmailAddress, Person


def open_requests(network_id: int) -> Rows:
    """Who waits for an answer, for a listing: with school, address and the note."""
    query = (
        select(
            JoinRequest.id,
            JoinRequest.note,
            JoinRequest.asked_at,
            Person.id.label("person_id"),
            Person.name,
            EmailAddress.address,
            func.coalesce(Organisation.name, OutsideAsk.school, "").label("school"),
        )
        .join(Person, Person.id == JoinRequest.person_id)
        .outerjoin(EmailAddress, (EmailAddress.person_id == Person.id) & EmailAddress.is_primary)
        .outerjoin(Affiliation, main_affiliation())
        .outerjoin(Organisation, Organisation.id == Affiliation.organisation_id)
        .outerjoin(OutsideAsk, OutsideAsk.join_request_id == JoinRequest.id)
        .where(JoinRequest.network_id == network_id, JoinRequest.decided_at.is_(None))
    )
    return query


def open_request_of(network_id: int, person_id: int) -> JoinRequest | None:
    """A person's own question that waits for an answer."""
    query = select(JoinRequest).where(
        JoinRequest.network_id == network_id,
        JoinRequest.person_id == person_id,
        JoinRequest.decided_at.is_(None),
    )
    return db.session.execute(query).scalars().first()


def network_to_ask(slug: str) -> Network | None:
    """The network of that address while it exists, for its public page and for asking."""
    query = select(Network).where(Network.slug == slug, Network.closed_at.is_(None))
    return db.session.execute(query).scalar_one_or_none()


def networks_to_ask(person_id: int) -> Rows:
    """Networks that a person is not in and may ask, for a listing; tells whether she has asked already."""
    mine = exists().where(
        Membership.network_id == Network.id, Membership.person_id == person_id, Membership.ended_at.is_(None)
    )
    asked = (
        select(JoinRequest.id)
        .where(
            JoinRequest.network_id == Network.id,
            JoinRequest.person_id == person_id,
            JoinRequest.decided_at.is_(None),
        )
        .limit(1)
        .scalar_subquery()
    )
    columns = (Network.id, Network.slug, Network.name, Network.strapline, Network.plate)
    return select(*columns, asked.label("request_id")).where(~mine, Network.is_open_to_ask, Network.closed_at.is_(None))


def outside_ask_behind(token_hash: str) -> OutsideAsk | None:
    """What a stranger typed, by the link that was mailed to her."""
    return db.session.execute(select(OutsideAsk).where(OutsideAsk.token_hash == token_hash)).scalar_one_or_none()


@dataclass(frozen=True, slots=True)
class AddressOf:
    """Where mail reaches a person."""

    person_id: int
    name: str
    address: str


def primary_address(person_id: int) -> str | None:
    """The address that mail to a person goes to."""
    query = select(EmailAddress.address).where(EmailAddress.person_id == person_id, EmailAddress.is_primary)
    return db.session.execute(query).scalar_one_or_none()


def coordinator_addresses(network_id: int) -> list[AddressOf]:
    """The coordinators whom mail reaches."""
    query = (
        select(Person.id, Person.name, EmailAddress.address)
        .join(Membership, Membership.person_id == Person.id)
        .join(EmailAddress, (EmailAddress.person_id == Person.id) & EmailAddress.is_primary)
        .where(
            Membership.network_id == network_id,
            Membership.role == "coordinator",
            Membership.ended_at.is_(None),
        )
    )
    return [AddressOf(*row) for row in db.session.execute(query)]
