"""A network's public toolkits on its public page."""

from portal.db import db
from portal.networks.models import Network
from portal.networks.public_sections import Section, public_section
from portal.toolkits.models import Toolkit
from portal.toolkits.queries import public_toolkits

MOST = 5


@public_section
def newest_toolkits(network: Network) -> Section | None:
    """Those changed last (one query); nothing where there is none."""
    if "resources" not in network.rooms:
        return None
    newest = public_toolkits(network.id).order_by(Toolkit.changed_at.desc(), Toolkit.id.desc()).limit(MOST)
    rows = db.session.execute(newest).all()
    return Section("toolkits/_public_newest.html", {"toolkits": rows, "slug": network.slug}) if rows else None
