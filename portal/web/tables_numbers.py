"""Numbers and lengths of time as people type them: 1,200 and 1 200, ½ and 0,5, 90 and 1h30."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Literal

from flask_babel import gettext as _

from portal.web.tables_dates import Unreadable

# A gap or an apostrophe counts only where it parts thousands: "10 12" is two numbers, not one.
_GAPS = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([,.])\d{3})(?:\1\d{3})*")
_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d*)?|[+-]?[.,]\d+")
_BOTH = re.compile(r"[+-]?\d{1,3}(?:(?:,\d{3})+\.\d+|(?:\.\d{3})+,\d+)")
_FRACTIONS = {"¼": "25", "½": "5", "¾": "75"}
_CURRENCY = "£$€"
MOST_DIGITS = 18


class TwoWays(Unreadable):
    """Both thousands and a fraction: nobody but the writer knows."""


def read_int(text: str) -> int:
    """A whole number: 24, 1,200, 1 200, 24.0. Raises ``Unreadable``."""
    try:
        number = read_decimal(text)
    except TwoWays:
        raise
    except Unreadable:
        number = None
    if number is None or number != number.to_integral_value():
        raise Unreadable(_("“%(text)s” is not a whole number. Write it like 24.", text=text.strip()))
    return int(number)


def read_decimal(text: str, point: Literal[".", ","] | None = None) -> Decimal:
    """A number: 0.5, 0,5, 1½, 1,234.50, 1.234,50, £12. ``point`` says which sign starts the fraction, where that is known.

    Without it a comma before three digits parts thousands, and 1.000 and 1.234 raise ``TwoWays``: half the world reads
    them as thousands and half as fractions. Anything that is no number raises ``Unreadable``.
    """
    typed = _plain_digits(text)
    if point:
        typed = typed.replace("." if point == "," else ",", "").replace(point, ".")
    if point and _PLAIN.fullmatch(typed):
        return Decimal(typed)
    if _BOTH.fullmatch(typed):
        comma_last = typed.rfind(",") > typed.rfind(".")
        typed = typed.replace(".", "").replace(",", ".") if comma_last else typed.replace(",", "")
    elif grouped := _GROUPED.fullmatch(typed):
        if grouped[1] == "." and typed.count(".") == 1 and not typed.lstrip("+-").startswith("0"):
            raise _two_ways(text.strip(), typed)
        typed = typed.replace(",", "") if grouped[1] == "," else _dots(typed)
    elif not _PLAIN.fullmatch(typed):
        raise _no_number(text)
    try:
        return Decimal(typed.replace(",", "."))
    except InvalidOperation:
        raise _no_number(text) from None


def _dots(typed: str) -> str:
    return typed if typed.count(".") == 1 else typed.replace(".", "")


def _plain_digits(text: str) -> str:
    """The typed number in digits 0 to 9, whatever script it came in, without spaces and signs of currency."""
    typed = text.strip().strip(_CURRENCY)
    for sign, decimals in _FRACTIONS.items():
        if typed.endswith(sign):
            typed = f"{typed[:-1].strip() or '0'}.{decimals}"
    typed = _GAPS.sub("", typed.strip()).replace("−", "-").replace("٫", ".").replace("٬", ",")
    digits = "".join(
        str(unicodedata.digit(sign, None) if sign.isdigit() and sign.isdecimal() else sign) for sign in typed
    )
    if sum(sign.isdigit() for sign in digits) > MOST_DIGITS:
        raise _no_number(text)
    return digits


def _no_number(text: str) -> Unreadable:
    return Unreadable(_("“%(text)s” is not a number. Write it like 24 or 2.5.", text=text.strip()[:40]))


def _two_ways(text: str, typed: str) -> TwoWays:
    whole = typed.replace(".", "")
    return TwoWays(
        _("“%(text)s” could mean %(whole)s or a fraction. Write it without the point.", text=text, whole=whole)
    )


_HOURS = r"(?:hours?|hrs?|h|std\.?)"
_MINUTES = r"(?:minutes?|mins?|m|')"
_LENGTHS = (
    re.compile(rf"(?P<h>\d{{1,3}}(?:[.,]\d+)?|\d{{0,3}}\s?[¼½¾])\s*{_HOURS}", re.I),
    re.compile(rf"(?P<h>\d{{1,3}})\s*{_HOURS}\s*(?:and\s*)?(?P<m>\d{{1,2}})\s*{_MINUTES}?", re.I),
    re.compile(r"(?P<h>\d{1,3}):(?P<m>[0-5]\d)(?::00)?"),
    re.compile(rf"(?P<m>\d{{1,5}})(?:\.0+)?\s*{_MINUTES}?", re.I),
)


def read_minutes(text: str) -> int:
    """A length of time in whole minutes: 45, 45 min, 1h30, 1:30, 1.5 h, 1½ hours. Raises ``Unreadable``."""
    typed = text.strip()
    for pattern in _LENGTHS:
        if found := pattern.fullmatch(typed):
            parts = found.groupdict()
            hours = read_decimal(parts["h"]) if parts.get("h") else Decimal(0)
            return round(hours * 60) + int(parts.get("m") or 0)
    raise Unreadable(_("“%(text)s” is not a length of time. Write it like 45, 1h30 or 1:30.", text=typed[:40]))
