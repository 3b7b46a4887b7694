"""Who reads which figures. Members see every figure and its rule; the rows name people, so they are for coordinators."""

from collections.abc import Mapping

from portal.activities.counting import Gap, Rule
from portal.networks.scope import Standing


def may_open_rows(membership: Standing) -> bool:
    return membership.is_coordinator


def is_kept_back(counted: Rule | Gap, values: Mapping[str, int], membership: Standing, is_offered: bool) -> bool:
    """Whether a figure could point to a person, for a reader who is not the coordinator.

    It is too low; or so few are behind it that it is theirs alone. What can be theirs alone is told for the periods that
    are offered and for no two days that a reader chooses: one period less another would be a single day.
    """
    if membership.is_coordinator:
        return False
    value = values.get(counted.key, 0)
    if isinstance(counted, Rule) and is_hidden(value, counted.small, membership):
        return True
    if counted.few_of is None or value == 0:
        return False
    of_what, few = counted.few_of
    return not is_offered or values.get(of_what, 0) < few


def is_hidden(value: int, small: int, membership: Standing) -> bool:
    """Whether a figure is so low that it could point to a person, for a reader who is not the coordinator."""
    return 0 < value < small and not membership.is_coordinator
