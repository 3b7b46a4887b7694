"""Who may read and write support visits: the coordinators of the network, all of them alike. They do this work together."""

from portal.networks.scope import Standing


def may_support(membership: Standing) -> bool:
    return membership.is_coordinator
