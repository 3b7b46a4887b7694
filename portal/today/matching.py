"""Who waits for a mentor, and who would like another: one line each among what waits for a coordinator."""

from sqlalchemy import func, literal, select

from portal.db import Rows
from portal.matching.queries_waiting import asks_waiting, rematches_waiting


def wishes_waiting(network_id: int) -> list[Rows]:
    """A line with how many, since the longest waits; none where nobody does."""
    return [_line(network_id, "mentor", asks_waiting()), _line(network_id, "rematch", rematches_waiting())]


def _line(network_id: int, kind: str, waiting: Rows) -> Rows:
    rows = waiting.subquery()
    return (
        select(literal(kind), func.min(rows.c.since), literal(0), literal(""), literal(""), func.count(), literal(0))
        .where(rows.c.network_id == network_id)
        .having(func.count() > 0)
    )
