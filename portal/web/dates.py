"""Moments and amounts in words, for every template: the filters ``day``, ``time``, ``minutes`` and their kin.

Moments are stored in UTC and shown on the clocks of the place they belong to: the network's, else the person's,
else the region's.
"""

from datetime import date, datetime
from typing import Any

from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from flask import Flask, g
from flask_babel import gettext, ngettext

from portal.web import clock
from portal.web.languages import spoken

KILOBYTE = 1000
# It has every day that a year can have.
LEAP_YEAR = 2024


def place_clock() -> str:
    """The time zone that this page shows."""
    return str(g.get("time_zone") or "UTC")


def here(moment: datetime) -> datetime:
    return clock.local(moment, place_clock())


def _local(value: date | datetime) -> Any:
    return here(value).replace(tzinfo=None) if isinstance(value, datetime) else value


def _date(value: date | datetime | None, pattern: str) -> str:
    return "" if value is None else format_date(_local(value), pattern, locale=spoken())


def _orders_month_first() -> bool:
    return bool(spoken().territory == "US")


def day(value: date | datetime | None) -> str:
    """Thursday 19 November 2026."""
    return _date(value, "EEEE, MMMM d, y" if _orders_month_first() else "EEEE d MMMM y")


def short_day(value: date | datetime | None) -> str:
    """Thu 19 Nov, with the year when it is not this one."""
    if value is None:
        return ""
    local = _local(value)
    year = "" if local.year == clock.today(place_clock()).year else " y"
    return _date(value, f"EEE, MMM d{year and ','}{year}" if _orders_month_first() else f"EEE d MMM{year}")


def span(first: date, last: date) -> str:
    """9 to 27 Nov; 30 Nov to 18 Dec; with the year when it is not this one. One day by itself: 9 Nov."""
    month_first = _orders_month_first()
    year = "" if last.year == clock.today(place_clock()).year else (", y" if month_first else " y")
    whole = "MMM d" if month_first else "d MMM"
    if first == last:
        return _date(first, whole + year)
    same = (first.year, first.month) == (last.year, last.month)
    begin = _date(first, "d" if same and not month_first else whole + (year if first.year != last.year else ""))
    end = _date(last, ("d" if same and month_first else whole) + year)
    return gettext("%(first)s to %(last)s", first=begin, last=end)


def time(value: datetime | None) -> str:
    """5:00 pm."""
    return "" if value is None else format_time(_local(value), "h:mm a", locale=spoken()).lower()


def moment(value: datetime | None) -> str:
    """Thu 19 Nov, 5:00 pm."""
    return "" if value is None else f"{short_day(value)}, {time(value)}"


def appointment(value: datetime | None) -> str:
    """Thu 19 Nov, 3:45 pm; noon stands for a day whose hour nobody said: Thu 19 Nov."""
    if value is None:
        return ""
    local = here(value)
    return short_day(value) if (local.hour, local.minute) == (12, 0) else moment(value)


def month(value: date | datetime | None) -> str:
    """November 2026."""
    return _date(value, "LLLL y")


def yearly(month: int, day: int) -> str:
    """A day of every year: 30 August."""
    return _date(date(LEAP_YEAR, month, day), "MMMM d" if _orders_month_first() else "d MMMM")


def month_of_year(month: int) -> str:
    """August."""
    return _date(date(LEAP_YEAR, month, 1), "LLLL")


def weekday(value: date | datetime | None) -> str:
    return _date(value, "EEE")


def day_number(value: date | datetime | None) -> str:
    return _date(value, "d")


def month_name(value: date | datetime | None) -> str:
    return _date(value, "MMM")


def minutes(value: int | None) -> str:
    """1 h 30 min."""
    if value is None:
        return ""
    hours, rest = divmod(int(value), 60)
    if not hours:
        return gettext("%(minutes)s min", minutes=rest)
    if not rest:
        return gettext("%(hours)s h", hours=hours)
    return gettext("%(hours)s h %(minutes)s min", hours=hours, minutes=rest)


QUARTERS = {0: "", 15: "¼", 30: "½", 45: "¾"}


def hours(value: int | None) -> str:
    """Minutes as hours in quarters, rounded down: 105 is 1¾."""
    whole, rest = divmod(int(value or 0), 60)
    part = QUARTERS[rest // 15 * 15]
    return part if part and not whole else f"{format_decimal(whole, locale=spoken())}{part}"


def filesize(size: int) -> str:
    if size < KILOBYTE:
        return ngettext("%(num)s byte", "%(num)s bytes", size)
    if size < KILOBYTE**2:
        return gettext("%(size)s KB", size=format_decimal(round(size / KILOBYTE), locale=spoken()))
    return gettext("%(size)s MB", size=format_decimal(round(size / KILOBYTE**2, 1), locale=spoken()))


def number(value: float | None) -> str:
    return "" if value is None else format_decimal(value, locale=spoken())


def days_ago(value: date | datetime) -> int:
    """Whole days between that day and today, on the clocks of this page."""
    local = _local(value)
    then = local.date() if isinstance(local, datetime) else local
    return (clock.today(place_clock()) - then).days


FILTERS = (
    day,
    short_day,
    span,
    time,
    moment,
    appointment,
    month,
    weekday,
    day_number,
    month_name,
    minutes,
    hours,
    filesize,
    number,
    days_ago,
)


def init_dates(app: Flask) -> None:
    for formatter in FILTERS:
        app.jinja_env.filters[formatter.__name__] = formatter
