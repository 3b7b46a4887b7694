"""Who gets a mail about a session, and in whose name."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

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
    locale: str


@dataclass(frozen=True, slots=True)
class Sender:
    """The network, and the person whose event it is: answers go to her."""

    network: str
    time_zone: str
    locale: str
    name: str
    reply_to: str | None

    @property
    def from_name(self) -> str:
        return f"{self.name}, {self.network}"


# Her own address, else the one of somebody else with which she booked.
_reach_by = (
    select(Booking.reach_by)
    .where(Booking.person_id == Person.id, Booking.reach_by != "")
    .order_by(Booking.id.desc())
    .limit(1)
    .correlate(Person)
    .scalar_subquery()
)
_address = func.coalesce(EmailAddress.address, _reach_by)
_own = (EmailAddress.person_id == Person.id) & EmailAddress.is_primary
_TO = (Person.id, Person.name, Person.called, _address, Person.locale)


def recipients(session_ids: Sequence[int]) -> list[Recipient]:
    """Everybody with an open booking for one of these sessions and an address to write to, each once (one query)."""
    if not session_ids:
        return []
    rows = db.session.execute(
        select(*_TO)
        .join(Booking, Booking.person_id == Person.id)
        .outerjoin(EmailAddress, _own)
        .where(
            Booking.session_id.in_(session_ids),
            Booking.cancelled_at.is_(None),
            _address.is_not(None),
            Person.erased_at.is_(None),
        )
        .distinct()
        .order_by(Person.id)
    )
    return [_recipient(*row) for row in rows]


def person_to_write(person_id: int) -> Recipient | None:
    """One person and her address, or None without one from which mail does not come back."""
    row = db.session.execute(
        select(*_TO)
        .outerjoin(EmailAddress, _own & EmailAddress.bounced_at.is_(None))
        .where(Person.id == person_id, _address.is_not(None), Person.erased_at.is_(None))
    ).first()
    return _recipient(*row) if row else None


def _recipient(id: int, name: str, called: str | None, address: str, locale: str | None) -> Recipient:
    return Recipient(id, name, called or name.split(" ")[0], address, locale or "")


def sender_of(event: Event) -> Sender:
    """The name and the clock that a mail about this event carries (one query)."""
    row = db.session.execute(
        select(Network.short_name, Network.name, Network.time_zone, Network.locale, Person.name, EmailAddress.address)
        .join_from(Network, Person, Person.id == event.owner_id)
        .outerjoin(EmailAddress, (EmailAddress.person_id == Person.id) & EmailAddress.is_primary)
        .where(Network.id == event.network_id)
    ).one()
    short, name, time_zone, locale, owner, address = row
    return Sender(short or name, time_zone, locale, owner, address)
