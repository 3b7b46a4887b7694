"""An offer to mentor: made, changed, paused while she has enough, taken back and made again."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.matching.models import MentorOffer
from portal.matching.queries import is_a_member, offer_of
from portal.matching.said import OfferSaid, write_into
from portal.web import clock
from portal.web.errors import Conflict, DomainError

phrases.declare(
    {
        "offer.made": _l("%(actor)s offered to mentor"),
        "offer.made_for": _l("%(actor)s wrote down that %(person)s would mentor"),
        "offer.changed": _l("%(actor)s changed the offer to mentor"),
        "offer.paused": _l("%(actor)s set the offer to mentor aside for now"),
        "offer.resumed": _l("%(actor)s offers to mentor again"),
        "offer.taken_back": _l("%(actor)s took the offer to mentor back"),
        "offer.restored": _l("%(actor)s offers to mentor after all"),
    }
)


@operation
def offer_to_mentor(network_id: int, person_id: int, by: int, said: OfferSaid) -> MentorOffer:
    """Somebody would mentor; ``by`` is a coordinator where she has no account.

    One offer a person and network: an earlier one that was taken back is written anew. Raises DomainError where one
    stands, and for somebody who is not in this network.
    """
    if not is_a_member(network_id, person_id):
        raise DomainError(_("She is not a member of this network."), "person_id")
    offer = offer_of(network_id, person_id)
    if offer and offer.ended_at is None:
        raise DomainError(_("This offer stands already. Change that one."), "person_id")
    if offer is None:
        offer = MentorOffer(network_id=network_id, person_id=person_id)
        db.session.add(offer)
    offer.offered_at, offer.paused_at, offer.ended_at = clock.now(), None, None
    write_into(offer, said)
    db.session.flush()
    action = "offer.made" if by == person_id else "offer.made_for"
    history.record(by, action, "mentor_offer", offer.id, network_id, person_id=person_id)
    return offer


@operation
def change_offer(offer: MentorOffer, by: int, said: OfferSaid, version: int) -> None:
    """Raises Conflict where somebody changed it meanwhile."""
    if offer.row_version != version:
        raise Conflict({"says": offer.says})
    write_into(offer, said)
    history.record(by, "offer.changed", "mentor_offer", offer.id, offer.network_id)


@operation
def pause_offer(offer: MentorOffer, by: int) -> None:
    """Full for now, by her own word: she is suggested to nobody. Her pairs go on."""
    if offer.paused_at is None and offer.ended_at is None:
        offer.paused_at = clock.now()
        history.record(by, "offer.paused", "mentor_offer", offer.id, offer.network_id)


@operation
def resume_offer(offer: MentorOffer, by: int) -> None:
    if offer.paused_at is not None:
        offer.paused_at = None
        history.record(by, "offer.resumed", "mentor_offer", offer.id, offer.network_id)


@operation
def take_offer_back(offer: MentorOffer, by: int) -> None:
    """Her pairs go on; what she is being asked she can still answer. Twice is once."""
    if offer.ended_at is None:
        offer.ended_at = clock.now()
        history.record(by, "offer.taken_back", "mentor_offer", offer.id, offer.network_id)


@operation
def restore_offer(offer: MentorOffer, by: int) -> None:
    if offer.ended_at is not None:
        offer.ended_at = None
        history.record(by, "offer.restored", "mentor_offer", offer.id, offer.network_id)
