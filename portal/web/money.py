"""Money: whole numbers of the smallest unit of a currency, read from what people type and said in their language."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, get_currency_precision, get_currency_symbol, get_territory_currencies
from flask_babel import gettext as _

from portal.web.languages import spoken
from portal.web.tables_dates import Unreadable
from portal.web.tables_numbers import read_decimal

# Offered beside the network's own. Any other that stands there already is offered too.
OFFERED = (
    "EUR",
    "USD",
    "GBP",
    "CAD",
    "AUD",
    "NZD",
    "CHF",
    "SEK",
    "NOK",
    "DKK",
    "PLN",
    "ZAR",
    "INR",
    "KES",
    "NGN",
    "JPY",
)
ELSEWHERE = "EUR"
# Ten million pounds; what is more was typed by mistake. Fits into every database's integers.
MOST = 10_000_000_00


def usual_currency(locale: str) -> str:
    """The money of the country that a locale names: GBP of en_GB, USD of en_US, EUR where it names none."""
    try:
        territory = Locale.parse(locale).territory
    except (UnknownLocaleError, ValueError):
        return ELSEWHERE
    found = get_territory_currencies(territory) if territory else []
    return str(found[0]) if found else ELSEWHERE


def currencies(first: str, also: Iterable[str] = ()) -> list[tuple[str, str]]:
    """(code, "Pound sterling (GBP)") of those offered, the usual one first."""
    codes = dict.fromkeys((first, *OFFERED, *(code for code in also if code)))
    names = spoken().currencies
    return [(code, f"{names.get(code, code)} ({code})") for code in codes]


def amount_typed(text: str, currency: str) -> int:
    """The amount in the smallest unit: 12.50, 12,50 and £12.50 are 1250 pence. Raises Unreadable with a sentence.

    A sign of another currency than the chosen one is asked about rather than guessed.
    """
    typed = _without_own_sign(text, currency)
    exact = read_decimal(typed)
    if exact < 0:
        raise Unreadable(_("An amount is 0 or more. What somebody paid back makes the line smaller."))
    places = get_currency_precision(currency)
    smallest = exact.scaleb(places)
    if smallest != smallest.to_integral_value(ROUND_HALF_UP):
        raise Unreadable(
            _("“%(text)s” is finer than the smallest coin: %(most)s decimals.", text=text.strip()[:20], most=places)
        )
    if smallest > MOST:
        raise Unreadable(
            _("“%(text)s” is more than anything here costs. Look at it once more.", text=text.strip()[:20])
        )
    return int(smallest)


def in_words(amount: int, currency: str) -> str:
    """£12.50, in the language of this page."""
    return str(format_currency(exactly(amount, currency), currency, locale=spoken()))


def exactly(amount: int, currency: str) -> Decimal:
    """The amount in whole units, for a cell of a spreadsheet or a field: 12.50."""
    return Decimal(amount).scaleb(-get_currency_precision(currency))


def _without_own_sign(text: str, currency: str) -> str:
    typed = text.strip()
    for sign in {get_currency_symbol(currency, locale=spoken()), currency, *_SIGNS.get(currency, ())}:
        typed = typed.removeprefix(sign).removesuffix(sign).strip()
    for other, signs in _SIGNS.items():
        if any(sign in typed for sign in (*signs, other)):
            raise Unreadable(
                _("“%(text)s” is not in %(currency)s. Choose its currency.", text=text[:20], currency=currency)
            )
    return typed


# Dollars share their sign.
_SIGNS = {"GBP": ("£",), "EUR": ("€",), "JPY": ("¥",)} | dict.fromkeys(("USD", "CAD", "AUD", "NZD"), ("$",))
