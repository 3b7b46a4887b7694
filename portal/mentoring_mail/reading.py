"""Reading a line such as "45 min, phone, planned the circuits lesson, next Tue 24 Nov 15:45" for what is counted of a talk.

Certain or not at all. The line is cut into pieces at commas, ends of sentences and lines. A piece counts when every word
of it is understood; of the first one, and of one that begins with "next", what is understood up to the first strange word.
Everything else is somebody's own words: they are passed over, and nothing keeps them. What was only guessed is told as a
doubt, with the guess, for a person to look at.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time

from portal.mentoring_mail.reading_days import DayWords, day_at, next_day_at
from portal.mentoring_mail.reading_how import FILLER, KINDS, MODES, NEXT, begins_with
from portal.mentoring_mail.reading_pieces import pieces
from portal.mentoring_mail.reading_times import bare_minutes, minutes_at, said_anywhere, span_at, time_at

LEAST, MOST = 5, 600


@dataclass(frozen=True)
class Read:
    """What a line says of a talk. ``minutes`` is None where they are not certain; ``guess`` is what they may be.

    ``doubts`` name what was said and is not certain: "minutes", "day", "who", "next". ``also`` are other pairs in it.
    """

    day: date
    minutes: int | None = None
    start: time | None = None
    mode: str = ""
    kind: str = "one_to_one"
    also: Sequence[int] = ()
    next_on: date | None = None
    next_time: time | None = None
    guess: int | None = None
    doubts: Sequence[str] = ()

    @property
    def is_certain(self) -> bool:
        return self.minutes is not None and not {"minutes", "day", "who"} & set(self.doubts)


@dataclass(frozen=True)
class Reader:
    """What a line is read with: the day of the mail, its writer's days and months, and whom she may name.

    ``names`` are first and whole names of those she mentors, folded, with the id of the pair; 0 for this pair's own two.
    ``asked_about`` is the day of the date that she was asked about: a line that names no day is about that one.
    """

    written_on: date
    words: DayWords
    names: Mapping[str, int] = field(default_factory=dict)
    asked_about: date | None = None


@dataclass
class _Found:
    """What one piece holds, and whether all of it was understood."""

    minutes: list[int] = field(default_factory=list)
    days: list[date | None] = field(default_factory=list)
    starts: list[time] = field(default_factory=list)
    modes: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    also: list[int] = field(default_factory=list)
    next_on: list[date | None] = field(default_factory=list)
    next_time: list[time] = field(default_factory=list)
    is_next: bool = False
    is_whole: bool = False
    # There was nothing in it but a greeting and little words.
    is_empty: bool = True


def read(text: str, reader: Reader) -> Read:
    """What these words say of a talk, for certain."""
    found = _Found()
    is_first, after_next = True, False
    for piece in pieces(text, reader.words):
        one = _piece(piece, reader, after_next)
        if one.is_whole or is_first or one.is_next:
            _add(found, one)
        after_next = one.is_whole and (one.is_next or (after_next and bool(one.next_time)))
        is_first = is_first and one.is_whole and one.is_empty
    return _settled(found, text, reader)


def _piece(piece: str, reader: Reader, after_next: bool) -> _Found:
    found, at = _Found(is_next=False), 0
    alone = bare_minutes(piece)
    if alone is not None:
        return _Found(minutes=[alone], is_whole=True, is_empty=False)
    while at < len(piece):
        length = _token(piece[at:], found, reader, after_next)
        if not length:
            return found
        at += length
        while at < len(piece) and piece[at] == " ":
            at += 1
    found.is_whole = True
    return found


def _token(rest: str, found: _Found, reader: Reader, after_next: bool) -> int:
    """Take what the rest of a piece begins with; the number of its letters, 0 for a word that means nothing here."""
    begins = NEXT.match(rest)
    if begins and not found.is_next:
        found.is_next, found.is_empty = True, False
        return len(begins[0].rstrip()) or len(begins[0])
    if found.is_next or after_next:
        length = _next_token(rest, found, reader)
    else:
        length = _when_token(rest, found, reader) or _how_token(rest, found, reader)
    if length:
        found.is_empty = False
        return length
    if rest.startswith("about ") and found.minutes:
        # What they talked about, not about how long.
        return 0
    filler = FILLER.match(rest)
    if filler and not (rest[0].isdigit()):
        return len(filler[0].rstrip()) or len(filler[0])
    bare = re.match(r"(\d{1,3})(?= |$)", rest)
    if bare and found.is_empty and _rest_is_known(rest[bare.end() :].strip(), reader):
        found.minutes.append(int(bare[1]))
        found.is_empty = False
        return bare.end()
    return 0


def _next_token(rest: str, found: _Found, reader: Reader) -> int:
    day = next_day_at(rest, reader.written_on, reader.words)
    if day:
        found.next_on.append(day.day)
        return day.length
    clock = time_at(rest, is_said=True)
    if clock:
        found.next_time.append(clock.at)
        return clock.length
    return 0


def _when_token(rest: str, found: _Found, reader: Reader) -> int:
    span = span_at(rest)
    if span:
        found.starts.append(span.start)
        found.minutes.append(span.minutes)
        return span.length
    length = minutes_at(rest)
    if length:
        found.minutes.append(length.minutes)
        return length.length
    day = day_at(rest, reader.written_on, reader.words)
    if day:
        found.days.append(day.day)
        return day.length
    clock = time_at(rest)
    if clock:
        found.starts.append(clock.at)
        return clock.length
    return 0


def _how_token(rest: str, found: _Found, reader: Reader) -> int:
    for known, into in ((KINDS, found.kinds), (MODES, found.modes)):
        for name, pattern in known:
            length = begins_with(pattern, rest)
            if length:
                into.append(name)
                return length
    for name in sorted(reader.names, key=len, reverse=True):
        if rest.startswith(name) and not rest[len(name) : len(name) + 1].isalnum():
            if reader.names[name]:
                found.also.append(reader.names[name])
            return len(name)
    return 0


def _rest_is_known(rest: str, reader: Reader) -> bool:
    """A number without a unit is minutes only where nothing strange follows it: "45 phone", not "2 lessons"."""
    if not rest:
        return True
    if not re.match(r"[a-z]", rest):
        return False
    one = _piece(rest, reader, after_next=False)
    return one.is_whole and not one.minutes


def _add(found: _Found, one: _Found) -> None:
    for name in ("minutes", "days", "starts", "modes", "kinds", "also", "next_on", "next_time"):
        getattr(found, name).extend(getattr(one, name))
    found.is_next = found.is_next or one.is_next


def _settled(found: _Found, text: str, reader: Reader) -> Read:
    """One value of each; two that differ are a doubt."""
    minutes, days, doubts = set(found.minutes), set(found.days), []
    guess = found.minutes[0] if minutes else said_anywhere(text)
    if len(minutes) != 1 or not LEAST <= min(minutes) <= MOST:
        doubts.append("minutes")
    if len(days) > 1 or None in days:
        doubts.append("day")
    if found.also and "group" not in found.kinds:
        doubts.append("who")
    nexts = set(found.next_on)
    if None in nexts or len(nexts) > 1 or (found.next_time and not nexts) or len(set(found.next_time)) > 1:
        doubts.append("next")
    day = next((one for one in found.days if one), None) or reader.asked_about or reader.written_on
    made = Read(
        day,
        start=found.starts[0] if len(set(found.starts)) == 1 else None,
        mode=found.modes[0] if found.modes else "",
        kind=found.kinds[0] if found.kinds else "one_to_one",
        also=tuple(dict.fromkeys(found.also)),
        guess=guess,
        doubts=doubts,
    )
    if "minutes" not in doubts:
        made = replace(made, minutes=min(minutes))
    if nexts and "next" not in doubts:
        made = replace(made, next_on=next(iter(nexts)), next_time=found.next_time[0] if found.next_time else None)
    return made
