"""The only place that asks what time it is, so that tests and the demo can stop the clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_frozen: datetime | None = None


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _frozen or datetime.now(UTC)


def today(time_zone: str = "UTC") -> date:
    """The date on the wall in that time zone."""
    return now().astimezone(ZoneInfo(time_zone)).date()


def local(moment: datetime, time_zone: str) -> datetime:
    """The same moment on the clocks of a time zone."""
    return moment.astimezone(ZoneInfo(time_zone))


def freeze(moment: datetime | None) -> None:
    """Stop the clock at a moment, or start it again with None. For tests and the demo's story only."""
    global _frozen
    _frozen = moment
