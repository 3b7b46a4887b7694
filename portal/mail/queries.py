"""Questions about the outbox."""

from sqlalchemy import func, select

from portal.db import Rows, db
from portal.mail.models import OutboxMail


def all_mails() -> Rows:
    """Every mail, without its text."""
    columns = ("id", "kind", "to_address", "to_name", "subject", "queued_at", "sent_at", "failed_at", "attempts")
    return select(*(getattr(OutboxMail, name) for name in columns))


def mail_by_id(mail_id: int) -> OutboxMail | None:
    """One mail with its text."""
    return db.session.get(OutboxMail, mail_id)


def count_by_state() -> dict[str, int]:
    """How many wait, were sent, and were given up (one query)."""
    rows = select(
        func.count().filter(OutboxMail.sent_at.is_(None), OutboxMail.failed_at.is_(None)),
        func.count(OutboxMail.sent_at),
        func.count(OutboxMail.failed_at),
    )
    waiting, sent, failed = db.session.execute(rows.select_from(OutboxMail)).one()
    return {"waiting": waiting, "sent": sent, "failed": failed}


def failed_mails(limit: int = 50) -> list[OutboxMail]:
    """Those that were given up, newest first."""
    rows = select(OutboxMail).where(OutboxMail.failed_at.is_not(None)).order_by(OutboxMail.failed_at.desc())
    return list(db.session.execute(rows.limit(limit)).scalars())
