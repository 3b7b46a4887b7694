"""What a chart of pairs is drawn from: its rows, how their values are written, and the round numbers of its grid."""

from dataclasses import dataclass

from babel.numbers import format_decimal
from flask_babel import get_locale
from flask_babel import gettext as _

MOST_TICKS = 4

Value = float | int | None


@dataclass(frozen=True)
class Pair:
    """One row of the chart: two values, and how each is written at the end of its bar.

    A value of None draws no bar; its text says why ("under 5"). ``is_unfinished`` draws both in pencil.
    """

    label: object
    values: tuple[Value, Value]
    is_unfinished: bool = False
    texts: tuple[object | None, object | None] = (None, None)


def written(pair: Pair) -> tuple[str, str]:
    """What stands at the end of each bar; the first of an unfinished row says "so far"."""
    first, second = (
        in_digits(value) if text is None and value is not None else str(text or "")
        for value, text in zip(pair.values, pair.texts, strict=True)
    )
    if pair.is_unfinished and first and pair.texts[0] is None:
        first = _("%(number)s so far", number=first)
    return first, second


def in_digits(value: float) -> str:
    return format_decimal(value, "#,##0.#", locale=get_locale() or "en")


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def round_step(largest: float) -> float:
    """A round distance between grid lines: 1, 2, 5 and their tens, at most four of them."""
    ten = 1.0
    while largest > MOST_TICKS * 5 * ten:
        ten *= 10
    return next(number * ten for number in (1, 2, 5) if largest <= MOST_TICKS * number * ten)
