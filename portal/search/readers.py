"""What a person may find: the networks she is in, with the rooms that are open there, and those she coordinates."""

from dataclasses import dataclass

from sqlalchemy import select

from portal import fulltext
from portal.db import db
from portal.networks.models import Membership, Network


@dataclass(frozen=True, slots=True)
class Place:
    """One network of a reader."""

    id: int
    slug: str
    name: str
    rooms: list[str]
    role: str


@dataclass(frozen=True)
class Reader:
    """Who looks, and where she may look. Every search is narrowed by this inside the question to the database."""

    person_id: int
    places: dict[int, Place]

    def ids(self, room: str | None = None) -> list[int]:
        """Her networks; with ``room`` only those where that room is open."""
        return [place.id for place in self.places.values() if room is None or room in place.rooms]

    @property
    def coordinated(self) -> list[int]:
        return [place.id for place in self.places.values() if place.role == "coordinator"]

    def scope(self) -> list[str]:
        return [*map(fulltext.network, self.places), fulltext.owner(self.person_id), fulltext.REGION]


def reader(person_id: int) -> Reader:
    """The networks that a person stands in now (one query)."""
    rows = (
        select(Network.id, Network.slug, Network.short_name, Network.name, Network.rooms, Membership.role)
        .join(Membership, Membership.network_id == Network.id)
        .where(Membership.person_id == person_id, Membership.ended_at.is_(None), Network.closed_at.is_(None))
        .order_by(Network.name)
    )
    columns = db.session.execute(rows)
    found = (Place(id, slug, short or name, rooms, role) for id, slug, short, name, rooms, role in columns)
    return Reader(person_id, {place.id: place for place in found})
