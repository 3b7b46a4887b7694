"""One entry of a calendar file, and whether it is one of ours: its name, start, length, age."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from flask_babel import gettext as _

from portal.web.calendars_in_lines import Block
from portal.web.calendars_in_times import Unreadable, When, length_of, when_of
from portal.web.calendars_in_zones import Clock, Clocks, UnknownClock

HOUR, DAY, MIDNIGHT = timedelta(hours=1), timedelta(days=1), time()
FIRST_YEAR, LAST_YEAR = 1950, 2150
ANSWERS = {"REPLY", "COUNTER", "REFRESH", "DECLINECOUNTER"}


class EntryRefused(Exception):
    """This entry is not taken: one sentence why. ``is_wrong`` where something is the matter with it."""

    def __init__(self, sentence: object, is_wrong: bool = True) -> None:
        super().__init__(str(sentence))
        self.sentence, self.is_wrong = str(sentence), is_wrong


@dataclass(frozen=True, slots=True)
class Entry:
    """A VEVENT that can be read. ``replaces`` is the date of a series that it stands for, in UTC, or empty."""

    number: int
    block: Block
    uid: str
    start: When
    clock: Clock
    lasts: timedelta
    replaces: str
    age: tuple[int, str]
    is_cancelled: bool
    remarks: tuple[str, ...] = ()

    @property
    def sequence(self) -> int:
        return self.age[0]

    @property
    def is_whole_day(self) -> bool:
        """Said so, or from midnight to midnight."""
        midnights = self.start.wall.time() == MIDNIGHT and self.lasts and not self.lasts % DAY
        return self.start.is_day or bool(midnights)

    @property
    def repeats(self) -> bool:
        return any(line.value.strip() for name in ("RRULE", "RDATE") for line in self.block.all(name))


def read_entry(number: int, block: Block, clocks: Clocks) -> Entry:
    """What one block says. Raises EntryRefused."""
    _refuse_other_kinds(block)
    line = block.first("DTSTART")
    if line is None:
        raise EntryRefused(_("It has no start."))
    try:
        start = when_of(line)
        clock = clocks.called(start.zone)
        lasts, remarks = _lasts(block, start, clock, clocks)
        replaces = _replaces(block, clock, clocks)
    except Unreadable as error:
        raise EntryRefused(
            _("It holds a date or a length that can’t be read: %(text)s", text=str(error)[:60])
        ) from error
    except UnknownClock as error:
        raise EntryRefused(
            _("Its time zone, “%(name)s”, is not known, and the file does not say what it is.", name=str(error)[:60])
        ) from error
    except OverflowError as error:
        raise EntryRefused(_("Its dates lie before 1950 or after 2150.")) from error
    if not FIRST_YEAR <= start.wall.year <= LAST_YEAR:
        raise EntryRefused(_("Its dates lie before 1950 or after 2150."))
    cancelled = block.text("STATUS").upper() == "CANCELLED" or _method(block) == "CANCEL"
    if not start.zone and not start.is_day:
        remarks = (*remarks, _("It names no time zone: read on the clocks of %(zone)s.", zone=clocks.floating.name))
    return Entry(number, block, _uid(block), start, clock, lasts, replaces, _age(block), cancelled, remarks)


def _refuse_other_kinds(block: Block) -> None:
    if block.kind != "VEVENT":
        kinds = {"VTODO": _("a task"), "VJOURNAL": _("a journal note"), "VFREEBUSY": _("a list of free hours")}
        raise EntryRefused(_("It is %(kind)s, not an event.", kind=kinds.get(block.kind, block.kind)), False)
    if not block.is_whole:
        raise EntryRefused(_("The file breaks off in the middle of it."))
    if _method(block) in ANSWERS:
        raise EntryRefused(_("It is somebody’s answer to an invitation, not an event."), False)
    if block.text("CLASS").upper() in ("PRIVATE", "CONFIDENTIAL"):
        raise EntryRefused(_("It is marked as private in the other calendar."), False)
    replaced = block.first("RECURRENCE-ID")
    if replaced and "RANGE" in replaced.parameters:
        raise EntryRefused(_("It changes all later dates of a series at once. Change them by hand."))


def _method(block: Block) -> str:
    around = block.around
    while around is not None:
        if method := around.text("METHOD"):
            return method.upper()
        around = around.around
    return ""


def _lasts(block: Block, start: When, clock: Clock, clocks: Clocks) -> tuple[timedelta, tuple[str, ...]]:
    """How long on the clock; an hour where the file does not say. Raises EntryRefused for an end before the start."""
    end, length = block.first("DTEND"), block.first("DURATION")
    lasts = None
    if end is not None and end.value.strip():
        last = when_of(end)
        if last.is_day != start.is_day:
            last = When(last.wall, start.is_day, start.zone)
        other = clock if last.zone in ("", start.zone) else clocks.called(last.zone)
        lasts = (last.wall if other is clock else clock.to_wall(other.to_utc(last.wall))) - start.wall
    elif length is not None and length.value.strip():
        lasts = length_of(length.value)
    if lasts is not None and lasts < timedelta(0):
        raise EntryRefused(_("It ends before it starts."))
    if start.is_day:
        return max(DAY, lasts or DAY), ()
    return (lasts, ()) if lasts else (HOUR, (_("It says no length: taken as one hour."),))


def _replaces(block: Block, clock: Clock, clocks: Clocks) -> str:
    line = block.first("RECURRENCE-ID")
    if line is None:
        return ""
    when = when_of(line)
    if when.is_day:
        return f"{when.wall:%Y%m%d}"
    return key_of((clocks.called(when.zone) if when.zone else clock).to_utc(when.wall))


def key_of(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"


def _uid(block: Block) -> str:
    """Its own name; where it has none, one made of what it says, so that the same entry is known again."""
    return block.text("UID") or "-".join(block.text(name) for name in ("DTSTART", "SUMMARY", "LOCATION"))


def _age(block: Block) -> tuple[int, str]:
    sequence = block.text("SEQUENCE")
    number = int(sequence) if sequence.isascii() and sequence.isdecimal() and len(sequence) < 10 else 0
    return number, block.text("LAST-MODIFIED") or block.text("DTSTAMP")
