"""The hours of a session, and which part of them counts. Minutes here are whole and exact; credit rounds them later."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from flask_babel import gettext as _

from portal.events.times import to_utc
from portal.events.typed import minutes_typed, time_typed
from portal.web import clock
from portal.web.errors import DomainError

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Hours:
    """When a session starts, how many minutes it lasts, and the clocks on its wall."""

    starts_at: datetime
    lasts: int
    time_zone: str

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.lasts)

    def moment(self, at: time) -> datetime:
        """The moment nearest the session when clocks show that time. 5:30 of an evening session is half past five in the
        afternoon, since nobody writes 17:30 on paper; of one that runs over midnight, 0:20 is the day after.
        """
        first, last = clock.local(self.starts_at, self.time_zone), clock.local(self.ends_at, self.time_zone)
        middle = clock.local(self.starts_at + timedelta(minutes=self.lasts) / 2, self.time_zone).replace(tzinfo=None)
        hours = {at, at.replace(hour=at.hour + 12)} if at.hour < 12 else {at}
        shown = [datetime.combine(day, hour) for day in {first.date(), last.date()} for hour in hours]
        nearest = min(shown, key=lambda one: (abs(one - middle), one))
        return to_utc(nearest.date(), nearest.time(), self.time_zone, fold=first.fold)

    def shown(self, moment: datetime | None) -> str:
        return clock.local(moment, self.time_zone).strftime("%H:%M") if moment else ""

    def counted(self, arrived_at: datetime | None, left_at: datetime | None) -> int:
        """Whole minutes between the two that lie within the session."""
        return counted(self.starts_at, self.lasts, arrived_at, left_at)

    def to_the_end(self, arrived_at: datetime | None) -> int:
        """Minutes of somebody who stayed to the end; none where a clock says that she came after it."""
        return self.counted(arrived_at, None)

    def whole(self, arrived_at: datetime | None) -> "Part":
        """Somebody says that she was there to the end. A sign-in after the end is no arrival then: all of it counts by
        the word of whoever says so, and no paper states an hour that the minutes contradict.
        """
        if arrived_at and not self.to_the_end(arrived_at):
            return Part(self.lasts, None, None)
        return Part(self.to_the_end(arrived_at), arrived_at, None)

    def part(self, start: str, end: str, minutes: str = "", arrived_at: datetime | None = None) -> "Part":
        """From and to as typed, or a number of minutes. An empty From is the arrival, an empty To the session's end.

        Raises DomainError when nothing is typed, for an end before its start, and where nothing of it counts.
        """
        if minutes and not (start and end):
            return Part(self._within(minutes_typed(minutes)), arrived_at, None)
        if not (start or end):
            raise DomainError(_("say from when to when, or how many minutes."))
        arrived = self._kept(start, arrived_at)
        left = self.moment(time_typed(end)) if end else None
        if left and left <= (arrived or self.starts_at):
            first = start or self.shown(arrived or self.starts_at)
            raise DomainError(_("the end, %(end)s, is before the start, %(start)s.", end=end, start=first))
        return Part(self._within(self.counted(arrived, left)), arrived, left)

    def _kept(self, start: str, arrived_at: datetime | None) -> datetime | None:
        """The very moment of a sign-in, where what is typed is the same minute."""
        if not start or start == self.shown(arrived_at):
            return arrived_at
        return self.moment(time_typed(start))

    def _within(self, minutes: int) -> int:
        if not 0 < minutes <= self.lasts:
            raise DomainError(_("it lasted %(most)s minutes, so part of it is 1 to %(most)s.", most=self.lasts))
        return minutes


@dataclass(frozen=True, slots=True)
class Part:
    """Part of a session: its minutes, and its two ends where they are known."""

    minutes: int
    arrived_at: datetime | None
    left_at: datetime | None


def counted(starts_at: datetime, lasts: int, arrived_at: datetime | None, left_at: datetime | None) -> int:
    """Whole minutes between the two ends that lie within a session of ``lasts`` minutes; an unknown end is its own."""
    ends_at = starts_at + timedelta(minutes=lasts)
    first, last = max(arrived_at or starts_at, starts_at), min(left_at or ends_at, ends_at)
    return max(0, int((last - first).total_seconds() // MINUTE))
