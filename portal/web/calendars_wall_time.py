"""What the clocks on the wall show, made into a moment; on two nights of the year that is a question, not a sum."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from flask_babel import get_locale
from flask_babel import gettext as _

from portal.web.errors import DomainError


class ClockGap(DomainError):
    """That wall time does not exist on that day: the clocks go forward past it."""


class ClockOverlap(DomainError):
    """That wall time comes twice on that day; ``first`` and ``second`` are the two moments in UTC."""

    def __init__(self, sentence: object, first: datetime, second: datetime, field: str | None) -> None:
        super().__init__(sentence, field)
        self.first = first
        self.second = second


def local_to_utc(day: date, at: time, time_zone: str, second: bool | None = None, field: str | None = None) -> datetime:
    """The moment (UTC) at which the clocks of a place show that time on that day.

    ``second`` chooses when the time comes twice (False: before the clocks go back). Raises ``ClockGap`` when it does not
    come at all and ``ClockOverlap`` when it comes twice and nothing was chosen; both name ``field``.
    """
    zone = ZoneInfo(time_zone)
    wall = datetime.combine(day, at.replace(tzinfo=None, fold=0))
    first, later = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == later:
        return first
    locale = get_locale() or "en"
    shown = {
        "time": format_time(at, "h:mm a", locale=locale).lower(),
        "day": format_date(day, "EEEE d MMMM y", locale=locale),
    }
    if first.astimezone(zone).replace(tzinfo=None) != wall:
        sentence = _("There is no %(time)s on %(day)s: the clocks go forward that night. Choose another time.", **shown)
        raise ClockGap(sentence, field)
    if second is None:
        sentence = _("%(time)s comes twice on %(day)s, because the clocks go back. Choose another time.", **shown)
        raise ClockOverlap(sentence, first, later, field)
    return later if second else first
