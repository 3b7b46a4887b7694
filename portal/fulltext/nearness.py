"""The word that somebody meant: the nearest of those that an index has, or two that she typed as one."""

from datetime import datetime, timedelta

from rapidfuzz import process
from rapidfuzz.distance import OSA

from portal.fulltext.fts import words_in
from portal.fulltext.words import fold
from portal.web import clock

# The words of each index, and which state of it they are from: a few ten thousand short strings.
_known: dict[str, tuple[bytes, datetime, dict[str, int]]] = {}
# So many words take a tenth of a second to read: where there are more, they may be a little behind.
MANY = 5000
BEHIND = timedelta(minutes=10)
CANDIDATES = 4
SHORTEST = 4
PIECE = 3
PIECES = 3


def near(kind: str, words: list[str], stamp: bytes) -> dict[str, list[str]]:
    """For each mistyped word what may be meant, the likeliest first. None of it is checked against who may see what.

    Up to five letters one may be wrong, up to eight two, beyond that three (a letter too many, one missing, another one,
    or two that changed places). Of words at the same distance one with the same beginning, then the commoner, is likelier.
    Words with digits are left alone. ``stamp`` (``fts.ids_matching``) tells whether the words must be read anew: one query.
    """
    mendable = [word for word in words if len(word) >= SHORTEST and fold(word).isalpha()]
    if not mendable:
        return {}
    known = _words(kind, stamp)
    found = {word: [*_apart(fold(word), known), *_nearest(fold(word), known)][:CANDIDATES] for word in mendable}
    return {word: candidates for word, candidates in found.items() if candidates}


def _words(kind: str, stamp: bytes) -> dict[str, int]:
    now = clock.now()
    if kind in _known:
        of, read_at, words = _known[kind]
        if of == stamp or (len(words) > MANY and now - read_at < BEHIND):
            return words
    words = words_in(kind)
    _known[kind] = (stamp, now, words)
    return words


def _nearest(word: str, known: dict[str, int]) -> list[str]:
    most = 1 if len(word) <= 5 else 2 if len(word) <= 8 else 3
    likely = [one for one in known if abs(len(one) - len(word)) <= most]
    found = process.extract(word, likely, scorer=OSA.distance, score_cutoff=most, limit=50)
    order = sorted(found, key=lambda one: (one[1], one[0][0] != word[0], -known[one[0]], one[0]))
    return [one for one, _distance, _at in order if one != word][:CANDIDATES]


def _apart(word: str, known: dict[str, int], pieces: int = PIECES) -> list[str]:
    """The word cut into known ones, in as few pieces as may be: "scatterplot", "tictactoe"."""
    found = []
    for at in range(PIECE, len(word) - PIECE + 1):
        if word[:at] in known and pieces > 1:
            rest = word[at:]
            found += [f"{word[:at]} {end}" for end in ([rest] if rest in known else _apart(rest, known, pieces - 1))]
    return sorted(found, key=lambda one: (one.count(" "), -min(known[piece] for piece in one.split())))[:2]
