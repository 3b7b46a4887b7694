"""Names of organisations as they are compared, and the cells of a directory as plain values."""

import re
import unicodedata
from functools import lru_cache

# What directories write where they know nothing.
NOTHING = {"", "na", "n/a", "no data", "not applicable", "null", "none", "unknown", "†", "‡", "–", "—", "-", ".", "?"}
# Words that tell two schools of one place apart only together with the rest.
COMMON = {
    "the",
    "of",
    "and",
    "school",
    "schools",
    "academy",
    "primary",
    "first",
    "junior",
    "infant",
    "infants",
    "nursery",
    "high",
}
GRADES = {"kg": "K", "k": "K", "pk": "PK", "prek": "PK", "n": "", "ug": "", "ae": ""}


def cell(text: str) -> str:
    """A cell without the marks that mean "nothing", and with single blanks."""
    tidy = " ".join(text.split())
    return "" if tidy.casefold() in NOTHING else tidy


@lru_cache(20_000)
def fold_organisation(name: str) -> str:
    """A name as it is compared and sorted: no accents or punctuation, lower case, "&" is "and"."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ")).casefold()
    plain = re.sub(r"[\u0300-\u036f'’ʼ`]", "", plain)
    if plain.isascii():
        return " ".join(re.findall(r"[^\W_]+", plain)) or name.strip().casefold()
    letters = "".join(one if _is_letter(one) else " " for one in unicodedata.normalize("NFC", plain))
    return " ".join(letters.split()) or name.strip().casefold()


def _is_letter(character: str) -> bool:
    # Marks belong to letters: in many scripts a vowel is one.
    return unicodedata.category(character)[0] in "LNM"


@lru_cache(20_000)
def core_of(name: str) -> str:
    """What is left of a name without the words that many schools share, for finding what may be the same."""
    words = fold_organisation(name).split()
    return " ".join(word for word in words if word not in COMMON) or " ".join(words)


def whole_number(text: str) -> int | None:
    """ "159.00000" and "1,204" as 159 and 1204; None for an empty cell. Raises ValueError."""
    tidy = cell(text).replace(",", "").replace(" ", "")
    if not tidy:
        return None
    number = float(tidy)
    if number != int(number) or not 0 <= number < 10_000_000:
        raise ValueError(text)
    return int(number)


def degrees(text: str, most: int) -> float | None:
    """A latitude (most 90) or longitude (most 180); None for an empty cell. Raises ValueError."""
    tidy = cell(text)
    if not tidy:
        return None
    number = float(tidy)
    if not -most <= number <= most:
        raise ValueError(text)
    return number


def postcode(text: str) -> str:
    """A postal code as it is written: the nine glued digits of the United States get their dash."""
    tidy = cell(text)
    if tidy.isdecimal() and len(tidy) == 9:
        return f"{tidy[:5]}-{tidy[5:]}"
    return "" if len(tidy) < 2 else tidy


def phase(printed: str, low: str, high: str) -> str:
    """The phase as printed, else the lowest and highest grade or age: "Primary", "6–12", "K–5"."""
    if cell(printed):
        return cell(printed)
    ends = [_grade(low), _grade(high)]
    known = [end for end in ends if end]
    return "–".join(dict.fromkeys(known))


def _grade(text: str) -> str:
    tidy = cell(text)
    return GRADES.get(tidy.casefold(), tidy.lstrip("0"))
