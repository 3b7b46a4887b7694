"""A network's public packs on its public page."""

from portal.db import db
from portal.networks.models import Network
from portal.networks.public_sections import Section, public_section
from portal.resources.models import Pack
from portal.resources.queries_public import ROOM, public_packs

MOST = 5


@public_section
def newest_packs(network: Network) -> Section | None:
    """Those shared last (one query); nothing where there is none."""
    if ROOM not in network.rooms:
        return None
    newest = public_packs(network.id).order_by(Pack.shared_at.desc(), Pack.id.desc()).limit(MOST)
    rows = db.session.execute(newest).all()
    return Section("resources/_public_newest.html", {"packs": rows, "slug": network.slug}) if rows else None
