"""Who may do what with programmes: coordinators keep their rules, every member may read them."""

from portal.networks.scope import Standing


def may_keep(membership: Standing) -> bool:
    return membership.is_coordinator
