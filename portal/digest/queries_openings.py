"""Openings for a digest: what was listed lately in some networks and can still be answered."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from portal.db import db
from portal.openings.models import Opening
from portal.openings.queries import is_open
from portal.web import clock

LATELY = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class NewOpening:
    id: int
    network_id: int
    kind: str
    title: str
    answer_by: date
    posted_by: int

    @property
    def told(self) -> str:
        return f"opening:{self.id}"


def new_openings(network_ids: Collection[int]) -> dict[int, list[NewOpening]]:
    """Network → what is open and was listed lately, what has to be answered soonest first (one query)."""
    columns = (Opening.id, Opening.network_id, Opening.kind, Opening.title, Opening.answer_by, Opening.posted_by)
    rows = db.session.execute(
        select(*columns)
        .where(Opening.network_id.in_(network_ids), is_open(clock.today()), Opening.posted_at > clock.now() - LATELY)
        .order_by(Opening.answer_by, Opening.id)
    )
    found: dict[int, list[NewOpening]] = defaultdict(list)
    for row in rows:
        found[row.network_id].append(NewOpening(*row))
    return dict(found)
