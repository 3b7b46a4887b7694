"""When an evaluation opens and closes: from the end of the last session until midnight, some days later."""

from datetime import datetime, timedelta

from portal.events.times import start_of_day
from portal.web import clock

USUAL_DAYS, FEWEST_DAYS, MOST_DAYS = 21, 3, 90


def window(ends_at: datetime, days: int, time_zone: str) -> tuple[datetime, datetime]:
    """From the end of the last session to the midnight after the day that is ``days`` later, on the network's clock."""
    last_day = clock.local(ends_at, time_zone).date() + timedelta(days=days)
    return ends_at, start_of_day(last_day + timedelta(days=1), time_zone)


def days_of(opens_at: datetime, closes_at: datetime, time_zone: str) -> int:
    """The days that make this window; the other way round."""
    last_day = clock.local(closes_at - timedelta(seconds=1), time_zone).date()
    return (last_day - clock.local(opens_at, time_zone).date()).days
