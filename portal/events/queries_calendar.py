"""When events last changed, for the calendars that follow them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from portal.db import db
from portal.history.models import HistoryLine


def last_changes(event_ids: Sequence[int]) -> dict[int, datetime]:
    """The moment of the newest line in each event's history (one query): every change to it leaves one."""
    if not event_ids:
        return {}
    lines = (
        select(HistoryLine.subject_id, func.max(HistoryLine.at))
        .where(HistoryLine.subject_kind == "event", HistoryLine.subject_id.in_(sorted(set(event_ids))))
        .group_by(HistoryLine.subject_id)
    )
    return {row[0]: row[1] for row in db.session.execute(lines)}
