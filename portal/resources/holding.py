"""Which packs have which word of a question, as sets of ids: so that many are weighed before few are ranked."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import chain
from math import log

from portal import fulltext
from portal.fulltext import Term, asking

SAID, FILES = "pack", "pack_inside"
INSIDE = 0.4
# What a word in the title promises, beside one in any other field; only for the choice of what is ranked at all.
IN_TITLE = 5.0
# Of packs with some of the words so many are ranked.
SOME_MOST = 200


@dataclass(frozen=True)
class Holders:
    """The packs that have one word: in the title, anywhere in what is said of them, in their files."""

    title: frozenset[int] = frozenset()
    said: frozenset[int] = frozenset()
    files: frozenset[int] = frozenset()

    @cached_property
    def all(self) -> frozenset[int]:
        """Wherever they have it."""
        return self.said | self.files

    @property
    def are_cut(self) -> bool:
        """Whether there are more than could be told: then only the newest are known."""
        return max(len(self.said), len(self.files)) >= asking.MOST_HELD


def holders_of(terms: Iterable[Term], within: Sequence[str]) -> tuple[bytes, dict[Term, Holders]]:
    """For each term its packs in these scopes, and the stamp that tells whether the index has changed (one query)."""
    each = list(dict.fromkeys(terms))
    places = [place for term in each for place in ((SAID, term, True), (SAID, term, False), (FILES, term, False))]
    stamp, sets = fulltext.holders(SAID, places, within)
    return stamp, {term: Holders(*sets[at * 3 : at * 3 + 3]) for at, term in enumerate(each)}


def having_all(words: Sequence[Holders]) -> frozenset[int]:
    """The packs that have every one of the words, each of them anywhere; words that stand nearly everywhere aside."""
    telling = [word for word in words if not word.are_cut] or words
    sets = sorted((word.all for word in telling), key=len)
    return sets[0].intersection(*sets[1:]) if sets else frozenset()


def most_promising(packs: frozenset[int], words: Sequence[Holders]) -> list[int]:
    """Packs that have all of the words, in the order in which they are ranked: most of them in the title, then the newest."""
    titled = Counter(chain.from_iterable(word.title for word in words))
    best = sorted(packs & titled.keys(), key=lambda pack: (titled[pack], pack), reverse=True)
    return best + sorted(packs.difference(best), reverse=True)


def having_some(words: Sequence[Holders]) -> dict[int, float]:
    """The share of the words that each pack has: at least half of what the best has, and at most ``SOME_MOST`` packs.

    Words that stand nearly everywhere say little and bring no pack, where others don't.
    """
    number = Counter(chain.from_iterable(word.all for word in words))
    strong = [word for word in words if len(word.said) <= asking.COMMON] or words
    some = frozenset().union(*(word.all for word in strong))
    least = max((number[pack] for pack in some), default=0) / 2
    enough = [pack for pack in some if number[pack] >= least]
    if len(enough) > SOME_MOST:
        promise = _promises(words)
        enough = nlargest(SOME_MOST, enough, key=lambda pack: (promise[pack] * number[pack], pack))
    return {pack: number[pack] / len(words) for pack in enough}


def _promises(words: Sequence[Holders]) -> dict[int, float]:
    """What its words promise of each pack: a rare word more than a common one, most in the title."""
    promises: dict[int, float] = defaultdict(float)
    for word in words:
        rarity = log(1 + asking.MOST_HELD / (1 + len(word.all)))
        for packs, weight in ((word.title, IN_TITLE), (word.said, 1.0), (word.files, INSIDE)):
            for pack in packs:
                promises[pack] += rarity * weight
    return promises
