"""Taking a mail from the outbox, and noting what became of it."""

from datetime import timedelta

from sqlalchemy import or_, select

from portal.db import db, operation
from portal.mail.models import OutboxMail
from portal.web import clock

# Longer than any server may keep us waiting: while a lease runs, no other worker touches the mail.
LEASE = timedelta(minutes=10)
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12))


@operation
def take_mail() -> OutboxMail | None:
    """Lease the mail that waits longest, or None. Two workers never hold the same one."""
    now = clock.now()
    waiting = select(OutboxMail).where(
        OutboxMail.sent_at.is_(None),
        OutboxMail.failed_at.is_(None),
        OutboxMail.send_after <= now,
        or_(OutboxMail.leased_until.is_(None), OutboxMail.leased_until < now),
    )
    oldest = waiting.order_by(OutboxMail.send_after, OutboxMail.id).limit(1).with_for_update(skip_locked=True)
    mail = db.session.execute(oldest).scalar_one_or_none()
    if mail is not None:
        mail.leased_until = now + LEASE
        mail.attempts += 1
    return mail


@operation
def note_sent(mail_id: int) -> None:
    """It has left."""
    mail = db.session.get_one(OutboxMail, mail_id)
    mail.sent_at, mail.leased_until, mail.last_error = clock.now(), None, None


@operation
def note_failure(mail_id: int, reason: str, is_final: bool = False) -> None:
    """It has not left: try again after a while that grows, or give up after the last try."""
    mail = db.session.get_one(OutboxMail, mail_id)
    # Addresses stay out of what is shown to whoever looks after the portal.
    mail.last_error = reason.replace(mail.to_address, "…")[:500]
    mail.leased_until = None
    if is_final or mail.attempts > len(PAUSES):
        mail.failed_at = clock.now()
    else:
        mail.send_after = clock.now() + PAUSES[mail.attempts - 1]


@operation
def try_again(mail_id: int) -> None:
    """Put a mail that was given up back into the queue."""
    mail = db.session.get_one(OutboxMail, mail_id)
    if mail.failed_at is not None:
        mail.failed_at, mail.attempts, mail.send_after = None, 0, clock.now()
