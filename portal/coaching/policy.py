"""Who may do what with needs, goals and cycles: the two of the pair, and nobody else. A coordinator sees how many there are."""

from portal.coaching.models import CoachingCycle
from portal.mentoring.models import PairGoal, Pairing
from portal.mentoring.policy import is_of_pair, other_of

__all__ = [
    "is_of_pair",
    "may_close",
    "may_mark_needs",
    "may_remove",
    "may_save_step",
    "may_work",
    "may_write_step",
    "other_of",
]


def may_work(person_id: int, pairing: Pairing) -> bool:
    """Write goals and cycles: either of the two, as long as they are a pair."""
    return is_of_pair(person_id, pairing) and pairing.ended_on is None


def may_mark_needs(person_id: int, pairing: Pairing) -> bool:
    """Her own needs: the mentee's alone."""
    return person_id == pairing.mentee_id and pairing.ended_on is None


def may_close(person_id: int, pairing: Pairing) -> bool:
    """Close what is open. After the pair has ended the mentee still can: it is her work."""
    return may_work(person_id, pairing) or person_id == pairing.mentee_id


def may_remove(person_id: int, pairing: Pairing, goal: PairGoal) -> bool:
    """A goal as a whole: whoever wrote it down. The other one can close it."""
    return goal.made_by == person_id and may_close(person_id, pairing)


def may_write_step(person_id: int, pairing: Pairing, cycle: CoachingCycle, step: str) -> bool:
    """Whether its screen is offered: a closed cycle has none."""
    return cycle.closed_at is None and may_save_step(person_id, pairing, step)


def may_save_step(person_id: int, pairing: Pairing, step: str) -> bool:
    """Her right alone. That the other one closed the cycle while she wrote takes nothing that she typed (``save_step``)."""
    return may_close(person_id, pairing) if step == "check" else may_work(person_id, pairing)
