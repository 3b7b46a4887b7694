"""Which lines of a list were ticked is the two's alone, and goes with their notes. That a list was done stays counted."""

from sqlalchemy import delete, select

from portal.db import db, operation
from portal.mentoring.kept import are_gone
from portal.mentoring.models import Pairing
from portal.milestones.models import PairMilestone, PairMilestoneTick


@operation
def forget_ticks() -> None:
    """About once an hour, for pairs whose notes were deleted by the rule: its line in their history tells of these too."""
    ticked = (
        select(PairMilestone.pairing_id)
        .join(PairMilestoneTick, PairMilestoneTick.pair_milestone_id == PairMilestone.id)
        .scalar_subquery()
    )
    pairs = db.session.execute(select(Pairing).where(Pairing.notes_gone_at.is_not(None), Pairing.id.in_(ticked)))
    gone = [pairing.id for pairing in pairs.scalars() if are_gone(pairing)]
    if not gone:
        return
    theirs = select(PairMilestone.id).where(PairMilestone.pairing_id.in_(gone)).scalar_subquery()
    db.session.execute(
        delete(PairMilestoneTick).where(PairMilestoneTick.pair_milestone_id.in_(theirs)),
        execution_options={"synchronize_session": False},
    )
