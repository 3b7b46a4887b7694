"""How long, and from when: "3/4 h", "1h30", "an hour and a half", "15:45 to 16:30". Always at the beginning of a text."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from fractions import Fraction

WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "twenty-five": 25,
    "thirty": 30, "thirty-five": 35, "forty": 40, "forty-five": 45, "fifty": 50, "fifty-five": 55, "sixty": 60,
    "seventy-five": 75, "ninety": 90,
}  # fmt: skip
_WORD = "|".join(sorted(WORDS, key=len, reverse=True)).replace("-", "[ -]?")
_H, _M = r"(?:h|hrs?|hours?|std)\b\.?", r"(?:m|mins?|minutes?|minute|')(?![\w'])\.?"
_END = r"(?![\w:/])"
# Hours above this are an hour of the day: nobody talks for five hours, and writes "5:30".
LONGEST_CLOCK, LONGEST_SPAN = 4, 600
NOON_ON = 7

_HOURS_AND_MINUTES = re.compile(rf"(\d{{1,2}}) ?(?:h|hrs?|hours?)(?: and)? ?(\d{{1,2}})(?: ?{_M}|{_END})")
_HOURS = re.compile(
    rf"(\d{{1,2}}(?:[.,]\d{{1,2}})?|\d/\d|\d \d/\d|{_WORD}) ?(?:of an |an )?{_H}(?: and a (half|quarter))?"
)
_AND_A_HALF = re.compile(rf"(\d|{_WORD}) and a (half|quarter) {_H}")
_AN_HOUR = re.compile(rf"(?:an|a full|the) hour(?: and (?:a (half|quarter)|(\d{{1,2}}) ?{_M}))?\b")
_PART_OF_AN_HOUR = re.compile(r"(half(?: of)?(?: an)?|a half|(?:a )?quarter of an|three[ -]quarters of an) hour\b")
_MINUTES = re.compile(rf"(\d{{1,3}}|{_WORD}) ?{_M}")
_LENGTH_BY_CLOCK = re.compile(rf"(\d):([0-5]\d)(?: ?{_H})?(?! ?[ap]m)(?![\d-])")
_CLOCK = r"(\d{1,2})[:.h]([0-5]\d) ?([ap]m)?"
_SPAN = re.compile(rf"(?:from )?{_CLOCK}-{_CLOCK}(?!\d)")
_TIME = re.compile(rf"(at |from |@ ?)?(?:{_CLOCK}(?![\d:])|(\d{{1,2}}) ?([ap]m)\b|(noon)\b)(?: uhr| o'clock)?")
_PARTS = {"half": Fraction(1, 2), "quarter": Fraction(1, 4), "three": Fraction(3, 4)}
# A number with a unit after one of these words is likely how long they talked: a guess, for a person to look at.
_ANYWHERE = re.compile(r"(\d{1,3}) ?(?:mins?|minutes?)\b|(\d{1,2}(?:[.,]\d)?) ?(?:h|hrs?|hours?)\b", re.I)


@dataclass(frozen=True, slots=True)
class Length:
    minutes: int
    length: int


@dataclass(frozen=True, slots=True)
class Clock:
    at: time
    length: int


@dataclass(frozen=True, slots=True)
class Span:
    start: time
    minutes: int
    length: int


def minutes_at(text: str) -> Length | None:
    """How long, where the text begins with a length of time that has a unit."""
    known: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], int]], ...] = (
        (_HOURS_AND_MINUTES, lambda hit: int(hit[1]) * 60 + int(hit[2])),
        (_AND_A_HALF, lambda hit: int((_number(hit[1]) + _PARTS[hit[2]]) * 60)),
        (_AN_HOUR, lambda hit: 60 + (int(_PARTS[hit[1]] * 60) if hit[1] else int(hit[2] or 0))),
        (_PART_OF_AN_HOUR, lambda hit: int(_part_of(hit[1]) * 60)),
        (_HOURS, lambda hit: int((_number(hit[1]) + (_PARTS[hit[2]] if hit[2] else 0)) * 60)),
        (_MINUTES, lambda hit: int(_number(hit[1]))),
    )
    for pattern, count in known:
        hit = pattern.match(text)
        if hit:
            return Length(count(hit), hit.end())
    hit = _LENGTH_BY_CLOCK.match(text)
    if hit and int(hit[1]) <= LONGEST_CLOCK:
        return Length(int(hit[1]) * 60 + int(hit[2]), hit.end())
    return None


def bare_minutes(piece: str) -> int | None:
    """A piece that is nothing but a number: "45"."""
    return int(piece) if re.fullmatch(r"\d{1,3}", piece) else None


def span_at(text: str) -> Span | None:
    """From when to when: "15:45-16:30"; the end comes after the start, or it is nothing."""
    hit = _SPAN.match(text)
    if not hit:
        return None
    end = _clock(hit[4], hit[5], hit[6])
    # "11:30-12:15 pm": what is said of the end holds for the start where that makes a talk of it.
    for half in [hit[3]] if hit[3] else [hit[6], None, "am"]:
        start = _clock(hit[1], hit[2], half)
        if start is None or end is None:
            continue
        minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
        if 0 < minutes <= LONGEST_SPAN:
            return Span(start, minutes, hit.end())
    return None


def time_at(text: str, is_said: bool = False) -> Clock | None:
    """The hour of the day. A dotted one ("15.45") only after "at", or where an hour is expected (``is_said``)."""
    hit = _TIME.match(text)
    if not hit:
        return None
    if hit[7]:
        return Clock(time(12), hit.end())
    if hit[5]:
        at = _clock(hit[5], "00", hit[6])
    else:
        is_dotted = "." in hit[0] and ":" not in hit[0]
        if is_dotted and not (is_said or hit[1] or hit[4]):
            return None
        at = _clock(hit[2], hit[3], hit[4])
    return Clock(at, hit.end()) if at else None


def said_anywhere(text: str) -> int | None:
    """The one length of time that stands anywhere in a text, for a guess; None where there are none or several."""
    found = {int(hit[1]) if hit[1] else int(_number(hit[2]) * 60) for hit in _ANYWHERE.finditer(text[:4000])}
    return found.pop() if len(found) == 1 else None


def _clock(hour: str, minute: str, half: str | None) -> time | None:
    """An hour as teachers mean it: before seven without a.m. or p.m. is the afternoon."""
    hours = int(hour)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half == "pm" else 0)
    elif 1 <= hours < NOON_ON and len(hour) == 1:
        hours += 12
    return time(hours, int(minute)) if hours < 24 else None


def _number(said: str) -> Fraction:
    if " " in said and "/" in said:
        whole, part = said.split(" ")
        return Fraction(whole) + _fraction(part)
    if "/" in said:
        return _fraction(said)
    word = said.replace(" ", "-")
    if word in WORDS:
        return Fraction(WORDS[word])
    return (
        Fraction(said.replace(",", "."))
        if said[0].isdigit()
        else Fraction(WORDS.get(re.sub(r"ty(?=\w)", "ty-", word), 0))
    )


def _fraction(said: str) -> Fraction:
    above, below = said.split("/")
    return Fraction(int(above), int(below)) if int(below) else Fraction(0)


def _part_of(said: str) -> Fraction:
    return next(
        part
        for word, part in (("three", _PARTS["three"]), ("quarter", _PARTS["quarter"]), ("half", _PARTS["half"]))
        if word in said
    )
