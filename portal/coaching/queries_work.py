"""What a pair works on just now, for the pair's own page: open goals with their words, open cycles with their steps."""

from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from portal.coaching.models import CoachingCycle, CycleStep
from portal.db import db
from portal.mentoring.models import PairGoal, Pairing, SealedText
from portal.mentoring.queries_texts import Fields, opened


@dataclass(frozen=True)
class Work:
    """Goals in their order, each with its words; cycles, newest first, with their steps.

    No fields: the words can't be opened. None: they were deleted.
    """

    goals: list[tuple[PairGoal, Fields | None]]
    cycles: list[tuple[CoachingCycle, list[CycleStep]]]


def work_of(pairing: Pairing, key: bytes) -> Work:
    """For one of the two: policy has said so before. One query: at most three goals beside three cycles of six steps."""
    words = and_(
        SealedText.thing == "goal",
        SealedText.thing_id == PairGoal.id,
        SealedText.author_id == pairing.mentee_id,
        SealedText.layer == "we_two",
    )
    is_open = and_(PairGoal.pairing_id == Pairing.id, PairGoal.closed_at.is_(None), PairGoal.deleted_at.is_(None))
    rows = db.session.execute(
        select(PairGoal, SealedText, CoachingCycle, CycleStep)
        .select_from(Pairing)
        .outerjoin(PairGoal, is_open)
        .outerjoin(SealedText, words)
        .outerjoin(CoachingCycle, and_(CoachingCycle.pairing_id == Pairing.id, CoachingCycle.closed_at.is_(None)))
        .outerjoin(CycleStep, CycleStep.cycle_id == CoachingCycle.id)
        .where(Pairing.id == pairing.id, or_(PairGoal.id.is_not(None), CoachingCycle.id.is_not(None)))
    ).all()
    goals = {goal: text for goal, text, _cycle, _step in rows if goal}
    steps = {(cycle, step): None for _goal, _text, cycle, step in rows if cycle and step}
    cycles = sorted({cycle for cycle, _step in steps}, key=lambda one: -one.number)
    return Work(
        [
            (goal, opened(text, key) if text else None)
            for goal, text in sorted(goals.items(), key=lambda one: (one[0].position, one[0].id))
        ],
        [(cycle, [step for of, step in steps if of is cycle]) for cycle in cycles],
    )
