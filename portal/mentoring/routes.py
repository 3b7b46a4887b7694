"""Where the doors of mentoring hang, and the pair that most of them are about."""

from flask_babel import lazy_gettext as _l

from portal.mentoring import policy, queries
from portal.mentoring.models import Pairing
from portal.networks.scope import here, room_blueprint
from portal.networks.tabs import Tab, declare_tab
from portal.people.own_means import only_by_her_own_means
from portal.web.errors import NotHere, NotYours

__all__ = ["mentoring", "the_pair"]

mentoring = room_blueprint("mentoring", __name__)
# A coordinator who makes a slip for a mentor could come in with it herself: the notes are closed to her all the same.
mentoring.before_request(only_by_her_own_means)
declare_tab("mentoring", Tab("pairs", _l("Pairs"), "mentoring.index", 10))


def the_pair(pairing_id: int) -> Pairing:
    """A pair of this network that this person may know of; 404 for one that is not, 403 for other members."""
    pairing = queries.pairing_in(here().network.id, pairing_id)
    if pairing is None:
        raise NotHere
    if not policy.may_see_pair(here().membership, pairing):
        raise NotYours
    return pairing
