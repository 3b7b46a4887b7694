"""Members to whom mail comes back: their coordinators hear of it on Today, and find the door to the member."""

from datetime import datetime

from sqlalchemy import func, select

from portal.db import db
from portal.mail.reasons import reason_words
from portal.networks.models import Membership
from portal.people.models import EmailAddress, Person


def came_back(network_id: int, limit: int) -> list[tuple[datetime, int, str, str]]:
    """Since when, whose id, her name, and why in words, the longest first (one query).

    An address that she has besides, and that works, does not make it better: mail goes to the first one.
    """
    rows = db.session.execute(
        select(func.min(EmailAddress.bounced_at), Person.id, Person.name, func.min(EmailAddress.bounce_reason))
        .join(Person, Person.id == EmailAddress.person_id)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.network_id == network_id,
            Membership.ended_at.is_(None),
            Person.erased_at.is_(None),
            EmailAddress.is_primary,
            EmailAddress.bounced_at.is_not(None),
        )
        .group_by(Person.id, Person.name)
        .order_by(func.min(EmailAddress.bounced_at))
        .limit(limit)
    )
    return [(at, id, name, str(reason_words(reason))) for at, id, name, reason in rows if at]
