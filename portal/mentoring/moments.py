"""Days and hours of a network as moments, and months as spans of them."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def midnight(day: date, time_zone: str) -> datetime:
    """When a day begins on the clocks of a place."""
    return datetime.combine(day, time(), ZoneInfo(time_zone)).astimezone(UTC)
