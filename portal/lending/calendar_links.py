"""Where the calendar leads: asking for days that are free, and a loan as it stands."""

from datetime import date, timedelta

from flask import url_for

from portal.lending.calendar_grid import Free
from portal.lending.queries_calendar import Box


def ask_url(box: Box, starts_on: date, ends_on: date) -> str:
    """The form that asks for these days, cut to the longest loan of this box."""
    last = min(ends_on, starts_on + timedelta(days=box.most_days - 1))
    return url_for("loans.new", kit_id=box.id, starts_on=starts_on.isoformat(), ends_on=last.isoformat())


def ask_for(box: Box, free: Free) -> str:
    return ask_url(box, free.starts_on, free.ends_on)


def loan_url(loan_id: int) -> str:
    return url_for("loans.show", loan_id=loan_id)
