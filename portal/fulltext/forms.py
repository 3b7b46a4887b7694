"""The forms of one English word, as FTS5 phrases: a plural finds its singular, "coding" finds "code" and "codes".

Words of other languages are found as they are written and by their beginnings. Nothing here knows what a word means.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from portal.fulltext.words import BEGINNING, fold, singular

# They say how somebody asks, not what for. Looked for only where nothing else was typed.
WEAK = frozenset(
    "a about activities activity all am an and any are as at be but by can class classroom do does for free from get good "
    "have how i idea ideas in into is it its lesson lessons like make me my need of on or our pack packs please resource "
    "resources some something teach teaching than that the their them this to topic up use used using want we what "
    "when which who why will with work works worksheet worksheets you your".split()
)
_VOWEL = re.compile("[aeiouy]")
_SIBILANT = re.compile("(?:s|x|z|ch|sh)es$")


def tokens(text: str) -> list[str]:
    """The words of a text as the index cuts them: ``D&T`` is ``d`` and ``t``."""
    return re.findall(r"[^\W_]+", fold(text))


@lru_cache(4096)
def key(text: str) -> str:
    """A word or phrase as it is compared with others: folded, each of its words by its singular."""
    return " ".join(_one(token) for token in tokens(text))


def phrase(text: str, is_beginning: bool = False) -> str:
    """One quoted phrase; with ``is_beginning`` its last word also finds longer ones."""
    quoted = text.replace('"', '""')
    return f'"{quoted}"' + (" *" if is_beginning else "")


def forms(word: str, is_last: bool = False) -> list[str]:
    """Everything that counts as the word, what was typed first."""
    stem = singular(word)
    beginning = len(stem) >= BEGINNING or stem != word or (is_last and len(stem) >= 2)
    found = [phrase(stem, beginning)]
    low = fold(word)
    if word.isascii() and low.isalpha():
        found += [phrase(form, len(form) >= least) for form, least in _inflected(low)]
    return list(dict.fromkeys(found))


def _one(token: str) -> str:
    if token.endswith("ies") and len(token) > 4:
        return token[:-3] + "y"
    return token[:-2] if _SIBILANT.search(token) and len(token) > 4 else singular(token)


def _inflected(word: str) -> Iterator[tuple[str, int]]:
    """Other forms, each with the length from which its longer forms count too."""
    if word.endswith("ies") and len(word) > 4:
        yield word[:-3] + "y", 5
    if _SIBILANT.search(word) and len(word) > 4:
        yield word[:-2], BEGINNING
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3 and _VOWEL.search(stem):
            yield stem, BEGINNING
            yield stem + "e", 5
            yield stem + "es", 20
            if stem[-1] == stem[-2]:
                yield stem[:-1], BEGINNING
    if word.endswith("e") and len(word) >= BEGINNING:
        yield word[:-1] + "ing", 20
