"""What was promised to schools and should be done by now: it waits for all coordinators alike, as they do this work together."""

from datetime import date

from sqlalchemy import String, cast, literal, select

from portal.db import Rows
from portal.organisations.models import Organisation
from portal.support.models import SupportVisit
from portal.support.queries import is_overdue


def promises_late(network_id: int, today: date, limit: int) -> Rows:
    """One row each, the longest overdue first: the visit, the school, and its day before what was promised."""
    promised = cast(SupportVisit.next_on, String) + " " + SupportVisit.next_step
    return (
        select(
            literal("promise"),
            SupportVisit.starts_at,
            SupportVisit.id,
            Organisation.name,
            promised,
            literal(0),
            literal(0),
        )
        .join(Organisation, Organisation.id == SupportVisit.organisation_id)
        .where(SupportVisit.network_id == network_id, is_overdue(today))
        .order_by(SupportVisit.next_on, SupportVisit.id)
        .limit(limit)
    )
