"""The lists of the Mail page: what waits, what left, what did not, and the addresses to which mail comes back."""

from typing import Any

from sqlalchemy import select

from portal.db import Rows
from portal.mail.models import OutboxMail
from portal.mail.queries import did_not_leave, waits
from portal.people.models import EmailAddress, Person

# Each part of the page: its key in the address. "back" lists addresses, the others mails.
PARTS = ("failed", "waiting", "sent", "back")


def mails_in(part: str) -> Rows:
    """Mails of one part, for a listing; never their subject or text."""
    which: dict[str, Any] = {"failed": did_not_leave(), "waiting": waits(), "sent": OutboxMail.sent_at.is_not(None)}
    return select(
        OutboxMail.id,
        OutboxMail.kind,
        OutboxMail.to_address,
        OutboxMail.queued_at,
        OutboxMail.send_after,
        OutboxMail.sent_at,
        OutboxMail.failed_at,
        OutboxMail.came_back_at,
        OutboxMail.held_at,
        OutboxMail.attempts,
        OutboxMail.outcome,
        OutboxMail.last_error,
    ).where(which[part])


def addresses_that_come_back() -> Rows:
    """Addresses that nothing but codes is sent to, with whose they are."""
    return (
        select(
            EmailAddress.id,
            EmailAddress.address,
            EmailAddress.bounced_at,
            EmailAddress.bounce_reason,
            Person.id.label("person_id"),
            Person.name,
        )
        .join(Person, Person.id == EmailAddress.person_id)
        .where(EmailAddress.bounced_at.is_not(None), Person.erased_at.is_(None))
    )
