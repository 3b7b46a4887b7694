"""Dates, hours and amounts in the ways people type them, with one sentence when they can't be read."""

import re
from datetime import date, datetime, time

from flask_babel import gettext as _

from portal.web.errors import DomainError


def date_typed(text: str) -> date:
    for shape in ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(text.strip(), shape).date()
        except ValueError:
            continue
    raise DomainError(_("Type a date like 19 November 2026."))


def time_typed(text: str) -> time:
    match = re.fullmatch(r"(\d{1,2})(?:[:.h]?(\d{2}))?(?::\d\d)?\s*([ap])?\.?m?\.?", text.strip().casefold())
    if not match:
        raise DomainError(_("Type a time like 5:00 pm or 17:00."))
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        hour = hour % 12 + (12 if match[3] == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError as error:
        raise DomainError(_("Type a time like 5:00 pm or 17:00.")) from error


def minutes_typed(text: str) -> int:
    if not text.strip().isdigit():
        raise DomainError(_("Type minutes as a number, like 45."))
    return int(text)
