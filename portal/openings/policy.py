"""Who may do what with openings: members read and say so, coordinators list and answer. Observers read along."""

from portal.networks.scope import Standing


def may_list(membership: Standing) -> bool:
    """List, change, close, and read who would like it."""
    return membership.is_coordinator


def may_say(membership: Standing) -> bool:
    return membership.may_write
