"""Dates, hours and places of sessions in words, the same on pages, in mails and in calendars."""

from datetime import date, datetime, timedelta
from typing import Protocol

from flask_babel import LazyString, format_time
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.web import clock, dates

MODES: dict[str, LazyString] = {"in_person": _l("In a room"), "online": _l("Online"), "hybrid": _l("Both")}
CAPACITIES: dict[str, LazyString] = {
    "participant": _l("Took part"),
    "observer": _l("Observed"),
    "facilitator": _l("Led it"),
    "presenter": _l("Presented"),
}
KINDS: dict[str, LazyString] = {"member": _l("member"), "guest": _l("guest"), "observer": _l("observer")}

EVALUATIONS: dict[str, LazyString] = {
    "anonymous": _l("Without names"),
    "named": _l("With names"),
    "none": _l("None"),
}


class Timed(Protocol):
    @property
    def starts_at(self) -> datetime: ...
    @property
    def minutes(self) -> int: ...


class Placed(Protocol):
    @property
    def mode(self) -> str: ...
    @property
    def place(self) -> str: ...


def hours(one: Timed, time_zone: str | None = None) -> str:
    """5:00 to 6:30 pm, on the clocks of the network."""
    start = clock.local(one.starts_at, time_zone or dates.place_clock())
    end = clock.local(one.starts_at + timedelta(minutes=one.minutes), time_zone or dates.place_clock())
    pattern = "h:mm" if (start.hour < 12) == (end.hour < 12) else "h:mm a"
    return _("%(start)s to %(end)s", start=_clock(start, pattern), end=_clock(end, "h:mm a"))


def date_and_hours(one: Timed, time_zone: str | None = None) -> str:
    """Thursday 19 November 2026, 5:00 to 6:30 pm."""
    local = clock.local(one.starts_at, time_zone or dates.place_clock())
    return f"{dates.day(local.date())}, {hours(one, time_zone)}"


def where(one: Placed) -> str:
    """The place in words; an online session needs none."""
    if one.mode == "online":
        return _("online")
    place = one.place or _("place to be told")
    return _("%(place)s and online", place=place) if one.mode == "hybrid" else place


def _clock(moment: datetime, pattern: str) -> str:
    return str(format_time(moment.replace(tzinfo=None), pattern, rebase=False)).lower()


def local_day(one: Timed) -> date:
    """The date on the wall when it starts."""
    return clock.local(one.starts_at, dates.place_clock()).date()
