"""Dates, hours and minutes as people type them in this room's forms: one sentence when they can't be read."""

from collections.abc import Callable
from datetime import date, time
from typing import TypeVar

from flask_babel import get_locale
from flask_babel import gettext as _

from portal.web.errors import DomainError
from portal.web.tables_dates import DateOrder, Unreadable, read_date, read_time
from portal.web.tables_numbers import read_minutes

T = TypeVar("T")
# Calendars of programs and time zones end somewhere; nobody plans beyond these.
FIRST_YEAR, LAST_YEAR = 1950, 2150


def date_typed(text: str) -> date:
    """A day; 3/4/2026 is read as the reader's language does. Raises DomainError."""
    if not text.strip():
        raise DomainError(_("Type a date, like 19 November 2026."))
    locale = str(get_locale() or "en")
    order: DateOrder = "mdy" if locale.endswith("_US") else "dmy"
    day = _read(lambda typed: read_date(typed, order, locale), text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DomainError(_("Type a year from %(first)s to %(last)s.", first=FIRST_YEAR, last=LAST_YEAR))
    return day


def time_typed(text: str) -> time:
    """A time of day. Raises DomainError."""
    if not text.strip():
        raise DomainError(_("Type a time, like 5:00 pm or 17:00."))
    return _read(read_time, text)


def minutes_typed(text: str) -> int:
    """A length of time in minutes. Raises DomainError."""
    return _read(read_minutes, text)


def _read(reader: Callable[[str], T], text: str) -> T:
    try:
        return reader(text)
    except Unreadable as unreadable:
        raise DomainError(str(unreadable)) from unreadable
