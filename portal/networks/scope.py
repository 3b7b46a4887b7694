"""Gate 2 and the front door of every room: is this person a member of this network, and is the room open?

Everything below ``/n/<network>/`` is reached through ``room_blueprint``. One query finds the network, the membership
and the clock; strangers, closed rooms and closed networks all get the same 404.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from flask import Blueprint, g, request
from sqlalchemy import bindparam, select

from portal.db import db
from portal.networks.models import Membership, Network
from portal.networks.rooms import ROOMS
from portal.web.access import me
from portal.web.errors import NotHere


@dataclass(frozen=True, slots=True)
class NetworkHere:
    """What every page may know of the network it stands in."""

    id: int
    slug: str
    name: str
    short_name: str
    plate: str
    strapline: str
    time_zone: str
    locale: str
    words: dict[str, str]
    rooms: list[str]
    parent_id: int | None
    is_open_to_ask: bool
    looks_first: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is in a network. Policies are handed this, never the request."""

    person_id: int
    network_id: int
    role: str
    started_at: datetime
    paused_at: datetime | None = None
    is_administrator: bool = False

    @property
    def is_coordinator(self) -> bool:
        return self.role == "coordinator"

    @property
    def is_mentor(self) -> bool:
        return self.role in {"mentor", "coordinator"}

    @property
    def may_write(self) -> bool:
        """Observers read along and bring no content of their own."""
        return self.role != "observer"


@dataclass(frozen=True, slots=True)
class Here:
    network: NetworkHere
    membership: Standing


_NETWORK = (
    Network.id,
    Network.slug,
    Network.name,
    Network.short_name,
    Network.plate,
    Network.strapline,
    Network.time_zone,
    Network.locale,
    Network.words,
    Network.rooms,
    Network.parent_id,
    Network.is_open_to_ask,
    Network.looks_first,
)
_MEMBERSHIP = (Membership.role, Membership.started_at, Membership.paused_at)
# Every page of a network asks it: made once, since putting it together costs more than asking does.
_STANDING = (
    select(*_NETWORK, *_MEMBERSHIP)
    .join(Membership, Membership.network_id == Network.id)
    .where(
        Network.slug == bindparam("slug"),
        Network.closed_at.is_(None),
        Membership.person_id == bindparam("person_id"),
        Membership.ended_at.is_(None),
    )
)


# A blueprint whose pages belong to another's room: its tab is lit, and it closes with it.
_guests: dict[str, str] = {}


def room_blueprint(key: str, import_name: str, path: str | None = None, room: str | None = None) -> Blueprint:
    """A room's blueprint under ``/n/<network>/<path>`` with gate 2 in front; ``path`` is the key unless given.

    ``room`` names the room whose pages these are, where that is another's (a sheet belongs to What's on).
    """
    if room:
        _guests[key] = room
    prefix = "/n/<network>" + (f"/{key}" if path is None else path)
    blueprint = Blueprint(key, import_name, url_prefix=prefix)
    blueprint.url_value_preprocessor(_take_network)
    blueprint.url_defaults(_give_network)
    blueprint.before_request(_enter)
    return blueprint


def room_of(blueprint: str | None) -> str:
    """The room that a blueprint's pages belong to."""
    return _guests.get(blueprint or "", blueprint or "")


def here() -> Here:
    """The network and the membership that this request stands in."""
    return cast("Here", g.here)


def _take_network(endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.network_slug = (values or {}).pop("network", None)


def _give_network(endpoint: str, values: dict[str, Any]) -> None:
    if "network" not in values and g.get("network_slug"):
        values["network"] = g.network_slug


def _enter() -> None:
    found = scope_of(g.network_slug, me().person_id, me().is_administrator)
    if found is None or not _is_open(found.network, room_of(request.blueprint)):
        raise NotHere
    g.here = found
    g.time_zone = found.network.time_zone


def scope_by_link(network_id: int, person_id: int, key: str) -> Here:
    """The network as the holder of a mail's link stands in it: what gate 2 asks of who is signed in, asked here.

    Raises NotHere for somebody who is no member any more, and for a room that was closed since.
    """
    slug = db.session.execute(select(Network.slug).where(Network.id == network_id)).scalar()
    found = scope_of(slug, person_id)
    if found is None or not _is_open(found.network, key):
        raise NotHere
    # Her own clocks if she chose some, else the network's: the page says the same hour as the mail.
    g.time_zone = g.get("time_zone") or found.network.time_zone
    return found


def _is_open(network: NetworkHere, key: str) -> bool:
    closable = {room.key for room in ROOMS if room.can_close}
    return key not in closable or key in network.rooms


def scope_of(slug: str | None, person_id: int, is_administrator: bool = False) -> Here | None:
    """The network of that address as this person stands in it, or None when she does not (one query)."""
    row = db.session.execute(_STANDING, {"slug": slug, "person_id": person_id}).first()
    if row is None:
        return None
    network = NetworkHere(*row[: len(_NETWORK)])
    role, started_at, paused_at = row[len(_NETWORK) :]
    return Here(network, Standing(person_id, network.id, role, started_at, paused_at, is_administrator))
