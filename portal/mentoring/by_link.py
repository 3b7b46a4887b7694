"""The pair that a link in a mail is about, for whoever is one of the two."""

from portal.db import db
from portal.mentoring import policy
from portal.mentoring.models import Pairing
from portal.networks.scope import Here, scope_by_link
from portal.web.errors import NotHere
from portal.web.links import Link


def pair_by_link(link: Link) -> tuple[Pairing, Here]:
    """The pair and the network. Raises NotHere for whoever is not of it, or left the network."""
    pairing = db.session.get(Pairing, link.thing_id)
    if pairing is None or not policy.is_of_pair(link.person_id, pairing):
        raise NotHere
    return pairing, scope_by_link(pairing.network_id, link.person_id, "mentoring")
