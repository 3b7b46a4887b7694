"""Who gets a digest, when she last got one, and in which networks she stands: asked for a hundred people at once."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, select
from sqlalchemy.sql.expression import column, table

from portal.db import Rows, UTCDateTime, db
from portal.digest.models import Digest
from portal.networks.models import Membership, Network
from portal.people.models import EmailAddress, Person
from portal.web import clock

# Longer than anything stays news: what was told before that can't be told again anyway.
REMEMBERED = timedelta(days=120)
# Letters to members are written beside this room: here they are rows with what they are about.
LETTER = table("letter", column("id", Integer), column("about_kind", String), column("about_id", Integer))
RECIPIENT = table(
    "letter_recipient",
    column("letter_id", Integer),
    column("person_id", Integer),
    column("written_at", UTCDateTime()),
)
# What a letter calls a topic is told as a question.
KINDS = {"topic": "question"}


@dataclass(frozen=True, slots=True)
class Place:
    """One network as a reader stands in it."""

    id: int
    slug: str
    name: str
    short_name: str
    rooms: frozenset[str]
    time_zone: str
    locale: str
    role: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a digest is for. What she may see follows from ``places`` alone."""

    id: int
    name: str
    first_name: str
    address: str
    rhythm: str
    locale: str
    time_zone: str
    places: dict[int, Place] = field(default_factory=dict)
    told: frozenset[str] = frozenset()

    def places_with(self, room: str) -> list[Place]:
        """Her networks in which a room is open."""
        return [place for place in self.places.values() if room in place.rooms]


def can_be_written_to() -> tuple[Any, ...]:
    """Somebody who has come in herself, is still here, and has an address from which mail does not come back."""
    return (
        Person.admitted_at.is_not(None),
        Person.erased_at.is_(None),
        Person.merged_into.is_(None),
        EmailAddress.is_primary,
        EmailAddress.bounced_at.is_(None),
    )


def is_member() -> tuple[ColumnElement[bool], ...]:
    """Of a running network, and not away for a while."""
    return (Membership.ended_at.is_(None), Membership.paused_at.is_(None), Network.closed_at.is_(None))


def readers(person_ids: Collection[int], fallback_zone: str = "UTC") -> list[Reader]:
    """These people with their networks and what they were told already (four queries). Who may not be written to is left out."""
    places, told = _places(person_ids), _told(person_ids)
    rows = db.session.execute(
        select(
            Person.id,
            Person.name,
            Person.called,
            EmailAddress.address,
            Person.rhythm,
            Person.locale,
            Person.time_zone,
        )
        .join(EmailAddress, EmailAddress.person_id == Person.id)
        .where(Person.id.in_(person_ids), *can_be_written_to())
        .order_by(Person.id)
    )
    found = []
    for id, name, called, address, rhythm, locale, zone in rows:
        hers = places.get(id, {})
        first = next(iter(hers.values()), None)
        speaks = locale or (first.locale if first else "en_GB")
        lives = zone or (first.time_zone if first else fallback_zone)
        first_name = called or name.split(" ")[0]
        found.append(Reader(id, name, first_name, address, rhythm, speaks, lives, hers, told.get(id, frozenset())))
    return found


def _places(person_ids: Collection[int]) -> dict[int, dict[int, Place]]:
    """Each person's networks, the one she has been in longest first."""
    columns = (Network.id, Network.slug, Network.name, Network.short_name, Network.rooms)
    query: Rows = (
        select(
            Membership.person_id,
            *columns,
            Network.time_zone,
            Network.locale,
            Membership.role,
            Membership.started_at,
        )
        .join(Network, Network.id == Membership.network_id)
        .where(Membership.person_id.in_(person_ids), *is_member())
        .order_by(Membership.started_at, Membership.id)
    )
    found: dict[int, dict[int, Place]] = {}
    for person_id, id, slug, name, short, rooms, zone, locale, role, since in db.session.execute(query):
        place = Place(id, slug, name, short or name, frozenset(rooms), zone, locale, role, since)
        found.setdefault(person_id, {})[id] = place
    return found


def _told(person_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """What earlier digests told each of them, and what a coordinator's letter was about (two queries)."""
    since = clock.now() - REMEMBERED
    found: dict[int, set[str]] = {}
    lately = (Digest.person_id.in_(person_ids), Digest.made_at > since, Digest.subject != "")
    for person_id, told in db.session.execute(select(Digest.person_id, Digest.told).where(*lately)):
        found.setdefault(person_id, set()).update(told)
    about = (
        select(RECIPIENT.c.person_id, LETTER.c.about_kind, LETTER.c.about_id)
        .join(LETTER, LETTER.c.id == RECIPIENT.c.letter_id)
        .where(RECIPIENT.c.person_id.in_(person_ids), RECIPIENT.c.written_at > since, LETTER.c.about_kind != "")
    )
    for person_id, kind, thing_id in db.session.execute(about):
        found.setdefault(person_id, set()).add(f"{KINDS.get(kind, kind)}:{thing_id}")
    return {person_id: frozenset(told) for person_id, told in found.items()}


def coordinators_of(network_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Network → name and address of the coordinator who answers: the one who has been it longest (one query)."""
    rows = db.session.execute(
        select(Membership.network_id, Person.name, EmailAddress.address)
        .join(Person, Person.id == Membership.person_id)
        .join(EmailAddress, EmailAddress.person_id == Person.id)
        .where(
            Membership.network_id.in_(network_ids),
            Membership.role == "coordinator",
            Membership.ended_at.is_(None),
            Membership.paused_at.is_(None),
            *can_be_written_to(),
        )
        .order_by(Membership.started_at.desc(), Membership.id.desc())
    )
    return {network_id: (name, address) for network_id, name, address in rows}
