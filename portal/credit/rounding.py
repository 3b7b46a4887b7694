"""From minutes to what they are worth: whole steps, always rounded down, and the amount in words.

Plain functions. A paper never says more than somebody was there for, so nothing in here is ever rounded up.
"""

from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from typing import Any, Protocol

from babel import Locale
from babel.numbers import format_decimal

SIGNS = {Fraction(0): "", Fraction(1, 4): "¼", Fraction(1, 2): "½", Fraction(3, 4): "¾"}
# Quarters are written as signs up to this length of a unit. What is longer (a CEU of ten hours) is written in decimals.
AN_HOUR = 60
CENT = Decimal("0.01")


class Unit(Protocol):
    """What in_words needs of a kind of credit: its row, or whatever carries the same three."""

    @property
    def unit(self) -> str: ...
    @property
    def units(self) -> str: ...
    @property
    def minutes_a_unit(self) -> int: ...


def credited(minutes: int, round_to: int) -> int:
    """Minutes rounded down to whole steps of ``round_to`` minutes: 104 in quarter hours are 90.

    Raises ValueError for a step that is none.
    """
    if round_to <= 0:
        raise ValueError(round_to)
    return max(minutes, 0) // round_to * round_to


def amount(minutes: int, minutes_a_unit: int) -> Fraction:
    """How many units those minutes are, exactly: 90 of 60 are 3/2. Raises ValueError for a unit without length."""
    if minutes_a_unit <= 0:
        raise ValueError(minutes_a_unit)
    return Fraction(minutes, minutes_a_unit)


def figure(minutes: int, minutes_a_unit: int, locale: str) -> str:
    """The amount as a figure: 1½, 0.15, 12. Two decimals at most, cut and not rounded: 100 minutes are 1.66 hours."""
    exact = amount(minutes, minutes_a_unit)
    whole, part = divmod(exact, 1)
    if minutes_a_unit <= AN_HOUR and part in SIGNS:
        sign = SIGNS[part]
        return sign if sign and not whole else f"{format_decimal(int(whole), locale=locale)}{sign}"
    decimals = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(CENT, ROUND_DOWN)
    return str(format_decimal(decimals.normalize(), locale=locale))


def in_words(kind: Unit | Mapping[str, Any], minutes: int, locale: str = "en_GB", category: str = "") -> str:
    """ "1½ STEM clock hours", "0.15 CEU", "1 PDU": the figure, the category where there is one, the unit.

    ``kind`` is a kind of credit, or a mapping with ``unit``, ``units`` and ``minutes_a_unit`` (what a certificate keeps).
    """
    of = (
        dict(kind)
        if isinstance(kind, Mapping)
        else {key: getattr(kind, key) for key in ("unit", "units", "minutes_a_unit")}
    )
    named = of["unit"] if _is_one(amount(minutes, of["minutes_a_unit"]), locale) else of["units"]
    return " ".join(filter(None, (figure(minutes, of["minutes_a_unit"], locale), category, named)))


def _is_one(exact: Fraction, locale: str) -> bool:
    """Up to one whole unit is said in the singular; beyond that as the language does (French says 1½ heure)."""
    return 0 < exact <= 1 or bool(Locale.parse(locale).plural_form(float(exact)) == "one")
