"""Questions about what was reported from schools."""

from sqlalchemy import select

from portal.db import Rows
from portal.help.models import BlockedReport


def reports() -> Rows:
    """Everything that was reported, for a listing. Administrators alone are shown it."""
    columns = ("id", "place", "what", "words", "reported_at", "settled_at")
    return select(*(getattr(BlockedReport, name) for name in columns))
