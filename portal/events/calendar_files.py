"""An event as a calendar file: one entry a session, the same in every download, renewed when something moves."""

from collections.abc import Sequence

from flask import Response, current_app

from portal.events import words
from portal.events.queries_event import EventPage, SessionPage
from portal.web import calendars


def calendar_file(
    event: EventPage, sessions: Sequence[SessionPage], network: str, time_zone: str, url: str
) -> Response:
    """The download. A joining link stands in it only where the sessions carry one (see ``sessions_of``)."""
    entries = [_entry(event, one, time_zone, url) for one in sessions]
    return calendars.as_download(calendars.ics_calendar(entries, name=network), f"event-{event.id}.ics")


def _entry(event: EventPage, one: SessionPage, time_zone: str, url: str) -> calendars.Entry:
    return calendars.Entry(one, url, words, time_zone, current_app)
