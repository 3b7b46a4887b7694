"""Who may do what with milestones: coordinators write them, the two and coordinators say what is done, the two alone tick."""

from portal.mentoring.models import Pairing
from portal.mentoring.policy import is_of_pair
from portal.networks.scope import Standing

__all__ = ["is_of_pair", "may_keep", "may_say"]


def may_keep(membership: Standing) -> bool:
    return membership.is_coordinator


def may_say(membership: Standing, pairing: Pairing) -> bool:
    """Say that something is done: a coordinator too, who was handed a paper."""
    return membership.is_coordinator or is_of_pair(membership.person_id, pairing)
