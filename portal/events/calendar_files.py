"""Sessions as entries of a calendar: each has one name for ever, the same in a mail, a file and every feed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from flask import Response, current_app
from flask_babel import gettext as _

from portal.events import words
from portal.events.models import Event, Session
from portal.events.queries_calendar import last_changes
from portal.events.queries_event import EventPage, SessionPage
from portal.web import calendars, clock


class Dated(Protocol):
    """What an entry needs of a session. Its ``joining_link`` is empty for whoever may not have it."""

    @property
    def id(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def minutes(self) -> int: ...
    @property
    def mode(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def joining_link(self) -> str: ...
    @property
    def sequence(self) -> int: ...
    @property
    def cancelled_at(self) -> datetime | None: ...


class Worded(Protocol):
    """What an entry needs of its event."""

    @property
    def strapline(self) -> str: ...
    @property
    def getting_there(self) -> str: ...


def calendar_file(
    event: EventPage, sessions: Sequence[SessionPage], network: str, time_zone: str, url: str
) -> Response:
    """The download. A joining link stands in it only where the sessions carry one (see ``sessions_of``)."""
    changed_at = _when_changed(event.id)
    entries = [entry_of(one, event, url, time_zone, changed_at) for one in sessions]
    content = calendars.ics_calendar(entries, name=network, time_zone=time_zone)
    return calendars.as_download(content, f"event-{event.id}.ics")


def session_file(event: EventPage, session: SessionPage, network: str, time_zone: str, url: str) -> Response:
    """One session of it alone, under the same name as in the file of all."""
    entry = entry_of(session, event, url, time_zone, _when_changed(event.id))
    content = calendars.ics_calendar([entry], name=network, time_zone=time_zone)
    return calendars.as_download(content, f"event-{event.id}-{session.id}.ics")


def calendar_for_mail(event: Event, sessions: Sequence[Session], network: str, time_zone: str, url: str) -> str | None:
    """The same for a mail to somebody who holds a place; None where there is nothing to write in a calendar.

    A mail is a message of this moment, and its change may not stand in the history yet: so its stamp is now.
    """
    if not sessions:
        return None
    entries = [entry_of(one, event, url, time_zone) for one in sessions]
    return calendars.ics_calendar(entries, name=network, time_zone=time_zone, stamped_at=clock.now()).decode()


def entry_of(
    one: Dated, event: Worded, url: str, time_zone: str, changed_at: datetime | None = None, is_waiting: bool = False
) -> calendars.Entry:
    """A session as an entry. What is called off or only waited for says so in its title too: many programs show no other
    sign of it."""
    title = one.title
    if one.cancelled_at:
        title = _("Called off: %(title)s", title=title)
    elif is_waiting:
        title = _("%(title)s (on the waiting list)", title=title)
    return calendars.Entry(
        uid=calendars.stable_uid("session", one.id, current_app.config["MAIL_DOMAIN"]),
        title=title,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        place=words.where(one),
        url=url,
        about=_about(event, one),
        sequence=one.sequence,
        is_cancelled=one.cancelled_at is not None,
        is_tentative=is_waiting,
        updated_at=changed_at,
        time_zone=time_zone,
    )


def _about(event: Worded, one: Dated) -> str:
    join = _("Join: %(link)s", link=one.joining_link) if one.joining_link else ""
    return "\n".join(part for part in (event.strapline, join, event.getting_there) if part)


def _when_changed(event_id: int) -> datetime | None:
    found: Mapping[int, datetime] = last_changes([event_id])
    return found.get(event_id)
