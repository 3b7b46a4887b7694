"""What programmes ask for: their milestones with the lines of each. From the network on, so that no other's are seen."""

import hashlib
import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from portal.db import db
from portal.milestones.models import Milestone
from portal.programmes.models import Programme

# What a coordinator changes; the lines of the checklist besides.
CHANGED = ("name", "hint", "due", "within_days", "by_month", "by_day", "known_by", "who")


def milestones_of(programme_id: int) -> list[Milestone]:
    """All of a programme in their order, those that are asked for no more last, with their lines (two queries)."""
    rows = select(Milestone).where(Milestone.programme_id == programme_id).options(selectinload(Milestone.lines))
    ordered = rows.order_by(Milestone.retired_at.is_not(None), Milestone.position, Milestone.id)
    return list(db.session.execute(ordered).scalars())


def live_milestones(programme_ids: Collection[int]) -> dict[int, list[Milestone]]:
    """What each of these programmes asks for now, in its order (one query; lines are asked for where they are read)."""
    rows = select(Milestone).where(Milestone.programme_id.in_(programme_ids), Milestone.retired_at.is_(None))
    found: dict[int, list[Milestone]] = {}
    for one in db.session.execute(rows.order_by(Milestone.position, Milestone.id)).scalars():
        found.setdefault(one.programme_id, []).append(one)
    return found


def milestone_in(network_id: int, milestone_id: int) -> tuple[Milestone, Programme] | None:
    """One of this network with its programme and its lines (two queries)."""
    row = db.session.execute(
        select(Milestone, Programme)
        .join(Programme, Programme.id == Milestone.programme_id)
        .where(Milestone.id == milestone_id, Programme.network_id == network_id)
        .options(selectinload(Milestone.lines))
    ).one_or_none()
    return (row.Milestone, row.Programme) if row else None


def values_of(milestone: Milestone) -> dict[str, Any]:
    """What its form shows; the lines as one text."""
    found = {key: getattr(milestone, key) for key in CHANGED}
    return found | {"checklist": "\n".join(line.words for line in milestone.live_lines)}


def version_of(milestone: Milestone) -> str:
    """A mark of all that its form shows: another one means that somebody saved meanwhile."""
    return hashlib.sha256(json.dumps(values_of(milestone)).encode()).hexdigest()[:16]
