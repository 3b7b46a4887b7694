"""What bringing in a calendar file would do: new events, dates that moved, dates that are gone. Nothing is written here.

The words of an event are taken once; afterwards they belong to whoever edits it here, and only its dates and places
follow the file. A date that was changed here stays until the file says something new of it (``ImportedSession.mark``).
"""

from dataclasses import dataclass, field
from datetime import datetime, time

from flask_babel import gettext as _

from portal.calendars.queries_importing import Known, known_sessions
from portal.mail.receiving_html import words_of
from portal.web import clock
from portal.web.calendars_in import Left, Reading, read_calendar
from portal.web.calendars_in_dates import WholeDay
from portal.web.calendars_in_found import Date, Found

# What a whole day of a calendar becomes, when somebody wants it as an event: a school day.
SCHOOL_DAY = WholeDay(time(9), 390)
LOOKS_LIKE_HTML = ("<br", "<p>", "<p ", "<a ", "<div", "<span", "<ul", "<ol", "<li", "<html", "<b>", "<i>", "</")


@dataclass(frozen=True)
class New:
    """Nothing of it is known: it becomes an event."""

    found: Found


@dataclass
class Change:
    """It is known and the file says something new: of dates that moved, came or went."""

    found: Found
    event_id: int
    title: str
    moved: list[tuple[Known, Date]] = field(default_factory=list)
    added: list[Date] = field(default_factory=list)
    gone: list[Known] = field(default_factory=list)

    @property
    def is_any(self) -> bool:
        return bool(self.moved or self.added or self.gone)


@dataclass
class Plan:
    """What the file would do. ``whole_days`` become events only if somebody says so."""

    reading: Reading
    new: list[New] = field(default_factory=list)
    whole_days: list[New] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    same: list[Found] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    def dates(self, whole_days: bool = False) -> int:
        """How many sessions it would make."""
        fresh = [*self.new, *(self.whole_days if whole_days else [])]
        return sum(len(one.found.kept) for one in fresh) + sum(len(one.added) for one in self.changes)


def plan_import(content: bytes, network_id: int, time_zone: str, most: int = 100_000) -> Plan:
    """Read a file and compare it with what is known (a query for each 500 entries). Raises NotACalendar."""
    now = clock.now()
    reading = read_calendar(content, time_zone, now, SCHOOL_DAY, most)
    plan = Plan(reading, left=list(reading.left))
    known = known_sessions(network_id, (one.uid_hash for one in reading.found))
    for found in reading.found:
        _place(plan, found, known.get(found.uid_hash, {}), now)
    plan.left.sort(key=lambda one: one.number)
    return plan


def _place(plan: Plan, found: Found, known: dict[str, Known], now: datetime) -> None:
    if known:
        change = _change(found, known, now)
        if change.is_any:
            plan.changes.append(change)
        else:
            plan.same.append(found)
    elif not found.kept:
        plan.left += left_of(found, _("It is called off in the other calendar."))
    elif found.is_whole_day:
        plan.whole_days.append(New(found))
    else:
        plan.new.append(New(found))


def _change(found: Found, known: dict[str, Known], now: datetime) -> Change:
    first = next(iter(known.values()))
    change = Change(found, first.event_id, first.title)
    if first.deleted_at or first.cancelled_at:
        # Thrown away or called off here: the file does not bring it back.
        return change
    rest = dict(known)
    for date in found.dates:
        one = rest.pop(date.key, None) or (rest.pop("", None) if date is found.dates[0] else None)
        if one is None:
            change.added += [] if date.is_cancelled else [date]
        elif date.sequence >= one.sequence and date.mark != one.mark and not one.session_cancelled_at:
            if date.is_cancelled:
                change.gone += [one] if one.starts_at > now else []
            else:
                change.moved.append((one, date))
    newest = max(date.sequence for date in found.dates)
    if found.has_series:
        change.gone += [
            one
            for one in rest.values()
            if one.occurrence not in found.keys
            and one.starts_at > now
            and not one.session_cancelled_at
            and newest >= one.sequence
        ]
    return change


def left_of(found: Found, reason: object, is_refused: bool = False) -> list[Left]:
    """Each entry of a thing as one that is not taken."""
    when = f"{found.dates[0].starts_at:%Y%m%dT%H%M%SZ}" if found.dates else ""
    return [Left(number, found.title, when, str(reason), is_refused) for number in found.numbers]


def about_of(found: Found) -> str:
    """The description as people may read and edit it; some programs write it in HTML."""
    about = found.about
    if any(sign in about.lower() for sign in LOOKS_LIKE_HTML):
        about = words_of(about)
    return about.strip()
