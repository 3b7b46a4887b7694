"""Questions about the outbox."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from portal.db import Rows, db
from portal.mail.caps import HOUR, KEPT_FOR_CODES
from portal.mail.models import ADDRESS, CODE, MailStop, MailSwitch, OutboxMail
from portal.web import clock


def waits() -> ColumnElement[bool]:
    """A mail that is neither sent nor given up."""
    return and_(OutboxMail.sent_at.is_(None), OutboxMail.failed_at.is_(None))


def did_not_leave() -> ColumnElement[bool]:
    """A mail that was refused, given up, or must not go."""
    return and_(OutboxMail.sent_at.is_(None), OutboxMail.failed_at.is_not(None))


def all_mails() -> Rows:
    """Every mail, without its text."""
    columns = ("id", "kind", "to_address", "to_name", "subject", "queued_at", "sent_at", "failed_at", "attempts")
    return select(*(getattr(OutboxMail, name) for name in columns))


def mail_by_id(mail_id: int) -> OutboxMail | None:
    """One mail with its text."""
    return db.session.get(OutboxMail, mail_id)


@dataclass(frozen=True)
class Standing:
    """How the mail stands: is it stopped, what keeps us from the server, how many wait because of a limit."""

    paused_at: datetime | None
    trouble: str
    trouble_since: datetime | None
    trouble_said: str
    held: int

    @property
    def is_well(self) -> bool:
        return not (self.paused_at or self.trouble or self.held)


def standing(per_hour: int) -> Standing:
    """How the mail stands just now (two queries). ``per_hour`` is the portal's own limit."""
    now = clock.now()
    late = and_(waits(), OutboxMail.held_at.is_(None), OutboxMail.send_after <= now, OutboxMail.rank > CODE)
    counts = [
        select(func.count()).select_from(OutboxMail).where(which).scalar_subquery()
        for which in (and_(waits(), OutboxMail.held_at.is_not(None)), late, OutboxMail.counted_at > now - HOUR)
    ]
    held, due, sent = db.session.execute(select(*counts)).one()
    is_full = sent >= per_hour - per_hour // KEPT_FOR_CODES
    switch = db.session.execute(select(MailSwitch).where(MailSwitch.id == 1)).scalar_one_or_none() or MailSwitch()
    return Standing(
        switch.paused_at, switch.trouble or "", switch.trouble_since, switch.trouble_said or "",
        held + (due if is_full else 0),
    )  # fmt: skip


@dataclass(frozen=True)
class MailCounts:
    """Mails by what became of them; ``back`` counts addresses."""

    waiting: int
    failed: int
    sent: int
    back: int


def mail_counts() -> MailCounts:
    """How many wait, did not leave, were sent, and to how many addresses mail comes back (one query)."""
    back = select(func.count()).select_from(ADDRESS).where(ADDRESS.c.bounced_at.is_not(None)).scalar_subquery()
    counted = select(
        func.count().filter(waits()), func.count().filter(did_not_leave()), func.count(OutboxMail.sent_at), back
    ).select_from(OutboxMail)
    return MailCounts(*db.session.execute(counted).one())


def stops(person_id: ColumnElement[int] | int, kind: str, network_id: int | None) -> ColumnElement[bool]:
    """Whether a person stopped this kind of mail, as a condition of any query about persons."""
    where = or_(MailStop.network_id.is_(None), MailStop.network_id == network_id)
    return exists().where(MailStop.person_id == person_id, MailStop.kind == kind, where)


def has_stopped(person_id: int, kind: str, network_id: int | None) -> bool:
    """Whether she wants no mail of this kind from this network."""
    return bool(db.session.execute(select(stops(person_id, kind, network_id))).scalar())
