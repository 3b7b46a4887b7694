"""How long an event's file is kept: as many years as its credit asks, to the end of that month."""

import calendar
from collections.abc import Sequence
from datetime import date

from portal.credit.models import CreditType
from portal.event_file.meeting import held_or_over
from portal.events.models import Event
from portal.web import clock

# Credit records in general (practice.md 11.2); Washington and Texas ask for seven, Illinois for six (7.3).
USUAL_YEARS = 7


def kept_until(event: Event, kinds: Sequence[CreditType], time_zone: str) -> tuple[date, int]:
    """The last day and the years: of the kind of credit that asks for most, counted from the last session.

    To the end of the month, so that it is never a day too short.
    """
    years = max((kind.years_kept for kind in kinds), default=USUAL_YEARS)
    last = max((one.ends_at for one in held_or_over(event)), default=event.created_at)
    day = clock.local(last, time_zone).date()
    year = day.year + years
    return date(year, day.month, calendar.monthrange(year, day.month)[1]), years
