"""The clock was set back. What was noted with the later time would wait, or count, until that time comes again.

Nobody gets more than the limit for it: what seems to have been sent later than now counts as sent just now. And no
mail waits for a year that a wrong clock made; only one that somebody wanted to go out at a certain hour keeps its hour.
"""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, and_, bindparam, select, update

from portal.db import UTCDateTime, db
from portal.mail.models import OutboxMail

# Between queueing a mail and its hour: more than this was somebody's choice.
AT_ONCE = timedelta(minutes=1)
_now = bindparam("now", type_=UTCDateTime())
_waits = and_(OutboxMail.sent_at.is_(None), OutboxMail.failed_at.is_(None))
# Asked each time that mails are taken: made once, and answered from an index where the clock is right.
_COUNT_ANEW = update(OutboxMail).where(OutboxMail.counted_at > _now).values(counted_at=_now)
_TRY_ANEW = update(OutboxMail).where(_waits, OutboxMail.counted_at > _now).values(send_after=_now)
_HOLD_ANEW = update(OutboxMail).where(_waits, OutboxMail.held_at > _now).values(held_at=_now, send_after=_now)
_untouched = and_(_waits, OutboxMail.held_at.is_(None), OutboxMail.attempts == 0)
_QUEUED_LATER = (
    select(OutboxMail).where(_untouched, OutboxMail.queued_at > _now, OutboxMail.send_after > _now).limit(500)
)
AS_THEY_STAND = {"synchronize_session": False}


def set_right(now: datetime) -> None:
    """Put right what a clock of yesterday wrote; belongs inside an operation, before its rows are loaded."""
    _update(_TRY_ANEW, now)
    if _update(_COUNT_ANEW, now):
        _update(_HOLD_ANEW, now)
    for mail in db.session.execute(_QUEUED_LATER, {"now": now}).scalars():
        if abs(mail.send_after - mail.queued_at) < AT_ONCE:
            mail.send_after = now


def _update(statement: Any, now: datetime) -> int:
    done = db.session.execute(statement, {"now": now}, execution_options=AS_THEY_STAND)
    return cast("CursorResult[Any]", done).rowcount
