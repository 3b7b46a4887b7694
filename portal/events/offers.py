"""How long a place that came free is kept: some hours, never ending at night, never into the start of the session."""

from datetime import datetime, time, timedelta

from portal.events.times import to_wall
from portal.web import clock

# An offer ends while people are awake: one that would end at night ends the next morning.
FROM_HOUR, TO_HOUR = 8, 20
MORNING = time(9)
# So close to the start nobody waits for an answer any more.
LATEST = timedelta(hours=2)


def offer_ends(now: datetime, hours: int, starts_at: datetime, time_zone: str) -> datetime | None:
    """Until when an offer stands; None where it would reach into the last two hours: then the place is given at once."""
    end = now + timedelta(hours=hours)
    local = clock.local(end, time_zone)
    if local.hour < FROM_HOUR:
        end = to_wall(local.date(), MORNING, time_zone)
    elif local.hour >= TO_HOUR:
        end = to_wall(local.date() + timedelta(days=1), MORNING, time_zone)
    return end if end <= starts_at - LATEST else None
