"""From what a teacher types to the packs that have it, best first.

**Which packs.** Those that have all the words, each of them anywhere: in what is said of the pack, in its standards, or
inside its files. Where fewer than ``FEW`` have all, those with some of the words follow: at least half as many as the best
has. A word that no pack has is replaced by the nearest that one has, unless she wants it ``exactly``.

**In which order.** Packs with all the words come first. Then by worth::

    match = bm25 of what is said of the pack + INSIDE x bm25 of what its files say
    worth = match x (1 + USED x uses / (uses + HALF) + REVIEWED if it is reviewed + RECOMMENDED if it is recommended)

``uses`` are the classes that tried it. So a pack at its best gains ``0.3 + 0.15 + 0.15``, three fifths of its match, and
use alone never outweighs a word in the title: there a word counts ten times what it does in the text, and once more for
standing there (``Index.best``). Of packs with only some of the words, the match is multiplied by the share they have.

**At what cost.** Which pack has which word is asked once, as sets of ids (``holding.py``); what follows from them is worked
out here. Ranking costs most, so only the ``RANKED`` most promising finds are: those with the words in the title, then the
newest. The others come after them, and more than ``asking.COMMON`` finds are not told at all. A word that more than
``asking.MOST_HELD`` packs have stands nearly everywhere: beside other words it only helps to rank.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import CTE, ColumnElement, case, literal, select

from portal import fulltext
from portal.fulltext import Asked, Meanings, Synonyms, asking
from portal.resources.holding import FILES, INSIDE, SAID, Holders, having_all, having_some, holders_of, most_promising
from portal.resources.models import Pack

USED, HALF, REVIEWED, RECOMMENDED = 0.3, 5.0, 0.15, 0.15
FEW = 5
RANKED = 400
WEIGHTS = {SAID: 1.0, FILES: INSIDE}


@dataclass(frozen=True)
class Question:
    """What is looked for, and what the indexes told of it."""

    asked: Asked
    # The packs that have each of its words.
    words: tuple[Holders, ...] = ()
    # What ``fetched`` found: how well each pack fits.
    finds: Mapping[int, float] | None = None

    def __bool__(self) -> bool:
        return bool(self.asked)

    @cached_property
    def with_all(self) -> frozenset[int]:
        """The packs that have all of it."""
        return having_all(self.words)

    @property
    def at_most(self) -> int:
        """How many packs have all of it, before anything else narrows."""
        return len(self.with_all)

    @property
    def are_many(self) -> bool:
        """So many packs have all of it that not all of them are told."""
        return self.at_most > asking.COMMON

    @property
    def mixes(self) -> bool:
        """Packs with some of the words are looked for too."""
        return len(self.words) > 1 and self.at_most < FEW


def ask(
    typed: str, within: Iterable[str], synonyms: Synonyms, meanings: Meanings | None = None, exactly: bool = False
) -> Question:
    """What was typed as a question to the packs of these scopes. Never raises.

    One query; two more at most where a word is not there and the nearest is looked for.
    """
    scope, meanings = tuple(within), meanings or {}
    asked = fulltext.understand(typed, synonyms, meanings)
    if not asked:
        return Question(asked)
    stamp, holders = holders_of(asked.terms, scope)
    question = Question(asked, tuple(holders[term] for term in asked.terms))
    missing = [term.typed for term in asked.terms if not holders[term].all]
    if not missing or exactly:
        return question
    near = fulltext.near(SAID, missing, stamp)
    tries = [
        _instead(asked, near, place, synonyms, meanings) for place in range(max(map(len, near.values()), default=0))
    ]
    if not tries:
        return question
    known = {term for one in tries for term in one.terms if term not in holders}
    holders |= holders_of(sorted(known, key=repr), scope)[1]
    return _best(question, [Question(one, tuple(holders[term] for term in one.terms)) for one in tries])


def fetched(question: Question) -> Question:
    """The question with its finds, for a page that asks several things of them (one query)."""
    if not question or question.finds is not None:
        return question
    if question.mixes:
        shares = having_some(question.words)
        matches = fulltext.ranks(WEIGHTS, question.asked, shares)
        return replace(question, finds={pack: matches.get(pack, 0.0) * share for pack, share in shares.items()})
    packs = most_promising(question.with_all, question.words)[: asking.COMMON]
    # So common a word says nothing any more about a file.
    weights = {SAID: 1.0} if question.are_many else WEIGHTS
    return replace(question, finds=dict.fromkeys(packs, 0.0) | fulltext.ranks(weights, question.asked, packs[:RANKED]))


def found(question: Question) -> CTE:
    """The packs: ``id``, ``match`` (more is better) and ``is_all`` (1 where it has all the words).

    One query, where the question was not ``fetched`` yet.
    """
    rows = fulltext.kept(fetched(question).finds or {}).subquery()
    # They are few, where not all have all of it.
    is_all = case((rows.c.id.in_(sorted(question.with_all)), 1), else_=0) if question.mixes else literal(1)
    return select(rows.c.id, rows.c.match, is_all.label("is_all")).cte("found")


def worth(packs: CTE) -> ColumnElement[float]:
    """How far up a find belongs: see the top of this module."""
    used = USED * Pack.uses_count / (Pack.uses_count + HALF)
    looked_at = case((Pack.reviewed_at.is_not(None), REVIEWED), else_=0.0)
    named = case((Pack.recommended_at.is_not(None), RECOMMENDED), else_=0.0)
    return packs.c.match * (1.0 + used + looked_at + named)


def _instead(asked: Asked, near: Mapping[str, list[str]], place: int, synonyms: Synonyms, meanings: Meanings) -> Asked:
    """The question with each mistyped word replaced by what it may mean in this place of likelihood."""
    for typed, candidates in near.items():
        asked = fulltext.instead(asked, typed, candidates[min(place, len(candidates) - 1)], synonyms, meanings)
    return asked


def _best(question: Question, tried: Sequence[Question]) -> Question:
    """The try that leaves fewest words without a pack. A word that these scopes don't have is never shown: it would give
    away what lies elsewhere."""
    best = min(tried, key=lambda one: (len(_missing(one)), not one.at_most))
    good = [(typed, meant) for typed, meant in best.asked.replaced if typed not in _missing(best)]
    if not good:
        return question
    mended = zip(best.asked.terms, best.words, question.asked.terms, question.words, strict=True)
    pairs = [(term, word) if word.all else (before, its) for term, word, before, its in mended]
    terms = tuple(term for term, _word in pairs)
    return Question(replace(best.asked, terms=terms, replaced=tuple(good)), tuple(word for _term, word in pairs))


def _missing(question: Question) -> list[str]:
    """The words that no pack has."""
    return [term.typed for term, word in zip(question.asked.terms, question.words, strict=True) if not word.all]
