"""Names and addresses as people write them: folding for comparison, sorting, initials."""

import re
import unicodedata

HONORIFICS = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "rev"}
SUFFIXES = {"jr", "sr", "ii", "iii", "iv", "phd", "edd", "med", "ma", "ba", "bsc", "msc"}


def fold_address(address: str) -> str:
    """An email address as it is compared: trimmed, lower case, normalised."""
    return unicodedata.normalize("NFKC", address).strip().casefold()


def fold_name(name: str) -> str:
    """A name as it is compared: no accents, titles, suffixes or punctuation, lower case, words in order."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    # Accents of Latin, Greek and Cyrillic letters go; the marks of other scripts are vowels and stay.
    plain = unicodedata.normalize("NFC", re.sub(r"[\u0300-\u036f'’ʼ]", "", plain))
    letters = "".join(one if unicodedata.category(one)[0] in "LNM" else " " for one in plain)
    words = letters.split()
    kept = [word for word in words if word not in HONORIFICS | SUFFIXES]
    return " ".join(kept or words) or name.strip().casefold()


def tidy_name(name: str) -> str:
    """A name as it is kept: single blanks, no control characters and nothing that turns the writing of a page round."""
    shown = "".join(one for one in name if one in "\t\n\r" or unicodedata.category(one) != "Cc")
    return " ".join(re.sub(r"[\u202a-\u202e\u2066-\u2069\ufeff]", "", shown).split())


def join_name(given: str, family: str) -> str:
    """One name of its parts, in the order of its script: Chinese, Japanese and Korean put the family first."""
    letters = given + family
    if given and family and all(_is_east_asian(letter) for letter in letters if letter.isalpha()):
        return f"{family} {given}" if " " in letters else f"{family}{given}"
    return f"{given} {family}".strip()


def turn_name(name: str) -> str:
    """ "Quarrie, Ines" as "Ines Quarrie"; "Joe Field, Jr." and names without a comma stay as they are."""
    family, comma, given = (part.strip() for part in name.partition(","))
    if not comma or not given or "," in given or given.strip(".").casefold() in SUFFIXES:
        return name
    return f"{given} {family}"


def may_be_one(name: str, other: str) -> bool:
    """Whether two names at one address can be one person: middle names and initials do not matter."""
    mine, hers = fold_name(name).split(), fold_name(other).split()
    if mine == hers or mine[-1] != hers[-1] or len(mine) < 2 or len(hers) < 2:
        return mine == hers
    first, second = sorted((mine[0], hers[0]), key=len)
    return first == second or (len(first) == 1 and second.startswith(first))


def _is_east_asian(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL"))


def sort_name(name: str) -> str:
    """The name as a list sorts it: the last word first ("Quarrie, Ines"), a single word as it is."""
    words = name.split()
    while len(words) > 2 and words[-1].strip(".,").casefold() in SUFFIXES:
        words.pop()
    while len(words) > 2 and words[0].strip(".").casefold() in HONORIFICS:
        words.pop(0)
    if len(words) < 2:
        return name
    return f"{words[-1]}, {' '.join(words[:-1])}"


def initials(name: str) -> str:
    """One or two letters for the circle beside what somebody wrote."""
    words = [word for word in name.split() if word and word.strip(".").casefold() not in HONORIFICS]
    letters = [word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words[:1])]
    return "".join(letters).upper() or "?"
