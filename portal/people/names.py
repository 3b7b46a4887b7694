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
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = re.findall(r"\w+", plain)
    kept = [word for word in words if word not in HONORIFICS | SUFFIXES]
    return " ".join(kept or words)


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
