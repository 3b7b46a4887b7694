"""Questions about what was reported from schools."""

from sqlalchemy import func, select

from portal.db import Rows, db
from portal.help.models import BlockedReport


def reports() -> Rows:
    """Everything that was reported, for a listing. Administrators alone are shown it."""
    columns = ("id", "place", "what", "words", "reported_at", "settled_at")
    return select(*(getattr(BlockedReport, name) for name in columns))


def count_open() -> int:
    query = select(func.count()).select_from(BlockedReport).where(BlockedReport.settled_at.is_(None))
    return db.session.execute(query).scalar_one()
