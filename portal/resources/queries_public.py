"""A network and its packs as strangers meet them."""

from typing import Any

from sqlalchemy import select

from portal import fulltext
from portal.db import Rows, db
from portal.networks.models import Network
from portal.resources.models import Pack

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


def public_packs(network_id: int, words: str = "") -> Rows:
    """One row for each pack that anyone may read; ``words`` as in the search for members."""
    columns = (
        Pack.id,
        Pack.title,
        Pack.strapline,
        Pack.lessons,
        Pack.minutes,
        Pack.materials,
        Pack.licence,
        Pack.author,
        Pack.uses_count,
    )
    query = select(*columns).where(
        Pack.network_id == network_id,
        Pack.is_public,
        Pack.shared_at.is_not(None),
        Pack.retired_at.is_(None),
        Pack.deleted_at.is_(None),
    )
    if words:
        found = fulltext.matching("pack", words, [fulltext.network(network_id)])
        query = query.where(Pack.id.in_(select(found.subquery().c.id)))
    return query
