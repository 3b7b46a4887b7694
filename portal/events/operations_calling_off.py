"""Calling an event off, with a sentence to those who booked, and taking that back within a day."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.db import operation
from portal.events import letters
from portal.events.models import Event
from portal.events.operations_places import fill_all
from portal.history import phrases, record
from portal.web import clock
from portal.web.errors import DomainError

phrases.declare(
    {
        "event-called-off": _l("%(actor)s called this off; %(count)s who booked were told"),
        "event-taken-back": _l("%(actor)s put this back on; %(count)s who booked were told"),
    }
)
UNDO = timedelta(days=1)


@operation
def call_off(event: Event, reason: str, by: int) -> int:
    """Call off every session that is still to come; those who booked or wait get a mail with the sentence.

    Returns how many are told. Raises DomainError for a draft, or when nothing of it is still to come.
    """
    if not event.published_at:
        raise DomainError(_("Nobody has seen this draft. Delete it instead."))
    if event.cancelled_at:
        raise DomainError(_("This was called off already."))
    ahead = [session for session in event.sessions if session.starts_at > clock.now() and not session.cancelled_at]
    if not ahead:
        raise DomainError(_("All of this has taken place. There is nothing left to call off."))
    now = clock.now()
    event.cancelled_at, event.cancel_reason = now, reason
    for session in ahead:
        session.cancelled_at, session.cancel_reason = now, reason
        session.sequence += 1
    told = letters.tell_called_off(event, ahead)
    record(by, "event-called-off", "event", event.id, event.network_id, count=told)
    return told


@operation
def take_back(event: Event, by: int) -> int:
    """Put an event back on within a day of calling it off; everybody keeps their place and is told.

    Returns how many are told. Raises DomainError later than that.
    """
    if not event.cancelled_at:
        raise DomainError(_("This is not called off."))
    if clock.now() - event.cancelled_at > UNDO:
        raise DomainError(_("This was called off more than a day ago. Copy it to a new date instead."))
    back = [session for session in event.sessions if session.cancelled_at == event.cancelled_at]
    event.cancelled_at, event.cancel_reason = None, ""
    for session in back:
        session.cancelled_at, session.cancel_reason = None, ""
        session.sequence += 1
    told = letters.tell_back_on(event, back)
    fill_all(event)
    record(by, "event-taken-back", "event", event.id, event.network_id, count=told)
    return told
