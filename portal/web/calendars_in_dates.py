"""All entries of one name as one thing: its words, its dates, and the dates of a series that say something else."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from babel.dates import format_date, format_time
from flask_babel import get_locale
from flask_babel import gettext as _

from portal.web.calendars_in_entries import DAY, LAST_YEAR, Entry, EntryRefused, key_of
from portal.web.calendars_in_found import Date, Found, about_of, title_of, where_of
from portal.web.calendars_in_repeats import Budget, CantRepeat, Dates, dates_of
from portal.web.calendars_in_times import Unreadable
from portal.web.calendars_in_zones import Clocks, UnknownClock

# A school week; what lasts longer is a holiday or a term.
MOST_DAYS = 5
MOST_DATES = 60


@dataclass(frozen=True, slots=True)
class WholeDay:
    """The hours that an entry of whole days gets, on the clocks that hang where the file names none."""

    starts: time
    minutes: int


@dataclass(frozen=True)
class Place:
    """Where the file is read: its clocks, this moment, what its repeats may cost, the hours of a whole day."""

    clocks: Clocks
    now: datetime
    budget: Budget
    whole_day: WholeDay


@dataclass
class _Series:
    """The dates that the entry itself names, and whether some were left out."""

    dates: dict[str, Date] = field(default_factory=dict)
    ahead: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)
    is_cut: bool = False


def found_of(same: list[Entry], where: Place) -> tuple[Found | None, list[tuple[Entry, EntryRefused]]]:
    """One thing with all its dates, and the entries that can't be part of it."""
    refused: list[tuple[Entry, EntryRefused]] = []
    taken: list[Entry] = []
    series = _Series()
    for entry in sorted(same, key=lambda one: bool(one.replaces)):
        try:
            if entry.replaces:
                _put_instead(entry, series, where)
            else:
                series = _dates_of(entry, where)
            taken.append(entry)
        except EntryRefused as refusal:
            refused.append((entry, refusal))
    return (_found(taken, series) if taken else None), refused


def _found(taken: list[Entry], series: _Series) -> Found:
    first = taken[0]
    title = title_of(first.block)
    remarks = [*first.remarks, *series.remarks]
    if not title:
        title, remarks = _("Event without a name"), [*remarks, _("It has no name. Give it one.")]
    return Found(
        uid=first.uid,
        title=title,
        about=about_of(first.block),
        numbers=[one.number for one in taken],
        dates=sorted(series.dates.values(), key=lambda one: (one.starts_at, one.key)),
        keys=frozenset(series.dates) | series.ahead,
        has_series=not first.replaces,
        is_whole_day=first.is_whole_day,
        remarks=list(dict.fromkeys(remarks)),
    )


def _dates_of(entry: Entry, where: Place) -> _Series:
    """The dates of a series, or the only one. Raises EntryRefused."""
    try:
        dates = dates_of(entry.block, entry.start, entry.clock, where.clocks, where.now, where.budget)
    except CantRepeat as refusal:
        raise EntryRefused(refusal.sentence) from refusal
    except Unreadable as error:
        raise EntryRefused(_("It holds a date that can’t be read: %(text)s", text=str(error)[:60])) from error
    except (UnknownClock, OverflowError) as error:
        raise EntryRefused(_("One of its dates can’t be placed: %(text)s", text=str(error)[:60])) from error
    if not dates.walls:
        raise EntryRefused(_("None of its dates is left: each is taken out again."))
    days = max(1, entry.lasts.days) if entry.is_whole_day else 1
    chosen = _chosen(dates.walls, entry.clock.to_wall(where.now), MOST_DATES // min(days, MOST_DAYS))
    made = [one for wall in chosen for one in _at(entry, wall, dates.lengths.get(wall, entry.lasts), where)]
    series = _Series({one.key: one for one in made}, is_cut=len(chosen) < len(dates.walls))
    series.ahead = _keys_ahead(entry, dates.walls, where) if entry.repeats else set()
    series.remarks = [*_remarks(dates, chosen), *_odd_hours(entry, chosen, where)]
    return series


def _chosen(walls: list[datetime], now: datetime, most: int) -> list[datetime]:
    """At most so many: those that are still to come first, then the latest of those that are over."""
    if len(walls) <= most:
        return walls
    over = [wall for wall in walls if wall < now]
    ahead = walls[len(over) :][:most]
    return over[len(over) - (most - len(ahead)) :] + ahead


def _keys_ahead(entry: Entry, walls: list[datetime], where: Place) -> set[str]:
    today = entry.clock.to_wall(where.now) - DAY
    if entry.is_whole_day:
        days = range(min(max(1, entry.lasts.days), MOST_DAYS))
        return {f"{wall + DAY * day:%Y%m%d}" for wall in walls if wall > today for day in days}
    return {key_of(entry.clock.to_utc(wall)) for wall in walls if wall > today}


def _at(entry: Entry, wall: datetime, lasts: timedelta, where: Place, key: str | None = None) -> list[Date]:
    """The date, or the days, that begin at that wall time. Raises EntryRefused for what is too long to be a meeting."""
    if entry.is_whole_day:
        return _days_at(entry, wall, where, key)
    if lasts > DAY:
        raise EntryRefused(_("It lasts longer than a day. Plan it as one event with several sessions."))
    start = entry.clock.to_utc(wall)
    minutes = round((entry.clock.to_utc(wall + lasts) - start).total_seconds() / 60)
    own = key_of(start) if entry.repeats else ""
    return [_date(entry, own if key is None else key, start, minutes if minutes > 0 else 60)]


def _days_at(entry: Entry, wall: datetime, where: Place, key: str | None) -> list[Date]:
    count = max(1, entry.lasts.days)
    if count > MOST_DAYS:
        raise EntryRefused(
            _("It lasts %(count)s whole days: a holiday or a term, not a meeting.", count=count), is_wrong=False
        )
    days = [wall.replace(hour=0, minute=0, second=0) + DAY * day for day in range(count)]
    is_only = key is None and count == 1 and not entry.repeats
    return [
        _date(
            entry,
            key if key is not None and place == 0 else "" if is_only else f"{day:%Y%m%d}",
            where.clocks.floating.to_utc(datetime.combine(day, where.whole_day.starts)),
            where.whole_day.minutes,
        )
        for place, day in enumerate(days)
    ]


def _date(entry: Entry, key: str, start: datetime, minutes: int) -> Date:
    if start.year > LAST_YEAR:
        raise EntryRefused(_("Its dates lie before 1950 or after 2150."))
    place, link = where_of(entry.block)
    return Date(key, start, minutes, place, link, entry.sequence, entry.is_cancelled)


def _put_instead(entry: Entry, series: _Series, where: Place) -> None:
    """One date of the series as this entry has it, under the key of the date that it stands for."""
    key = entry.replaces
    if key not in series.dates:
        # Named by its day alone, or the only date there is.
        near = [one for one in series.dates if one.startswith(key[:8])]
        only = series.dates.get("")
        if near and (len(key) == 8 or len(near[0]) == 8):
            key = near[0]
        elif only and key in (key_of(only.starts_at), f"{only.starts_at:%Y%m%d}"):
            key = ""
        elif series.is_cut:
            raise EntryRefused(_("Its date is not among those that are taken of its series."), is_wrong=False)
    for one in _at(entry, entry.start.wall, entry.lasts, where, key):
        series.dates[one.key] = one


def _remarks(dates: Dates, chosen: list[datetime]) -> list[str]:
    remarks = []
    if dates.is_endless:
        remarks.append(_("It repeats without an end: followed for 24 months."))
    if len(chosen) < len(dates.walls):
        remarks.append(
            _("Of its %(all)s dates the %(taken)s from %(first)s to %(last)s are taken.", all=len(dates.walls),
              taken=len(chosen), first=_day(chosen[0]), last=_day(chosen[-1]))
        )  # fmt: skip
    return remarks


def _odd_hours(entry: Entry, chosen: list[datetime], where: Place) -> list[str]:
    """Said where a wall time does not come on that day, since the clocks go forward past it."""
    if entry.is_whole_day:
        return []
    odd = [wall for wall in chosen if entry.clock.to_wall(entry.clock.to_utc(wall)) != wall]
    return [
        _("%(time)s does not come on %(day)s, when the clocks go forward: an hour later is meant.",
          time=_hour(wall), day=_day(wall)) for wall in odd[:3]
    ]  # fmt: skip


def _hour(wall: datetime) -> str:
    return str(format_time(wall.time(), "h:mm a", locale=get_locale() or "en")).lower()


def _day(wall: datetime) -> str:
    return str(format_date(wall, "d MMMM y", locale=get_locale() or "en"))
