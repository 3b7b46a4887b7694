"""Which day: "yesterday", "6 Nov", "11/6" as its reader writes dates, "Tuesday". Always at the beginning of a text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from babel.core import Locale
from babel.dates import get_day_names, get_month_names

from portal.web.day_fields import FIRST_YEAR, LAST_YEAR

# A day without its year that lies further ahead than this was one of the last year.
AHEAD = timedelta(days=180)
BACK = {
    "today": 0,
    "tonight": 0,
    "yesterday": 1,
    "the day before yesterday": 2,
    "day before yesterday": 2,
    "last night": 1,
}
_BACK = re.compile(
    rf"(?:{'|'.join(sorted(BACK, key=len, reverse=True))}|this (?:morning|afternoon|evening|lunch(?:time)?))\b"
    r"(?: (?:morning|afternoon|evening|lunch(?:time)?))?"
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\b")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\d/])(?! ?(?:of an )?h)")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})?(?!\d)")


@dataclass(frozen=True)
class DayWords:
    """How its writer calls days and months, folded: number of the month, or of the weekday (Monday is 0)."""

    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    month_first: bool = False
    # Made once for each language.
    named: re.Pattern[str] = field(compare=False, default=re.compile(r"(?!)"))
    named_month_first: re.Pattern[str] = field(compare=False, default=re.compile(r"(?!)"))
    weekday: re.Pattern[str] = field(compare=False, default=re.compile(r"(?!)"))


@dataclass(frozen=True, slots=True)
class Day:
    """A day and how many letters say it; no day (None) where they contradict each other."""

    day: date | None
    length: int


@cache
def day_words(locale: str) -> DayWords:
    """English, and the language of the reader."""
    weekdays, months = {}, {}
    spoken = Locale.parse(locale.replace("-", "_"))
    for language in {Locale("en"), Locale(spoken.language), spoken}:
        for width in ("wide", "abbreviated"):
            for number, name in get_day_names(width, locale=language).items():
                weekdays[_plain(name)] = number
            for number, name in get_month_names(width, locale=language).items():
                months[_plain(name)] = number
    weekdays |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
    months |= {"sept": 9}
    return _with_patterns(weekdays, months, spoken.territory == "US")


def _with_patterns(weekdays: Mapping[str, int], months: Mapping[str, int], month_first: bool) -> DayWords:
    day, month = _any(weekdays), _any(months)
    lead = rf"(?:on )?(?:(?P<weekday>{day})\b,? ?)?(?:the )?"
    number, year = r"(?P<number>\d{1,2})(?:st|nd|rd|th)?\.?", r"(?:,? (?P<year>20\d\d))?(?!\d)"
    return DayWords(
        weekdays,
        months,
        month_first,
        re.compile(rf"{lead}{number} ?(?:of )?(?P<month>{month})\b{year}"),
        re.compile(rf"{lead}(?P<month>{month}) {number}{year}(?![:h\d])(?! ?(?:min|m\b|h\b))"),
        re.compile(
            rf"(?:on )?(?:(?P<lead>last|this) )?(?P<weekday>{day})\b(?!')(?: (?:morning|afternoon|evening|lunch(?:time)?))?"
        ),
    )


def day_at(text: str, written_on: date, words: DayWords) -> Day | None:
    """The day of a talk: the last such day up to the day of the mail."""
    hit = _BACK.match(text)
    if hit:
        back = next((days for name, days in BACK.items() if hit[0].startswith(name)), 0)
        return Day(written_on - timedelta(days=back), hit.end())
    found = _dated(text, written_on, words)
    if found:
        return found
    hit = words.weekday.match(text)
    if not hit:
        return None
    back = (written_on.weekday() - words.weekdays[hit["weekday"]]) % 7
    return Day(written_on - timedelta(days=back or (7 if hit["lead"] == "last" else 0)), hit.end())


def next_day_at(text: str, written_on: date, words: DayWords) -> Day | None:
    """A next date: the first such day after the day of the mail."""
    hit = re.match(r"(?:on )?tomorrow\b", text)
    if hit:
        return Day(written_on + timedelta(days=1), hit.end())
    found = _dated(text, written_on, words, is_ahead=True)
    if found:
        return found
    hit = re.match(r"(?:on )?week\b ?(?:on )?", text) or re.match(r"next week\b ?(?:on )?", text)
    monday = written_on + timedelta(days=7 - written_on.weekday())
    if hit:
        day = words.weekday.match(text[hit.end() :])
        at = monday + timedelta(days=words.weekdays[day["weekday"]]) if day else None
        return Day(at, hit.end() + (day.end() if day else 0))
    hit = words.weekday.match(text)
    if not hit:
        return None
    ahead = (words.weekdays[hit["weekday"]] - written_on.weekday()) % 7
    return Day(written_on + timedelta(days=ahead or 7), hit.end())


def _dated(text: str, written_on: date, words: DayWords, is_ahead: bool = False) -> Day | None:
    """A day by its number and month. Where a weekday is said too and is not that day's, it is no day."""
    rest, weekday = text, None
    lead = words.weekday.match(text)
    if lead and re.match(r"\d", text[lead.end() :].lstrip(" ,")):
        weekday, rest = words.weekdays[lead["weekday"]], text[lead.end() :].lstrip(" ,")
    skipped = len(text) - len(rest)
    hit = words.named.match(text) or words.named_month_first.match(text)
    if hit:
        said = hit["weekday"]
        weekday = words.weekdays[said] if said else None
        year = int(hit["year"]) if hit["year"] else None
        return Day(_day(year, words.months[hit["month"]], int(hit["number"]), written_on, is_ahead, weekday), hit.end())
    hit = _ISO.match(rest)
    if hit:
        return Day(_day(int(hit[1]), int(hit[2]), int(hit[3]), written_on, is_ahead, weekday), skipped + hit.end())
    hit = _DOTTED.match(rest)
    if hit:
        return Day(_day(_year(hit[3]), int(hit[2]), int(hit[1]), written_on, is_ahead, weekday), skipped + hit.end())
    hit = _SLASHED.match(rest)
    if hit:
        number, month = (int(hit[2]), int(hit[1])) if words.month_first else (int(hit[1]), int(hit[2]))
        if month > 12 >= number:
            number, month = month, number
        return Day(_day(_year(hit[3]), month, number, written_on, is_ahead, weekday), skipped + hit.end())
    return None


def _day(year: int | None, month: int, number: int, near: date, is_ahead: bool, weekday: int | None) -> date | None:
    """That day; without a year the one nearest to the mail, a next date always ahead of it."""
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        found = date(year or near.year, month, number)
        if year is None and is_ahead and found < near:
            found = found.replace(year=found.year + 1)
        if year is None and not is_ahead and found > near + AHEAD:
            found = found.replace(year=found.year - 1)
    except ValueError:
        return None
    return found if weekday is None or found.weekday() == weekday else None


def _year(said: str | None) -> int | None:
    if said is None:
        return None
    return int(said) if len(said) > 2 else 2000 + int(said)


def _plain(name: str) -> str:
    return name.casefold().rstrip(".")


def _any(names: Mapping[str, int]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))
