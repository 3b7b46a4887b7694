"""Making a network, closing it, opening it again, and giving it a coordinator from outside."""

import re
import unicodedata

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.networks.models import Network, Region
from portal.networks.operations_inviting import Asking, invite
from portal.networks.operations_known import person_at
from portal.networks.operations_membership import join
from portal.networks.queries_about import network_with
from portal.networks.rooms import DEFAULT_ROOMS
from portal.web import clock
from portal.web.errors import DomainError

phrases.declare(
    {
        "network.made": _l("%(actor)s opened the network %(title)s"),
        "network.closed": _l("%(actor)s closed the network %(title)s"),
        "network.reopened": _l("%(actor)s opened the network %(title)s again"),
    }
)
SLUG = re.compile(r"^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$")


def slug_of(name: str) -> str:
    """A short address made from a name: "Tarn & Tide" becomes "tarn-tide"; a name in another script, "network"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "network"


def plate_of(name: str) -> str:
    """The two letters for the square: of the first two long words, else the first two letters."""
    words = [word for word in re.findall(r"\w+", name) if len(word) > 3] or re.findall(r"\w+", name)
    letters = "".join(word[0] for word in words[:2])
    return (letters if len(letters) == 2 else name[:2]).upper()


@operation
def make_network(name: str, slug: str, parent_id: int | None, by: int) -> Network:
    """A new network on the region's clock with all rooms open. Raises DomainError when its address is taken."""
    slug = slug or slug_of(name)
    if not SLUG.match(slug):
        raise DomainError(_("An address has small letters, figures and dashes only, like tarn-and-tide."), "slug")
    if db.session.execute(select(Network.id).where(Network.slug == slug)).first():
        raise DomainError(_("Another network has this address. Choose a different one."), "slug")
    region = db.session.execute(select(Region)).scalar_one()
    network = Network(
        slug=slug,
        name=name,
        plate=plate_of(name),
        parent_id=parent_id,
        time_zone=region.time_zone,
        locale=region.locale,
        words={},
        rooms=list(DEFAULT_ROOMS),
        created_at=clock.now(),
    )
    db.session.add(network)
    db.session.flush()
    _tell(network, by, "network.made")
    return network


@operation
def close_network(network_id: int, by: int) -> Network:
    """Close a network: nobody sees it any more, nothing is deleted. Raises DomainError while others stand under it."""
    network = network_with(network_id)
    under = select(Network.name).where(Network.parent_id == network_id, Network.closed_at.is_(None)).limit(1)
    child = db.session.execute(under).scalar_one_or_none()
    if child:
        raise DomainError(_("%(network)s stands under it. Close that first.", network=child))
    if network.closed_at is None:
        network.closed_at = clock.now()
        _tell(network, by, "network.closed")
    return network


@operation
def reopen_network(network_id: int, by: int) -> Network:
    """Open a closed network again, as it was."""
    network = network_with(network_id)
    if network.closed_at is not None:
        network.closed_at = None
        _tell(network, by, "network.reopened")
    return network


@operation
def appoint_coordinator(network_id: int, name: str, address: str, by: int) -> tuple[str, bool]:
    """Give a network a coordinator. Returns her name and whether she is one now; somebody new is invited instead."""
    person = person_at(address)
    if person and person.admitted_at and not person.erased_at:
        join(network_id, person.id, "coordinator", "appointed", by)
        return person.name, True
    invite(Asking(network_id, by, "coordinator"), name, address)
    return name or address, False


def _tell(network: Network, by: int, action: str) -> None:
    history.record(by, action, "network", network.id, network_id=network.id, title=network.name)
