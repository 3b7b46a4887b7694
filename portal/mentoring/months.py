"""When a month of a pair closes, and whether it can be written to. Dates only: no database, no request."""

from collections.abc import Iterable
from datetime import date, timedelta


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def closes_on(month: date, closing_days: Iterable[int | None]) -> date | None:
    """The last day on which a talk of that month can be written down, by the rules of all programmes of the pair.

    The kindest rule counts: a month stays open until the last programme closes it, and for ever where one never does
    or where there is no programme at all (None).
    """
    days = list(closing_days)
    if not days or None in days:
        return None
    after = next_month(month)
    last = (next_month(after) - timedelta(days=1)).day
    return after.replace(day=min(max(day for day in days if day), last))


def is_open(today: date, closing: date | None, open_until: date | None = None) -> bool:
    """Whether it can be written to today; ``open_until`` is set where a coordinator reopened it."""
    return closing is None or today <= closing or (open_until is not None and today <= open_until)
