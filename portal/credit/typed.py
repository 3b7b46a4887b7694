"""Days and hours as people type them, and one sentence when they can't be read or can't be."""

from datetime import date

from flask_babel import get_locale
from flask_babel import gettext as _

from portal.web.errors import DomainError
from portal.web.tables_dates import DateOrder, Unreadable, read_date
from portal.web.tables_numbers import read_decimal, read_minutes

FIRST_YEAR, LAST_YEAR = 1950, 2150
A_DAY = 24 * 60
# A bare number is hours. Nobody means a course of 45 hours in one day; she means minutes, and is asked.
LONGEST = 2000 * 60


def day_typed(text: str, field: str) -> date:
    """A day; 3/4/2026 is read as the reader's language does. Raises DomainError at ``field``."""
    locale = str(get_locale() or "en")
    order: DateOrder = "mdy" if locale.endswith("_US") else "dmy"
    try:
        day = read_date(text, order, locale)
    except Unreadable as unreadable:
        raise DomainError(str(unreadable), field) from unreadable
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DomainError(_("Type a year from %(first)s to %(last)s.", first=FIRST_YEAR, last=LAST_YEAR), field)
    return day


def hours_typed(text: str, days: int) -> int:
    """Minutes of "1.5", "1,5", "1½", "1:30", "1h30", "90 min". A bare number is hours. Raises DomainError at "hours"."""
    minutes = _read(text)
    if minutes <= 0:
        raise DomainError(_("Type how long it was: more than nothing, like 1.5 or 90 min."), "hours")
    if minutes > min(days * A_DAY, LONGEST):
        raise DomainError(_too_long(text, minutes, days), "hours")
    return minutes


def _read(text: str) -> int:
    try:
        return round(read_decimal(text) * 60)
    except Unreadable:
        pass
    try:
        return read_minutes(text)
    except Unreadable as unreadable:
        raise DomainError(
            _("“%(text)s” is not a length of time. Write it like 1.5, 1:30 or 90 min.", text=text.strip()[:40]), "hours"
        ) from unreadable


def _too_long(text: str, minutes: int, days: int) -> str:
    if text.strip().isdecimal():
        return _(
            "%(hours)s hours don’t fit into the days you named. If you mean minutes, write %(typed)s min.",
            hours=minutes // 60, typed=text.strip(),
        )  # fmt: skip
    if days == 1:
        return _(
            "%(hours)s hours don’t fit into one day. Type the last day too, if it took longer.", hours=minutes // 60
        )
    return _("%(hours)s hours don’t fit into %(days)s days.", hours=minutes // 60, days=days)
