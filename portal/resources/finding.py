"""From what a teacher types to the packs that have it, best first.

**Which packs.** Those that have all the words: in what is said of them, in their standards, or inside their files (the
words may be spread over title, strapline and files). Where fewer than ``FEW`` have all, those with some of the words
follow: at least half as many as the best has. A word that no pack has is replaced by the nearest that one has, unless she
wants it ``exactly``.

**In which order.** Packs with all the words come first. Then by worth::

    match = bm25 of what is said of the pack + INSIDE x bm25 of what its files say
    worth = match x (1 + USED x uses / (uses + HALF) + REVIEWED if it is reviewed + RECOMMENDED if it is recommended)

``uses`` are the classes that tried it. So a pack at its best gains ``0.3 + 0.15 + 0.15``, three fifths of its match, and
use alone never outweighs a word in the title: there a word counts ten times what it does in the text, and once more for
standing there (``Index.best``). Of packs with only some of the words, the match is multiplied by the share they have.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import CTE, ColumnElement, Float, Integer, Select, case, cast, func, literal, or_, select, union_all

from portal import fulltext
from portal.db import db
from portal.fulltext import Asked, Meanings, Synonyms, Term, asking
from portal.resources.models import Pack

SAID, FILES = "pack", "pack_inside"
INSIDE = 0.4
USED, HALF, REVIEWED, RECOMMENDED = 0.3, 5.0, 0.15, 0.15
FEW = 5
# Of packs with some of the words only the best of each index are looked at.
SOME_MOST = 150
MOST_FINDS = 3000


@dataclass(frozen=True)
class Question:
    """What is looked for, and what a first look at the indexes told of it."""

    asked: Asked
    within: tuple[str, ...] = ()
    # So many packs have all of it that ranking them would only cost time: then only the newest are looked at.
    are_many: bool = False
    # Packs with some of the words are looked for too.
    mixes: bool = False
    # Words that stand nearly everywhere and so say little, where others don't.
    faint: tuple[str, ...] = ()
    # At most so many packs have all of it.
    at_most: int = 0
    # What ``fetched`` found: id, match and is_all of each.
    finds: tuple[tuple[int, float, int], ...] | None = None

    def __bool__(self) -> bool:
        return bool(self.asked)


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
    stamp, [(question, missing)] = _look([asked], scope)
    if not missing or question.at_most or exactly:
        return question
    near = fulltext.near(SAID, missing, stamp)
    tries = [
        _instead(asked, near, place, synonyms, meanings) for place in range(max(map(len, near.values()), default=0))
    ]
    return _best(question, _look(tries, scope)[1]) if tries else question


def fetched(question: Question) -> Question:
    """The question with its finds, for a page that asks several things of them (one query)."""
    if not question:
        return question
    finds = found(question)
    best = select(finds.c.id, finds.c.match, finds.c.is_all).order_by(finds.c.is_all.desc(), finds.c.match.desc())
    rows = db.session.execute(best.limit(MOST_FINDS))
    return replace(question, finds=tuple((row.id, row.match, row.is_all) for row in rows))


def found(question: Question) -> CTE:
    """The packs: ``id``, ``match`` (more is better) and ``is_all`` (1 where it has all the words)."""
    if question.finds is not None:
        return fulltext.kept(question.finds, ("id", "match", "is_all")).cte("found")
    hits = [_hits(SAID, question, 1.0), _hits(FILES, question, INSIDE)]
    if question.mixes:
        strong = [term for term in question.asked.terms if term.typed not in question.faint] or question.asked.terms
        some = replace(question.asked, terms=tuple(strong))
        hits += [_some(SAID, some, question, 1.0), _some(FILES, some, question, INSIDE)]
    together = union_all(*hits).subquery()
    best = select(together.c.id, func.sum(together.c.match).label("match"), func.max(together.c.is_all).label("is_all"))
    grouped = best.group_by(together.c.id)
    if not question.mixes:
        return grouped.cte("found")
    return _with_most(grouped.cte("candidates"), question)


def worth(packs: CTE) -> ColumnElement[float]:
    """How far up a find belongs: see the top of this module."""
    used = USED * Pack.uses_count / (Pack.uses_count + HALF)
    looked_at = case((Pack.reviewed_at.is_not(None), REVIEWED), else_=0.0)
    named = case((Pack.recommended_at.is_not(None), RECOMMENDED), else_=0.0)
    return packs.c.match * (1.0 + used + looked_at + named)


def _look(asks: Sequence[Asked], within: tuple[str, ...]) -> tuple[bytes, list[tuple[Question, list[str]]]]:
    """For each question how many packs have all of it, and the words that none has (one query).

    Counted up to a bound. The stamp tells whether the index has changed.
    """
    columns = [column for asked in asks for column in _numbers(Question(asked, within, are_many=True))]
    named = (column.label(f"c{number}") for number, column in enumerate([fulltext.stamp_of(SAID), *columns]))
    stamp, *numbers = db.session.execute(select(*named)).one()
    found = []
    for asked in asks:
        mine, numbers = numbers[: 2 + 2 * len(asked.terms)], numbers[2 + 2 * len(asked.terms) :]
        found.append(_judged(Question(asked, within), mine))
    return stamp, found


def _numbers(question: Question) -> list[Any]:
    """Of what is said and of what files say: how many have all of it, then how many have each of its words."""
    columns = [_bounded(_all_of(kind, question)) for kind in (SAID, FILES)]
    for term in question.asked.terms:
        columns.append(_bounded(fulltext.having(SAID, term, question.within)))
        columns.append(_bounded(fulltext.having(FILES, term, question.within), 1))
    return columns


def _judged(question: Question, numbers: list[int]) -> tuple[Question, list[str]]:
    said, files, *each = numbers
    terms = list(zip(question.asked.terms, each[::2], each[1::2], strict=True))
    judged = replace(
        question,
        are_many=max(said, files) > asking.COMMON,
        mixes=len(terms) > 1 and said + files < FEW,
        faint=tuple(term.typed for term, number, _inside in terms if number > asking.COMMON),
        at_most=said + files,
    )
    return judged, [term.typed for term, number, inside in terms if not number and not inside]


def _instead(asked: Asked, near: Mapping[str, list[str]], place: int, synonyms: Synonyms, meanings: Meanings) -> Asked:
    """The question with each mistyped word replaced by what it may mean in this place of likelihood."""
    for typed, candidates in near.items():
        asked = fulltext.instead(asked, typed, candidates[min(place, len(candidates) - 1)], synonyms, meanings)
    return asked


def _best(question: Question, tried: list[tuple[Question, list[str]]]) -> Question:
    """The try that leaves fewest words without a pack. A word that these scopes don't have is never shown: it would give
    away what lies elsewhere."""
    best, missing = min(tried, key=lambda one: (len(one[1]), not one[0].at_most))
    good = [(typed, meant) for typed, meant in best.asked.replaced if typed not in missing]
    if not good:
        return question
    before = {term.typed: term for term in question.asked.terms}
    terms = tuple(before[term.typed] if term.typed in missing else term for term in best.asked.terms)
    return replace(best, asked=replace(best.asked, terms=terms, replaced=tuple(good)))


def _all_of(kind: str, question: Question) -> Select[tuple[int, float]]:
    """What hangs on a pack (an age, a code) is never inside its files: there it is asked of the pack."""
    asked, special = question.asked, [term for term in question.asked.terms if term.is_special]
    if kind == SAID or not special:
        return fulltext.having(kind, asked, question.within, question.are_many)
    plain = replace(asked, terms=tuple(term for term in asked.terms if not term.is_special))
    rows = fulltext.having(kind, plain, question.within, question.are_many)
    for term in special:
        said = fulltext.having(SAID, term, question.within, newest=True).subquery()
        # Plus nothing: else SQLite asks the index of the files once for each of these packs.
        rows = rows.where((rows.selected_columns.id + 0).in_(select(said.c.id)))
    return rows


def _hits(kind: str, question: Question, weight: float) -> Select[Any]:
    having = _all_of(kind, question)
    if question.are_many:
        having = having.order_by(having.selected_columns.id.desc()).limit(asking.COMMON)
    rows = having.subquery()
    return select(rows.c.id, (rows.c.rank * -weight).label("match"), literal(1, Integer).label("is_all"))


def _some(kind: str, asked: Asked, question: Question, weight: float) -> Select[Any]:
    rows = fulltext.having(kind, asked, question.within, some=True)
    best = rows.order_by(rows.selected_columns.rank).limit(SOME_MOST).subquery()
    return select(best.c.id, (best.c.rank * -weight).label("match"), literal(0, Integer).label("is_all"))


def _with_most(candidates: CTE, question: Question) -> CTE:
    """Those of the candidates that have all of the words, or at least half as many as the best of them."""
    terms = question.asked.terms
    share = cast(_number_of(candidates, terms, question.within), Float) / len(terms)
    counted = select(*candidates.c, share.label("share"), func.max(share).over().label("most")).cte("counted")
    match = case((counted.c.is_all == 1, counted.c.match), else_=counted.c.match * counted.c.share)
    rows = select(counted.c.id, match.label("match"), counted.c.is_all)
    return rows.where(or_(counted.c.is_all == 1, counted.c.share >= counted.c.most / 2)).cte("found")


def _number_of(candidates: CTE, terms: Sequence[Term], within: tuple[str, ...]) -> ColumnElement[int]:
    ways = [
        or_(
            *(
                candidates.c.id.in_(select(fulltext.having(kind, term, within).subquery().c.id))
                for kind in (SAID, FILES)
            )
        )
        for term in terms
    ]
    numbers: list[ColumnElement[int]] = [case((way, 1), else_=0) for way in ways]
    return sum(numbers[1:], numbers[0])


def _bounded(rows: Select[Any], most: int = 0) -> Any:
    limited = rows.limit(most or asking.COMMON + 1).subquery()
    return select(func.count()).select_from(limited).scalar_subquery()
