"""Calendar files (RFC 5545) on their way out: events as people's own calendars want them.

A moment leaves on the clock of its place, so that calendars say "5 pm in London" too, with the two lines of rules that
those clocks follow around it (``calendars_clocks``). Where no two lines would be true, and in the hour that comes
twice, it leaves in UTC, which every calendar reads alike.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask import Response
from icalendar import Calendar, Event, vDuration, vText, vUri

from portal.web.calendars_clocks import Clocks, clocks_of
from portal.web.calendars_wall_time import ClockGap, ClockOverlap, local_to_utc
from portal.web.uploads_sending import attachment

__all__ = [
    "ClockGap",
    "ClockOverlap",
    "Entry",
    "as_download",
    "ics_calendar",
    "ics_event",
    "local_to_utc",
    "stable_uid",
]

PRODUCT = "-//Staffroom//Staffroom//EN"
MEDIA_TYPE = "text/calendar; charset=utf-8"
# What a calendar line cannot carry: control signs, half surrogates; a line end of any kind becomes one \\n.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff]")
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True)
class Entry:
    """One event in a calendar file.

    ``uid`` stays the same for ever (``stable_uid``); ``sequence`` rises with every change that people must see.
    ``starts_at`` and ``ends_at`` are aware moments, or both dates for an entry of whole days, the last day included.
    ``time_zone`` is where it takes place; without one its moments leave in UTC. ``updated_at`` is when it last changed.
    """

    uid: str
    title: str
    starts_at: datetime | date
    ends_at: datetime | date
    place: str = ""
    url: str = ""
    about: str = ""
    sequence: int = 0
    is_cancelled: bool = False
    is_tentative: bool = False
    updated_at: datetime | None = None
    time_zone: str = ""


def stable_uid(kind: str, number: int, host: str) -> str:
    """The name by which every calendar knows this entry: ``session-12@host``."""
    return f"{kind}-{number}@{host}"


def ics_event(entry: Entry, clocks: Clocks | None = None, stamped_at: datetime | None = None) -> Event:
    """The entry as a VEVENT. ``ValueError`` for a moment without a time zone or an end before its start.

    ``stamped_at`` is when this file was written, where that is another moment than the entry's last change.
    """
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", _utc(stamped_at or entry.updated_at or datetime(2020, 1, 1, tzinfo=UTC)))
    if entry.updated_at:
        event.add("last-modified", _utc(entry.updated_at))
    event.add("sequence", entry.sequence)
    event.add("summary", one_line(entry.title))
    starts_at, ends_at = _span(entry.starts_at, entry.ends_at, clocks)
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at)
    event.add("status", _status(entry))
    if entry.is_cancelled or entry.is_tentative:
        # Nobody's hour is taken by what does not, or may not, take place.
        event.add("transp", "TRANSPARENT")
    if entry.place:
        event.add("location", one_line(entry.place))
    if entry.url:
        event.add("url", vUri(one_line(entry.url)))
    if entry.about:
        event.add("description", vText(clean(entry.about)))
    return event


def ics_calendar(
    entries: Iterable[Entry],
    name: str = "",
    time_zone: str = "",
    method: str = "PUBLISH",
    stamped_at: datetime | None = None,
    again_after: timedelta | None = None,
) -> bytes:
    """A whole calendar file. ``name`` and ``time_zone`` are what a subscriber's program may show; ``method`` is
    ``PUBLISH``, ``CANCEL`` for a file that only calls entries off, or nothing for a feed, which is no message;
    ``again_after`` tells subscribers how long to wait before they look again."""
    listed = list(entries)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", vText(one_line(name)))
    if time_zone:
        calendar.add("x-wr-timezone", vText(time_zone))
    if again_after:
        calendar.add("refresh-interval", vDuration(again_after), {"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(again_after))
    clocks = clocks_of((one.time_zone, one.starts_at) for one in listed)
    for told in clocks.values():
        calendar.add_component(told.component())
    for entry in listed:
        calendar.add_component(ics_event(entry, clocks.get(entry.time_zone), stamped_at))
    return bytes(calendar.to_ical())


def as_download(content: bytes, filename: str) -> Response:
    """The calendar file as a download; a subscriber's program takes it too."""
    return attachment(content, filename, MEDIA_TYPE)


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


def clean(text: str) -> str:
    return _CONTROL.sub("", _LINE_END.sub("\n", text))


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC).replace(microsecond=0)


def _status(entry: Entry) -> str:
    if entry.is_cancelled:
        return "CANCELLED"
    return "TENTATIVE" if entry.is_tentative else "CONFIRMED"


def _span(
    starts_at: datetime | date, ends_at: datetime | date, clocks: Clocks | None
) -> tuple[datetime | date, datetime | date]:
    if isinstance(starts_at, datetime) and isinstance(ends_at, datetime):
        first, last = _utc(starts_at), _utc(ends_at)
        if last < first:
            raise ValueError("ends before it starts")
        if clocks and clocks.can_tell(first) and clocks.can_tell(last):
            return first.astimezone(clocks.zone), last.astimezone(clocks.zone)
        return first, last
    if isinstance(starts_at, datetime) or isinstance(ends_at, datetime) or ends_at < starts_at:
        raise ValueError("two dates in order, or two moments")
    # A calendar counts whole days up to, not including, the day after.
    return starts_at, ends_at + timedelta(days=1)
