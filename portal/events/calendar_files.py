"""An event as a calendar file: one entry a session, the same in every download, renewed when something moves."""

from collections.abc import Sequence

from flask import Response, current_app
from flask_babel import gettext as _

from portal.events import words
from portal.events.models import Event, Session
from portal.events.queries_event import EventPage, SessionPage
from portal.web import calendars


def calendar_file(
    event: EventPage, sessions: Sequence[SessionPage], network: str, time_zone: str, url: str
) -> Response:
    """The download. A joining link stands in it only where the sessions carry one (see ``sessions_of``)."""
    entries = [_entry(event, one, url) for one in sessions]
    content = calendars.ics_calendar(entries, name=network, time_zone=time_zone)
    return calendars.as_download(content, f"event-{event.id}.ics")


def calendar_for_mail(event: Event, sessions: Sequence[Session], network: str, time_zone: str, url: str) -> str | None:
    """The same for a mail to somebody who holds a place; None where there is nothing to write in a calendar."""
    if not sessions:
        return None
    return calendars.ics_calendar(
        [_entry(event, one, url) for one in sessions], name=network, time_zone=time_zone
    ).decode()


def _entry(event: EventPage | Event, one: SessionPage | Session, url: str) -> calendars.Entry:
    return calendars.Entry(
        uid=calendars.stable_uid("session", one.id, current_app.config["MAIL_DOMAIN"]),
        title=one.title,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        place=words.where(one),
        url=url,
        about=_about(event, one),
        sequence=one.sequence,
        is_cancelled=one.cancelled_at is not None,
    )


def _about(event: EventPage | Event, one: SessionPage | Session) -> str:
    join = _("Join: %(link)s", link=one.joining_link) if one.joining_link else ""
    return "\n".join(part for part in (event.strapline, join, event.getting_there) if part)
