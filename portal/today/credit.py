"""Hours that nobody has approved yet, of events that begin soon: after the start no letter helps any more."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select

from portal.credit.models import CreditType
from portal.db import db
from portal.events.models import Event, Session
from portal.events.models_credit import EventCredit
from portal.web import clock

SOON = timedelta(days=28)


def open_approvals(network_id: int, limit: int) -> Iterator[tuple[datetime, int, str, str, int]]:
    """(since, event, its title, kind of credit, days until it begins), the soonest first (one query).

    It waits since the event was made. A block that was declined or whose kind needs no approval does not wait.
    """
    now = clock.now()
    first = func.min(Session.starts_at).label("first")
    rows = db.session.execute(
        select(Event.created_at, Event.id, Event.title, CreditType.name, first)
        .join(EventCredit, EventCredit.event_id == Event.id)
        .join(CreditType, CreditType.id == EventCredit.credit_type_id)
        .join(Session, Session.event_id == Event.id)
        .where(
            Event.network_id == network_id,
            Event.deleted_at.is_(None),
            Event.cancelled_at.is_(None),
            EventCredit.removed_at.is_(None),
            EventCredit.approved_on.is_(None),
            EventCredit.declined_on.is_(None),
            CreditType.needs_approval,
            Session.cancelled_at.is_(None),
        )
        .group_by(EventCredit.id, Event.created_at, Event.id, Event.title, CreditType.name)
        .having(first > now, first <= now + SOON)
        .order_by(first)
        .limit(limit)
    )
    return ((since, id, title, kind, (starts_at - now).days) for since, id, title, kind, starts_at in rows)
