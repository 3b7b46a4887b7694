"""How much mail anybody gets: limits for one mailbox and for the whole portal, counted by what was handed over.

Nothing is dropped: what is over a limit waits. A clock that is set back changes nothing of that: see ``set_back``.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import func, select

from portal.db import db
from portal.mail.models import ORDINARY, OutboxMail

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Mails to one mailbox; those that guard the way in are counted apart, by the same numbers.
PER_HOUR, PER_DAY = 20, 60
# One in twenty of the portal's mails an hour is kept for sign-in codes.
KEPT_FOR_CODES = 20

Recent = dict[tuple[str, bool], list[datetime]]


def room_for_codes(per_hour: int, now: datetime) -> int:
    """How many mails may still leave in this hour."""
    counted = select(func.count()).where(OutboxMail.counted_at > now - HOUR)
    return per_hour - db.session.execute(counted).scalar_one()


def room_for_others(per_hour: int, for_codes: int) -> int:
    """The same for all mails that are no codes."""
    return for_codes - per_hour // KEPT_FOR_CODES


def recent(mails: Iterable[OutboxMail], now: datetime) -> Recent:
    """When the mailboxes of these mails got others within a day, newest first (one query)."""
    waiting = list(mails)
    rows = db.session.execute(
        select(OutboxMail.recipient, OutboxMail.rank, OutboxMail.counted_at)
        .where(
            OutboxMail.recipient.in_({mail.recipient for mail in waiting}),
            OutboxMail.counted_at > now - DAY,
            OutboxMail.id.not_in([mail.id for mail in waiting]),
        )
        .order_by(OutboxMail.counted_at.desc())
    )
    found: Recent = defaultdict(list)
    for recipient, rank, counted_at in rows:
        if counted_at is not None:
            found[(recipient, rank < ORDINARY)].append(counted_at)
    return found


def held_until(mail: OutboxMail, sent: Recent, now: datetime) -> datetime | None:
    """When there is room for one more mail to this mailbox; None: there is now."""
    moments = sent[(mail.recipient, mail.rank < ORDINARY)]
    ends = [moments[most - 1] + window for most, window in ((PER_HOUR, HOUR), (PER_DAY, DAY)) if len(moments) >= most]
    free = max(ends, default=now)
    return free if free > now else None


def note_taken(mail: OutboxMail, sent: Recent, now: datetime) -> None:
    """It leaves now: it counts for those after it."""
    sent[(mail.recipient, mail.rank < ORDINARY)].insert(0, now)
