"""Dates as people type them. What could be read in two ways is refused with both readings, never guessed."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from babel.dates import format_date, get_month_names
from flask_babel import get_locale
from flask_babel import gettext as _

from portal.web.tables_times import Unreadable, read_time

__all__ = ["DateOrder", "Unreadable", "guess_date_order", "read_date", "read_time"]

DateOrder = Literal["dmy", "mdy", "ymd"]

_PARTS: dict[DateOrder, tuple[int, int, int]] = {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2)}
_NUMBERS = re.compile(r"(\d{1,4})\s*[./\-\s]\s*(\d{1,2})\s*[./\-\s]\s*(\d{1,4})\.?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_CLOCK = re.compile(
    r"[T ,]+(?:at\s+)?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?(?:Z|[+-]\d{2}:?\d{2})?$", re.I
)
_SERIAL = re.compile(r"[1-9]\d{4}(?:\.\d+)?")
# Excel counts days from here (its leap day of 1900 never was).
EXCEL_START = date(1899, 12, 30)
# A two-digit year below this belongs to our century.
CENTURY_TURNS = 69


def read_date(text: str, order: DateOrder | None = None, locale: str = "en") -> date:
    """A day: 2026-11-19, 19/11/2026, 19 Nov 2026, November 19, 2026, or an Excel serial number; a time after it is ignored.

    ``order`` settles 1/2/2026; without it such a date raises ``Unreadable``, as does anything that is no date.
    """
    text = text.strip()
    bare = _CLOCK.sub("", text)
    if _SERIAL.fullmatch(bare):
        return EXCEL_START + timedelta(days=int(bare.split(".")[0]))
    if numbers := _COMPACT.fullmatch(bare) or _NUMBERS.fullmatch(bare):
        return _from_numbers(text, (numbers[1], numbers[2], numbers[3]), order)
    return _from_words(text, bare, locale)


def _from_numbers(text: str, parts: tuple[str, str, str], order: DateOrder | None) -> date:
    readings = {way: found for way in _orders(parts, order) if (found := _built(parts, way))}
    if not readings:
        raise _no_date(text)
    if len(set(readings.values())) > 1:
        first, second = (
            format_date(found, "d MMMM", locale=get_locale() or "en") for found in sorted(set(readings.values()))
        )
        sentence = _(
            "%(text)s could be %(first)s or %(second)s. Write the month as a word.",
            text=text,
            first=first,
            second=second,
        )
        raise Unreadable(sentence)
    return next(iter(readings.values()))


def _orders(parts: tuple[str, str, str], order: DateOrder | None) -> list[DateOrder]:
    """A year of four digits that stands first says itself that it is the year."""
    if len(parts[0]) > 2:
        return ["ymd"]
    if order and not (order == "ymd" and len(parts[2]) > 2):
        return [order]
    return ["dmy", "mdy"]


def _built(parts: tuple[str, str, str], way: DateOrder) -> date | None:
    year, month, day = (parts[place] for place in _PARTS[way])
    try:
        return date(_full_year(year), int(month), int(day))
    except ValueError:
        return None


def _full_year(year: str) -> int:
    number = int(year)
    if len(year) > 2:
        return number
    return number + (2000 if number < CENTURY_TURNS else 1900)


def _from_words(text: str, bare: str, locale: str) -> date:
    months = _month_names(locale)
    numbers: list[str] = []
    month = 0
    for word in _WORDS.findall(bare):
        if word.isdigit():
            numbers.append(word)
        elif not month:
            month = months.get(word.casefold(), 0)
    if not month or len(numbers) != 2:
        raise _no_date(text)
    year, day = numbers if len(numbers[0]) > 2 else reversed(numbers)
    try:
        return date(_full_year(year), month, int(day))
    except ValueError:
        raise _no_date(text) from None


@lru_cache
def _month_names(locale: str) -> dict[str, int]:
    """Names and short names in English, then in the language asked for; "sept" is what people write."""
    names = {"sept": 9}
    for language in ("en", locale):
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language.replace("-", "_")).items():
                names[name.casefold().rstrip(".")] = number
    return names


def _no_date(text: str) -> Unreadable:
    return Unreadable(
        _("“%(text)s” is not a date that we can read. Write it like 19 November 2026.", text=text.strip())
    )


def guess_date_order(values: Iterable[str]) -> DateOrder | Literal["ambiguous"]:
    """The one order in which a whole column of numeric dates can be read; ``ambiguous`` when both or none can.

    Dates with the month in words or the year first say nothing, so a column of nothing else is ``ymd``.
    """
    possible: set[DateOrder] = {"dmy", "mdy"}
    seen = False
    for value in values:
        numbers = _NUMBERS.fullmatch(_CLOCK.sub("", value.strip()))
        if not numbers or len(numbers[1]) > 2:
            continue
        seen = True
        parts = (numbers[1], numbers[2], numbers[3])
        possible = {way for way in possible if _built(parts, way)}
    if not seen:
        return "ymd"
    return possible.pop() if len(possible) == 1 else "ambiguous"
