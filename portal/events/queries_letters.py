"""Who gets a mail about a session, and in whose name."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from portal.db import db
from portal.events.models import Booking, Event
from portal.networks.models import Network
from portal.people.models import EmailAddress, Person


@dataclass(frozen=True, slots=True)
class Recipient:
    person_id: int
    name: str
    first_name: str
    address: str


@dataclass(frozen=True, slots=True)
class Sender:
    """The network, and the person whose event it is: answers go to her."""

    network: str
    time_zone: str
    name: str
    reply_to: str | None

    @property
    def from_name(self) -> str:
        return f"{self.name}, {self.network}"


def recipients(session_ids: Sequence[int]) -> list[Recipient]:
    """Everybody with an open booking for one of these sessions and an address to write to, each once (one query)."""
    if not session_ids:
        return []
    rows = db.session.execute(
        select(Person.id, Person.name, Person.called, EmailAddress.address)
        .join(Booking, Booking.person_id == Person.id)
        .join(EmailAddress, EmailAddress.person_id == Person.id)
        .where(
            Booking.session_id.in_(session_ids),
            Booking.cancelled_at.is_(None),
            EmailAddress.is_primary,
            Person.erased_at.is_(None),
        )
        .distinct()
        .order_by(Person.id)
    )
    return [Recipient(id, name, called or name.split(" ")[0], address) for id, name, called, address in rows]


def sender_of(event: Event) -> Sender:
    """The name and the clock that a mail about this event carries (one query)."""
    row = db.session.execute(
        select(Network.short_name, Network.name, Network.time_zone, Person.name, EmailAddress.address)
        .join_from(Network, Person, Person.id == event.owner_id)
        .outerjoin(EmailAddress, (EmailAddress.person_id == Person.id) & EmailAddress.is_primary)
        .where(Network.id == event.network_id)
    ).one()
    short, name, time_zone, owner, address = row
    return Sender(short or name, time_zone, owner, address)
