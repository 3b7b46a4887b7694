"""Whom a mail about mentoring reaches: a member of the network, at an address that works, who did not stop such mails."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, select

from portal.db import db
from portal.mail.queries import stops
from portal.networks.models import Membership, Network
from portal.people.models import EmailAddress, Person


@dataclass(frozen=True, slots=True)
class Reader:
    """One person in one network, with what a mail to her needs."""

    person_id: int
    name: str
    first_name: str
    address: str
    locale: str
    network_id: int
    network: str
    sender: str
    slug: str
    time_zone: str


def readers(kind: str, network_id: int, person_ids: Collection[int]) -> dict[int, Reader]:
    """Of these people those who get mails of this kind from this network, by id (one query).

    None where mentoring is closed, or the network is.
    """
    rows = db.session.execute(
        select(
            Person.id, Person.name, Person.called, EmailAddress.address, Person.locale, Network.id, Network.name,
            Network.short_name, Network.slug, Network.time_zone, Network.locale, Network.rooms,
        )
        .join(Membership, Membership.person_id == Person.id)
        .join(Network, and_(Network.id == Membership.network_id, Network.closed_at.is_(None)))
        .join(EmailAddress, and_(EmailAddress.person_id == Person.id, EmailAddress.is_primary))
        .where(
            Person.id.in_(person_ids),
            Person.erased_at.is_(None),
            Network.id == network_id,
            Membership.ended_at.is_(None),
            EmailAddress.bounced_at.is_(None),
            ~stops(Membership.__table__.c.person_id, kind, network_id),
        )
    )  # fmt: skip
    found = {}
    for person_id, name, called, address, locale, net_id, network, short, slug, zone, net_locale, rooms in rows:
        if "mentoring" in rooms:
            found[person_id] = Reader(
                person_id, " ".join(name.split()), called or name.split(" ")[0], address, locale or net_locale,
                net_id, network, short or network, slug, zone,
            )  # fmt: skip
    return found


def reader_of(kind: str, network_id: int, person_id: int) -> Reader | None:
    return readers(kind, network_id, [person_id]).get(person_id)
