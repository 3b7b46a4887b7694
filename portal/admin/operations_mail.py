"""The administrator's acts on mail: stop it, let it go again, try once more what did not leave."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, select, update

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.mail.models import OutboxMail
from portal.mail.operations_switch import set_paused
from portal.mail.queries import did_not_leave
from portal.web import clock

phrases.declare(
    {
        "mail.retried": _l("%(actor)s had mails sent once more: %(count)s"),
        "mail.paused": _l("%(actor)s stopped all mail but sign-in codes"),
        "mail.resumed": _l("%(actor)s let mail go out again"),
    }
)


@operation
def pause_mail(by: int | None) -> bool:
    """Stop all mail but codes; what is written meanwhile waits. False where it was stopped already."""
    return _switch(True, by)


@operation
def resume_mail(by: int | None) -> bool:
    """Let mail go out again. False where it did."""
    return _switch(False, by)


def _switch(paused: bool, by: int | None) -> bool:
    changed = set_paused(paused, by)
    if changed:
        history.record(by, "mail.paused" if paused else "mail.resumed", "mail", 0)
    return changed


@operation
def send_failed_again(mail_id: int | None, by: int) -> int:
    """Put one mail that did not leave, or all of them, back into the queue. Returns how many."""
    # What its reader stopped would only be put away once more.
    failed: list[ColumnElement[bool]] = [did_not_leave(), OutboxMail.outcome != "stopped"]
    if mail_id is not None:
        failed.append(OutboxMail.id == mail_id)
    ids = list(db.session.execute(select(OutboxMail.id).where(*failed)).scalars())
    fresh: dict[str, Any] = {"failed_at": None, "attempts": 0, "leased_until": None, "outcome": ""}
    db.session.execute(update(OutboxMail).where(*failed).values(**fresh, send_after=clock.now()))
    if ids:
        history.record(by, "mail.retried", "mail", mail_id or 0, count=len(ids))
    return len(ids)
