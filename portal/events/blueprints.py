"""The two fronts of the room: inside the network, and the public pages that need no account."""

from typing import Any

from flask import Blueprint, g
from sqlalchemy import select

from portal.db import db
from portal.networks.models import Network
from portal.networks.scope import NetworkHere, room_blueprint
from portal.web.errors import NotHere

events = room_blueprint("events", __name__)
public_events = Blueprint("public_events", __name__)


def public_network(slug: str | None = None, network_id: int | None = None) -> NetworkHere:
    """The network of a public page, its room being open (one query). Raises NotHere; sets the page's clock."""
    by = Network.slug == slug if slug is not None else Network.id == network_id
    columns = [getattr(Network, name) for name in NetworkHere.__dataclass_fields__]
    row = db.session.execute(select(*columns).where(by, Network.closed_at.is_(None))).first()
    if row is None or "events" not in row.rooms:
        raise NotHere
    network = NetworkHere(*row)
    g.time_zone = network.time_zone
    return network


def about_network(network: NetworkHere) -> dict[str, Any]:
    """What every public page of a network is drawn with."""
    return {"network": network, "room_key": "events"}
