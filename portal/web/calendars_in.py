"""Calendar files from elsewhere, read: each entry with its dates, or a sentence why not. No file is too odd to be answered.

Read are dates, words and places. Whom an entry invites and who sent it is never looked at (``calendars_in_lines``).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from portal.web.calendars_in_dates import Place, WholeDay, found_of
from portal.web.calendars_in_entries import Entry, EntryRefused, read_entry
from portal.web.calendars_in_found import Found
from portal.web.calendars_in_lines import Block, blocks_of
from portal.web.calendars_in_repeats import Budget
from portal.web.calendars_in_zones import Clocks, known_zone
from portal.web.errors import DomainError

OTHER_KINDS = {"VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY", "VPOLL"}
MOST_BYTES = 20 * 1024 * 1024


class NotACalendar(DomainError):
    """The file is no calendar, or holds too much."""


@dataclass(frozen=True, slots=True)
class Left:
    """An entry that is not taken: its place in the file, its name and date as far as they can be read, and why.

    ``is_refused`` where something is wrong with it; else it is left out because it is none of our kind.
    """

    number: int
    title: str
    when: str
    reason: str
    is_refused: bool = True


@dataclass
class Reading:
    """What a file holds: ``entries`` of any kind, of which ``found`` are taken together and ``left`` are not."""

    entries: int
    found: list[Found]
    left: list[Left]
    name: str = ""


def read_calendar(content: bytes, time_zone: str, now: datetime, whole_day: WholeDay, most: int = 100_000) -> Reading:
    """Read a file. ``time_zone`` hangs where the file names no clock; ``whole_day`` is what an entry without hours
    becomes. Raises NotACalendar for a file that is none, or that holds more than ``most`` entries."""
    if len(content) > MOST_BYTES:
        raise NotACalendar(_("This file is larger than 20 MB. Bring in its years one by one."), "file")
    root = blocks_of(content)
    blocks = list(_entries(root))
    if not blocks and not any(block.kind == "VCALENDAR" for block in root.inside):
        raise NotACalendar(_("This is no calendar file. Export one that ends in .ics, and try again."), "file")
    if len(blocks) > most:
        raise NotACalendar(
            _("This file holds %(count)s entries; a page takes up to %(most)s. Have it brought in on the server.",
              count=len(blocks), most=most), "file")  # fmt: skip
    reader = _Reader(root, time_zone, now, whole_day)
    taken = [entry for number, block in enumerate(blocks, 1) if (entry := reader.take(number, block))]
    found = [one for same in _by_name(taken, reader) if (one := reader.join(same))]
    name = next((block.text("X-WR-CALNAME") or block.text("NAME") for block in root.inside), "")
    return Reading(len(blocks), found, sorted(reader.left, key=lambda one: one.number), name[:200])


def _entries(block: Block) -> Iterator[Block]:
    for one in block.inside:
        if one.kind == "VEVENT" or one.kind in OTHER_KINDS:
            yield one
        elif one.kind != "VTIMEZONE":
            yield from _entries(one)


def _zones(block: Block) -> Iterator[Block]:
    for one in block.inside:
        if one.kind == "VTIMEZONE":
            yield one
        elif one.kind == "VCALENDAR":
            yield from _zones(one)


class _Reader:
    """Takes entries one by one and keeps those that it leaves, with the reason."""

    def __init__(self, root: Block, time_zone: str, now: datetime, whole_day: WholeDay) -> None:
        told = {zone.text("TZID"): zone for zone in _zones(root)}
        said = next((block.text("X-WR-TIMEZONE") for block in root.inside if block.text("X-WR-TIMEZONE")), "")
        self.clocks = Clocks(told, known_zone(said) or time_zone)
        self.where = Place(self.clocks, now, Budget(), whole_day)
        self.left: list[Left] = []

    def take(self, number: int, block: Block) -> Entry | None:
        try:
            return read_entry(number, block, self.clocks)
        except EntryRefused as refusal:
            self.leave(number, block, refusal)
        return None

    def join(self, same: list[Entry]) -> Found | None:
        """All entries of one name as one thing with its dates; those that can't be part of it are left."""
        found, refused = found_of(same, self.where)
        for entry, refusal in refused:
            self.leave(entry.number, entry.block, refusal)
        return found

    def leave(self, number: int, block: Block, refusal: EntryRefused) -> None:
        start = block.first("DTSTART")
        title = " ".join(block.text("SUMMARY").split())[:120]
        self.left.append(
            Left(number, title, start.value.strip()[:20] if start else "", refusal.sentence, refusal.is_wrong)
        )


def _by_name(entries: Iterable[Entry], reader: _Reader) -> list[list[Entry]]:
    """Entries of one UID together; of two that say the same date anew only the newest stays."""
    newest: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        key = (entry.uid, entry.replaces)
        other = newest.get(key)
        older = min(other, entry, key=lambda one: one.age) if other else None
        if older is not None:
            why = _("A newer version of it stands in the same file.")
            reader.leave(older.number, older.block, EntryRefused(why, is_wrong=False))
        if older is not entry:
            newest[key] = entry
    same: dict[str, list[Entry]] = {}
    for entry in newest.values():
        same.setdefault(entry.uid, []).append(entry)
    return list(same.values())
