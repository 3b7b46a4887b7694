"""What of this room may hold a private text of a pair, by name and number."""

from collections.abc import Collection

from sqlalchemy import select

from portal.coaching.models import CoachingCycle, CycleStep
from portal.db import db
from portal.mentoring.models import PairGoal
from portal.mentoring.things import OF_A_GOAL, Thing, declare_things

# What is typed into each form of this room and is not saved yet: by name, beside what the drafts hang on.
_WORDS, GOAL, CLOSING = OF_A_GOAL
NEEDS, NEW_GOAL, STEP = "needs_draft", "goal_new", "step_draft"


@declare_things
def things_of_coaching(pairing_ids: Collection[int]) -> list[Thing]:
    """The needs list, the goals and the steps of all cycles of these pairs, with drafts of each (two queries)."""
    goals = db.session.execute(select(PairGoal.id).where(PairGoal.pairing_id.in_(pairing_ids))).scalars()
    steps = db.session.execute(
        select(CycleStep.id)
        .join(CoachingCycle, CoachingCycle.id == CycleStep.cycle_id)
        .where(CoachingCycle.pairing_id.in_(pairing_ids))
    ).scalars()
    return [
        *((name, pairing_id) for pairing_id in pairing_ids for name in ("needs", NEEDS, NEW_GOAL)),
        *((name, goal_id) for goal_id in goals for name in OF_A_GOAL),
        *((name, step_id) for step_id in steps for name in ("cycle_step", STEP)),
    ]
