"""Questions about networks and who is in them."""

from dataclasses import dataclass
from datetime import timedelta

from flask import current_app, g
from sqlalchemy import Select, String, case, cast, select

from portal.db import db
from portal.networks.models import Membership, Network, Region, SchoolTerm
from portal.networks.terms import TermHere, term_on
from portal.web import clock


@dataclass(frozen=True, slots=True)
class RegionHere:
    name: str
    time_zone: str
    locale: str
    contact: str
    contact_words: str


@dataclass(frozen=True, slots=True)
class MyNetwork:
    id: int
    slug: str
    name: str
    short_name: str
    plate: str
    role: str


REMEMBERED = timedelta(seconds=30)


def networks_open_for(room: str) -> Select[int]:
    """Ids of the networks that are open and have this room: what they share with the region is to be had nowhere else."""
    # Keys of rooms are plain words, so that one of them between quotes is never part of another.
    has_it = cast(Network.rooms, String).contains(f'"{room}"', autoescape=True)
    return select(Network.id).where(Network.closed_at.is_(None), has_it)


def region() -> RegionHere | None:
    """The region that this portal serves, or None before the first run. Remembered for half a minute a worker."""
    known = current_app.extensions.get("region")
    if known and clock.now() - known[0] < REMEMBERED:
        found: RegionHere | None = known[1]
        return found
    columns = (Region.name, Region.time_zone, Region.locale, Region.contact, Region.contact_words)
    row = db.session.execute(select(*columns)).first()
    found = RegionHere(*row) if row else None
    if found:
        current_app.extensions["region"] = (clock.now(), found)
    return found


def forget_region() -> None:
    """After a change, so that this worker sees it at once."""
    current_app.extensions.pop("region", None)


def networks_of(person_id: int) -> list[MyNetwork]:
    """The networks that a person belongs to now: those she coordinates first, then by name."""
    rank = case((Membership.role == "coordinator", 0), else_=1)
    rows = db.session.execute(
        select(Network.id, Network.slug, Network.name, Network.short_name, Network.plate, Membership.role)
        .join(Membership, Membership.network_id == Network.id)
        .where(Membership.person_id == person_id, Membership.ended_at.is_(None), Network.closed_at.is_(None))
        .order_by(rank, Network.name)
    )
    return [MyNetwork(*row) for row in rows]


def open_networks() -> list[tuple[str, str, str]]:
    """(slug, name, strapline) of every network that is running, for people who are not signed in."""
    rows = db.session.execute(
        select(Network.slug, Network.name, Network.strapline).where(Network.closed_at.is_(None)).order_by(Network.name)
    )
    return [(row.slug, row.name, row.strapline) for row in rows]


def term_of(network_id: int, time_zone: str) -> TermHere | None:
    """The term that today lies in, for the ruler in the network bar (one query a page, shared with ``terms_of``)."""
    today = clock.today(time_zone)
    running = (one for one in terms_of(network_id) if one.starts_on <= today <= one.ends_on)
    return next((term_on(today, one.name, one.starts_on, one.ends_on, one.break_on) for one in running), None)


def terms_of(network_id: int) -> list[SchoolTerm]:
    """All terms of a network, newest first (one query a page, however often it is asked)."""
    known: dict[int, list[SchoolTerm]] = g.setdefault("terms", {})
    if network_id not in known:
        query = select(SchoolTerm).where(SchoolTerm.network_id == network_id).order_by(SchoolTerm.starts_on.desc())
        known[network_id] = list(db.session.execute(query).scalars())
    return known[network_id]
