"""One talk, two writers: finding what the other one has written down of the same day."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.mentoring.models import Pairing, PairTalk
from portal.mentoring.queries import same_day


def twin_of(pairing: Pairing, writer: int, at: datetime, time_zone: str) -> PairTalk | None:
    """The talk that the other one of the pair has noted for that day, not confirmed yet."""
    zone = ZoneInfo(time_zone)
    day = at.astimezone(zone).date()
    start = datetime.combine(day, time(), zone).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
    return same_day(pairing.id, start, end, but_by=writer)
