"""Who may ask, offer, propose and answer, and who learns of a wish for somebody else."""

from portal.matching.models import MatchProposal, MentorAsk, MentorOffer, RematchWish
from portal.mentoring.models import Pairing
from portal.networks.scope import Standing


def may_take_part(membership: Standing) -> bool:
    """Ask for a mentor, or offer to be one: everybody who is not an observer."""
    return membership.may_write


def coordinates(membership: Standing) -> bool:
    """See wishes and offers, propose, and fill either in for somebody who has no account."""
    return membership.is_coordinator


def may_change(membership: Standing, row: MentorAsk | MentorOffer, has_account: bool) -> bool:
    """Whose it is; for somebody without an account a coordinator, who filled it in for her."""
    if row.person_id == membership.person_id:
        return membership.may_write
    return membership.is_coordinator and not has_account


def may_answer(person_id: int, proposal: MatchProposal) -> bool:
    return person_id in (proposal.mentor_id, proposal.mentee_id)


def may_see_proposal(membership: Standing, proposal: MatchProposal) -> bool:
    return membership.is_coordinator or may_answer(membership.person_id, proposal)


def may_wish(person_id: int, pairing: Pairing) -> bool:
    return person_id in (pairing.mentor_id, pairing.mentee_id)


def may_decide_wish(membership: Standing, pairing: Pairing) -> bool:
    """A coordinator who is of this pair herself decides nothing here, and learns nothing of it."""
    return membership.is_coordinator and not may_wish(membership.person_id, pairing)


def may_see_wish(membership: Standing, wish: RematchWish, pairing: Pairing) -> bool:
    """Its writer and the coordinators. Never the other one of the two, whatever she is besides."""
    return wish.asked_by == membership.person_id or (wish.withdrawn_at is None and may_decide_wish(membership, pairing))
