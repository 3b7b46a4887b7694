"""Days and moments of a loan, on the clocks of the kit's network."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from portal.lending.models import Loan
from portal.web import clock, dates
from portal.web.errors import DomainError


def moment_on(day: date, time_zone: str) -> datetime:
    """Now, if it is that day there; else its noon, which is the same day in summer and in winter time."""
    if day == clock.today(time_zone):
        return clock.now()
    return datetime.combine(day, time(12), ZoneInfo(time_zone))


def day_out(loan: Loan, time_zone: str) -> date:
    """The day on which it left; before that, the first day of its window."""
    return clock.local(loan.out_at, time_zone).date() if loan.out_at else loan.starts_on


def refuse_day(loan: Loan, day: date, time_zone: str, field: str) -> None:
    """Raise DomainError for a day that is still to come, or before the box left."""
    if day > clock.today(time_zone):
        raise DomainError(_("This day is still to come. Tell us when it has been."), field)
    if day < (went := day_out(loan, time_zone)):
        raise DomainError(_("It went out on %(day)s, so this day is too early.", day=dates.day(went)), field)
