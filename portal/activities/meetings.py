"""What everybody writes down of a meeting first: when it was, how long, how. Shared by the rooms whose meetings are logged."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.web import clock
from portal.web.errors import DomainError

MODES = (("in_person", _l("In person")), ("online", _l("Online")), ("phone", _l("Phone")), ("mail", _l("Mail")))
# The same within a line.
HOW_MET = {"in_person": _l("in person"), "online": _l("online"), "phone": _l("by phone"), "mail": _l("by mail")}
MOST_MINUTES = 600
# Where nobody is asked for the hour.
NOON = time(12, 0)
# Further back is a mistyped year rather than a meeting.
LONGEST_AGO = timedelta(days=3653)


@dataclass(frozen=True, slots=True)
class Met:
    """``at`` is noon of the day on the network's clocks: nobody is asked for the hour."""

    at: datetime
    minutes: int
    mode: str = "in_person"


def moment(day: date, at: time, time_zone: str) -> datetime:
    """A day and an hour on the network's clocks."""
    return datetime.combine(day, at, ZoneInfo(time_zone)).astimezone(UTC)


def refuse_unlikely(met: Met, time_zone: str, not_before: date | None = None) -> None:
    """Raises DomainError for a day that has not come, one long past, and for unlikely minutes."""
    day, today = clock.local(met.at, time_zone).date(), clock.today(time_zone)
    if day > today:
        raise DomainError(_("This day has not come yet. Write it down when it was."), "on")
    if day < today - LONGEST_AGO:
        raise DomainError(_("That is more than ten years ago. Look at the year once more."), "on")
    if not_before and day < not_before:
        raise DomainError(_("It began only after that day. Choose a later one."), "on")
    if not 1 <= met.minutes <= MOST_MINUTES:
        raise DomainError(_("Type minutes from 1 to 600. A long day is 600."), "minutes")
