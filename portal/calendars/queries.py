"""What stands in a feed, and whose it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, null, or_, select
from sqlalchemy.orm import aliased

from portal.calendars.addresses import Address
from portal.calendars.models import CalendarFeed
from portal.db import Rows, db
from portal.events.models import Booking, Event, Session
from portal.networks.models import Membership, Network
from portal.people.models import Person
from portal.web import clock

# What a phone still wants to know of last term; everything ahead stands in a feed.
BACK = timedelta(days=183)
MOST = 2_000
ROOM = "events"


@dataclass(frozen=True, slots=True)
class FeedSession:
    """A session as a feed tells of it. ``mine`` is "placed", "waiting" or nothing."""

    id: int
    event_id: int
    title: str
    starts_at: datetime
    minutes: int
    mode: str
    place: str
    joining_link: str
    sequence: int
    cancelled_at: datetime | None
    strapline: str
    getting_there: str
    is_public: bool
    published_at: datetime
    slug: str
    time_zone: str
    mine: str
    is_member: bool

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose feed it is, and the network that it tells of, if it is one network's."""

    person_id: int
    locale: str | None
    time_zone: str | None
    network_id: int | None = None
    name: str = ""


_mine: Any = case((Booking.waiting_since.is_not(None), "waiting"), (Booking.id.is_not(None), "placed"), else_="")
# The joining link leaves the database only for somebody who has a place.
_link: Any = case((and_(Booking.id.is_not(None), Booking.waiting_since.is_(None)), Session.joining_link), else_="")
_TOLD: tuple[Any, ...] = (
    Session.id,
    Session.event_id,
    Session.title,
    Session.starts_at,
    Session.minutes,
    Session.mode,
    Session.place,
)
_REST: tuple[Any, ...] = (
    Session.sequence,
    Session.cancelled_at,
    Event.strapline,
    Event.getting_there,
    Event.is_public,
    Event.published_at,
    Network.slug,
    Network.time_zone,
)


def holder_of(address: Address) -> Holder | None:
    """Who may read by this address, or None when it has ended: renewed, left, closed, forgotten (at most two queries)."""
    holds = aliased(Person)
    version = case((CalendarFeed.version.is_(None), 1), else_=CalendarFeed.version)
    # An older record of hers that was joined with another leads to what she is now.
    row = db.session.execute(
        select(holds.id, holds.locale, holds.time_zone)
        .select_from(Person)
        .join(holds, or_(and_(Person.merged_into.is_(None), holds.id == Person.id), holds.id == Person.merged_into))
        .outerjoin(CalendarFeed, CalendarFeed.person_id == holds.id)
        .where(Person.id == address.person_id, holds.erased_at.is_(None), version == address.version)
    ).first()
    if row is None:
        return None
    if not address.network_id:
        return Holder(*row)
    network = next((one for one in networks_of(row.id) if one.id == address.network_id), None)
    return Holder(row.id, row.locale or network.locale, row.time_zone, network.id, network.name) if network else None


@dataclass(frozen=True, slots=True)
class FollowedNetwork:
    id: int
    slug: str
    name: str
    locale: str
    time_zone: str


def networks_of(person_id: int) -> list[FollowedNetwork]:
    """Her networks in which events are on, by name (one query)."""
    query = (
        select(Network.id, Network.slug, Network.name, Network.locale, Network.time_zone, Network.rooms)
        .join(Membership, Membership.network_id == Network.id)
        .where(Membership.person_id == person_id, Membership.ended_at.is_(None), Network.closed_at.is_(None))
        .order_by(Network.name, Network.id)
    )
    rows: list[Any] = list(db.session.execute(query))
    return [FollowedNetwork(*row[:-1]) for row in rows if ROOM in row.rooms]


def version_of(person_id: int) -> int:
    """The number that her addresses are signed with now."""
    return (
        db.session.execute(select(CalendarFeed.version).where(CalendarFeed.person_id == person_id)).scalar_one_or_none()
        or 1
    )


def renewed_at(person_id: int) -> datetime | None:
    """When she last renewed them, if ever."""
    query = select(CalendarFeed.renewed_at).where(CalendarFeed.person_id == person_id)
    return db.session.execute(query).scalar_one_or_none()


def booked_by(person_id: int) -> list[FeedSession]:
    """All that she holds a place in or waits for, in every network whose room is open (one query)."""
    member = and_(Membership.network_id == Network.id, Membership.person_id == person_id, Membership.ended_at.is_(None))
    query = (
        _sessions(_mine, Membership.id.is_not(None)).join(Booking, _booking_of(person_id)).outerjoin(Membership, member)
    )
    return _read(query)


def told_to_members(network_id: int, person_id: int) -> list[FeedSession]:
    """Every published session of a network as this member sees it (one query)."""
    query = _sessions(_mine, Session.id.is_not(None)).outerjoin(Booking, _booking_of(person_id))
    return _read(query.where(Session.network_id == network_id))


def told_to_all(network_id: int) -> list[FeedSession]:
    """Every published session that is open to anybody (one query)."""
    query = _sessions(null(), null(), with_links=False)
    return _read(query.where(Session.network_id == network_id, Event.is_public))


def _booking_of(person_id: int) -> Any:
    return and_(Booking.session_id == Session.id, Booking.person_id == person_id, Booking.cancelled_at.is_(None))


def _sessions(mine: Any, is_member: Any, with_links: bool = True) -> Rows:
    link = _link if with_links else null()
    return (
        select(*_TOLD, link, *_REST, mine, is_member, Network.rooms)
        .select_from(Session)
        .join(Event, Event.id == Session.event_id)
        .join(Network, Network.id == Session.network_id)
        .where(
            Event.deleted_at.is_(None),
            Event.published_at.is_not(None),
            Network.closed_at.is_(None),
            Session.starts_at >= clock.now() - BACK,
        )
        .order_by(Session.starts_at.desc(), Session.id.desc())
        .limit(MOST)
    )


def _read(query: Rows) -> list[FeedSession]:
    rows = db.session.execute(query).all()
    return [_session(tuple(row[:-1])) for row in reversed(rows) if ROOM in row.rooms]


def _session(row: tuple[Any, ...]) -> FeedSession:
    values = dict(zip(FeedSession.__dataclass_fields__, row, strict=True))
    return FeedSession(
        **values
        | {key: values[key] or "" for key in ("joining_link", "mine")}
        | {"is_member": bool(values["is_member"])}
    )
