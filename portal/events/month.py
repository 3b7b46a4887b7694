"""The month beside the list: seven columns, the days on which something is on."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from flask import request, url_for
from flask_babel import format_date, get_locale

from portal.events.queries_lists import DayMark, days_of_month
from portal.web import clock, dates

MONDAY = 0


@dataclass(frozen=True, slots=True)
class Cell:
    day: int
    label: str
    url: str | None
    is_today: bool
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    heads: list[str]
    weeks: list[list[Cell | None]]
    before_url: str
    after_url: str


def month_beside(network_id: int, person_id: int, time_zone: str, wanted: str) -> Month:
    """The month that the address asks for (``2026-11``), else this one (one query)."""
    today = clock.today(time_zone)
    first = _month(wanted) or today.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    marks = days_of_month(network_id, person_id, first, after, time_zone)
    locale = get_locale()
    starts_on = locale.first_week_day if locale else MONDAY
    grid = calendar.Calendar(starts_on).monthdatescalendar(first.year, first.month)
    heads = [format_date(day, "EEEEEE", rebase=False) for day in grid[0]]
    weeks = [[_cell(day, marks.get(day), today) if day.month == first.month else None for day in week] for week in grid]
    return Month(first, heads, weeks, _address(first - timedelta(days=1)), _address(after))


def _cell(day: date, mark: DayMark | None, today: date) -> Cell:
    if mark is None:
        return Cell(day.day, "", None, day == today, False)
    label = f"{dates.day(day)}: {mark.titles}"
    return Cell(day.day, label, url_for("events.show", event_id=mark.event_id), day == today, mark.is_mine)


def _month(wanted: str) -> date | None:
    try:
        first = date.fromisoformat(f"{wanted}-01")
    except ValueError:
        return None
    # The neighbours of the very first and last month do not exist.
    return first if date.min.year < first.year < date.max.year else None


def _address(day: date) -> str:
    kept = {key: value for key, value in request.args.items() if key != "month"}
    return url_for("events.index", **kept, month=f"{day:%Y-%m}")  # type: ignore[arg-type]
