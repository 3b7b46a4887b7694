"""What of this room may hold a private text of a pair, by name and number."""

from collections.abc import Collection

from sqlalchemy import select

from portal.coaching.models import CoachingCycle, CycleStep
from portal.db import db
from portal.mentoring.models import PairGoal
from portal.mentoring.things import Thing, declare_things


@declare_things
def things_of_coaching(pairing_ids: Collection[int]) -> list[Thing]:
    """The needs list, the goals and the steps of all cycles of these pairs (two queries)."""
    goals = db.session.execute(select(PairGoal.id).where(PairGoal.pairing_id.in_(pairing_ids))).scalars()
    steps = db.session.execute(
        select(CycleStep.id)
        .join(CoachingCycle, CoachingCycle.id == CycleStep.cycle_id)
        .where(CoachingCycle.pairing_id.in_(pairing_ids))
    ).scalars()
    return [
        *(("needs", pairing_id) for pairing_id in pairing_ids),
        *(("goal", goal_id) for goal_id in goals),
        *(("cycle_step", step_id) for step_id in steps),
    ]
