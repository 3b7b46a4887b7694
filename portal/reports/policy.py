"""Who reads which figures. Members see every figure and its rule; the rows name people, so they are for coordinators."""

from portal.networks.scope import Standing


def may_open_rows(membership: Standing) -> bool:
    return membership.is_coordinator


def is_hidden(value: int, small: int, membership: Standing) -> bool:
    """Whether a figure is so low that it could point to a person, for a reader who is not the coordinator."""
    return 0 < value < small and not membership.is_coordinator
