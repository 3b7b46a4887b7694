"""The doors' own look-ups: a pair, a goal, a cycle of this network, for the two alone.

404 for what is not here, 403 for every other member, coordinators too.
"""

from collections.abc import Callable

from flask import current_app

from portal.coaching import policy, queries
from portal.coaching.models import CoachingCycle
from portal.mentoring.models import PairGoal, Pairing
from portal.mentoring.queries import pairing_in
from portal.networks.scope import here
from portal.web.access import me
from portal.web.errors import NotHere, NotYours

May = Callable[[int, Pairing], bool]


def the_pair(pairing_id: int, may: May = policy.is_of_pair) -> Pairing:
    pairing = pairing_in(here().network.id, pairing_id)
    if pairing is None:
        raise NotHere
    return _if_hers(pairing, may)


def the_goal(goal_id: int, may: May = policy.may_work, removed: bool = False) -> tuple[PairGoal, Pairing]:
    """``removed``: one that was removed too, for whoever was still writing in it, or brings it back."""
    found = queries.goal_in(here().network.id, goal_id)
    if found is None or (found[0].deleted_at and not removed):
        raise NotHere
    return found[0], _if_hers(found[1], may)


def goal_of_mine(goal_id: int) -> tuple[PairGoal, Pairing]:
    """A goal that this person wrote down, removed or not."""
    goal, pairing = the_goal(goal_id, policy.is_of_pair, removed=True)
    if not policy.may_remove(me().person_id, pairing, goal):
        raise NotYours
    return goal, pairing


def the_cycle(cycle_id: int, may: May = policy.is_of_pair) -> tuple[CoachingCycle, Pairing]:
    found = queries.cycle_in(here().network.id, cycle_id)
    if found is None:
        raise NotHere
    return found[0], _if_hers(found[1], may)


def _if_hers(pairing: Pairing, may: May) -> Pairing:
    if not may(me().person_id, pairing):
        raise NotYours
    return pairing


def key() -> bytes:
    found: bytes = current_app.config["SETTINGS"].key("mentoring")
    return found
