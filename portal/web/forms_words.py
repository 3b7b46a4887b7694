"""What a form says where a field has no sentence of its own: the form library's general ones, in the portal's words."""

from flask_babel import lazy_gettext as _l
from flask_wtf.i18n import Translations

_CHOOSE = _l("Choose one from the list.")
_NUMBER = _l("Type a number.")
# Written by a picker; whoever has none types it so.
_DAY = _l("Type the day like this: 2026-11-19.")
GENERAL = {
    "Not a valid choice.": _CHOOSE,
    "Invalid Choice: could not coerce.": _CHOOSE,
    "Invalid choice(s): one or more data inputs could not be coerced.": _CHOOSE,
    "'%(value)s' is not a valid choice for this field.": _CHOOSE,
    "Not a valid integer value.": _l("Type a whole number."),
    "Not a valid decimal value.": _NUMBER,
    "Not a valid float value.": _NUMBER,
    "Not a valid date value.": _DAY,
    "Not a valid datetime value.": _l("Type the day and the time like this: 2026-11-19 15:45."),
    "Not a valid time value.": _l("Type the time like this: 15:45."),
    "This field is required.": _l("This is needed."),
}


class Words(Translations):  # type: ignore[misc]
    """Asked by every field for its general sentences; what is not known here comes from the library's own translations."""

    def gettext(self, string: str) -> str:
        return str(GENERAL[string]) if string in GENERAL else str(super().gettext(string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return str(GENERAL[singular]) if singular in GENERAL else str(super().ngettext(singular, plural, n))


WORDS = Words()


def is_general(sentence: object) -> bool:
    """Whether a field said this for want of a sentence of its own."""
    return str(sentence) in {str(words) for words in GENERAL.values()}
