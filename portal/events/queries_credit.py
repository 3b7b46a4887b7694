"""Questions about the credit of an event."""

from sqlalchemy import select

from portal.credit.models import CreditType
from portal.db import db
from portal.events.models_credit import EventCredit


def credits_of(event_id: int) -> list[tuple[EventCredit, CreditType]]:
    """Each kind of credit that an event carries, in the region's order (one query)."""
    rows = db.session.execute(
        select(EventCredit, CreditType)
        .join(CreditType, CreditType.id == EventCredit.credit_type_id)
        .where(EventCredit.event_id == event_id, EventCredit.removed_at.is_(None))
        .order_by(CreditType.position, EventCredit.id)
    )
    return [(block, kind) for block, kind in rows]
