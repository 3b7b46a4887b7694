"""A network as strangers meet it on the public page of a pack."""

from typing import Any

from sqlalchemy import select

from portal.db import db
from portal.networks.models import Network

ROOM = "resources"


def public_network(slug: str) -> Any | None:
    """The open network of that address, when its resources are open too."""
    columns = (
        Network.id,
        Network.slug,
        Network.name,
        Network.short_name,
        Network.plate,
        Network.time_zone,
        Network.rooms,
    )
    row = db.session.execute(select(*columns).where(Network.slug == slug, Network.closed_at.is_(None))).first()
    return row if row is not None and ROOM in row.rooms else None
