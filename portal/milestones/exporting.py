"""Milestones in a person's own export: those of her pairs, with the lines that the two ticked."""

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from portal.db import db
from portal.mentoring.models import Pairing
from portal.milestones.models import ONCE, Milestone, MilestoneLine, PairMilestone, PairMilestoneTick
from portal.people.exporting import declare_export


def milestones_for_export(person_id: int) -> list[dict[str, Any]]:
    rows = db.session.execute(
        select(PairMilestone, Milestone.name)
        .join(Milestone, Milestone.id == PairMilestone.milestone_id)
        .join(Pairing, Pairing.id == PairMilestone.pairing_id)
        .where(or_(Pairing.mentor_id == person_id, Pairing.mentee_id == person_id))
        .options(selectinload(PairMilestone.ticks))
        .order_by(PairMilestone.id)
    ).all()
    ticked = {tick.line_id for row in rows for tick in row.PairMilestone.ticks}
    lines = select(MilestoneLine.id, MilestoneLine.words).where(MilestoneLine.id.in_(ticked))
    words = {row.id: row.words for row in db.session.execute(lines)}
    return [
        {
            "milestone": row.name,
            "period": None if row.PairMilestone.period == ONCE else row.PairMilestone.period,
            "done": row.PairMilestone.done_on,
            "ticked": [words[tick.line_id] for tick in row.PairMilestone.ticks],
        }
        for row in rows
    ]


declare_export("milestones", milestones_for_export, [PairMilestoneTick.__tablename__])
