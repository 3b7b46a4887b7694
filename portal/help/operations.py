"""Reporting that a school stops the portal, and noting that it was seen to."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from portal import history
from portal.db import db, operation
from portal.help.models import BlockedReport
from portal.history import phrases
from portal.web import clock, limits
from portal.web.errors import DomainError, NotHere
from portal.web.housekeeping import each_hour

PER_CLIENT, SITE_WIDE, HOUR = 5, 200, 60
KEPT = timedelta(days=365)

phrases.declare(
    {
        "blocked.reported": _l("Somebody reported that a school stops the portal"),
        "blocked.settled": _l("%(actor)s saw to what was reported from a school"),
        "blocked.opened_again": _l("%(actor)s put what was reported from a school back on the list"),
    }
)


@operation
def report_blocked(place: str, what: str, words: str, client: str) -> BlockedReport:
    """Keep a report. Raises DomainError when very many come from one client, or at all: nobody has to sign in for it."""
    if limits.too_many("blocked", client, PER_CLIENT, HOUR) or limits.too_many("blocked-all", "", SITE_WIDE, HOUR):
        raise DomainError(_("Many reports came in a short time. Ring your coordinator instead, or try in an hour."))
    report = BlockedReport(place=place, what=what, words=words, reported_at=clock.now())
    db.session.add(report)
    db.session.flush()
    history.record(None, "blocked.reported", "blocked_report", report.id)
    return report


@operation
def settle(report_id: int, by: int, is_settled: bool) -> None:
    """Somebody has seen to it, or it comes back on the list."""
    report = db.session.get(BlockedReport, report_id)
    if report is None:
        raise NotHere
    report.settled_at = clock.now() if is_settled else None
    report.settled_by = by if is_settled else None
    history.record(by, "blocked.settled" if is_settled else "blocked.opened_again", "blocked_report", report_id)


@operation
def forget_reports() -> None:
    """A report is of use for a year."""
    db.session.execute(delete(BlockedReport).where(BlockedReport.reported_at < clock.now() - KEPT))


each_hour(forget_reports)
