"""Who writes to members: the coordinators of a network, and nobody else. They read each other's letters."""

from portal.networks.scope import Standing


def can_write(membership: Standing) -> bool:
    return membership.is_coordinator
