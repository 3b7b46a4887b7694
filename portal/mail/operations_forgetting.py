"""What is out of date goes: codes, sessions, sheets that were being imported, sent mails' texts."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Integer, and_, delete, or_, select, update
from sqlalchemy.sql.expression import column, table

from portal.db import UTCDateTime, db, operation
from portal.mail.kinds import kinds_that_are_keys
from portal.mail.models import OutboxMail
from portal.web import clock
from portal.web.forms_once import forget_handled_forms
from portal.web.housekeeping import each_hour
from portal.web.limits import forget_old_tries

CODES, SESSIONS, SHEETS, TEXTS = timedelta(days=1), timedelta(days=14), timedelta(days=1), timedelta(days=30)
MOMENT = UTCDateTime()
# Signing in stands a storey above: here codes and sessions are only rows with an end.
_code = table("sign_in_code", column("expires_at", MOMENT))
_session = table("sign_in_session", column("id", Integer), column("expires_at", MOMENT), column("ended_at", MOMENT))


@operation
def forget_codes() -> None:
    """Sign-in codes a day after they stopped working."""
    db.session.execute(delete(_code).where(_code.c.expires_at < clock.now() - CODES))


@operation
def forget_sessions() -> None:
    """Sessions a fortnight after their end: until then people can see them in their list."""
    over = clock.now() - SESSIONS
    db.session.execute(delete(_session).where(or_(_session.c.expires_at < over, _session.c.ended_at < over)))


@operation
def forget_tries() -> None:
    """Counts of tries of more than a day ago."""
    forget_old_tries()


@operation
def forget_texts() -> None:
    """The texts of mails a month after they were sent: what was sent when stays, what it said does not.

    A mail whose link is a key loses its text at once: a copy of the database opens nothing with it.
    """
    is_key = and_(OutboxMail.sent_at.is_not(None), OutboxMail.kind.in_(kinds_that_are_keys()))
    gone = or_(OutboxMail.sent_at < clock.now() - TEXTS, is_key)
    ids = list(db.session.execute(select(OutboxMail.id).where(gone, OutboxMail.text != "").limit(1000)).scalars())
    db.session.execute(update(OutboxMail).where(OutboxMail.id.in_(ids)).values(text="", html=None))


def forget_sheets(instance: Path) -> None:
    """Sheets that somebody began to import and left, after a day."""
    folder = instance / "imports"
    oldest = (clock.now() - SHEETS).timestamp()
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.stat().st_mtime < oldest:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def next_time(now: datetime) -> datetime:
    """When the duties are due again."""
    return now + timedelta(hours=1)


for duty in (forget_handled_forms, forget_tries, forget_codes, forget_sessions, forget_texts):
    each_hour(duty)
