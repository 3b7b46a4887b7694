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

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import CTE, ColumnElement, Float, Integer, Select, case, cast, func, literal, or_, select, union_all

from portal import fulltext
from portal.db import db
from portal.fulltext import Asked, Meanings, Synonyms, Term
from portal.resources.models import Pack

SAID, FILES = "pack", "pack_inside"
INSIDE = 0.4
USED, HALF, REVIEWED, RECOMMENDED = 0.3, 5.0, 0.15, 0.15
FEW = 5
# Of packs with some of the words only the best of each index are looked at.
SOME_MOST = 300


@dataclass(frozen=True)
class Question:
    """What is looked for, and what a first look at the indexes told of it."""

    asked: Asked
    within: tuple[str, ...] = ()
    # So many packs have all of it that ranking them would only cost time: then use alone decides.
    are_many: bool = False
    # Packs with some of the words are looked for too.
    mixes: bool = False
    # Words that stand nearly everywhere and so say little, where others don't.
    faint: tuple[str, ...] = ()
    # At most so many packs have all of it.
    at_most: int = 0

    def __bool__(self) -> bool:
        return bool(self.asked)


def ask(
    typed: str, within: Iterable[str], synonyms: Synonyms, meanings: Meanings | None = None, exactly: bool = False
) -> Question:
    """What was typed as a question to the packs of these scopes.

    One query; four more at most where a word is not there and the nearest is looked for. Never raises.
    """
    scope, meanings = tuple(within), meanings or {}
    asked = fulltext.understand(typed, synonyms, meanings)
    if not asked:
        return Question(asked)
    question, missing = _look(asked, scope)
    if missing and not question.at_most and not exactly:
        mended = _mended(asked, missing, scope, synonyms, meanings)
        if mended.replaced:
            question, missing = _look(mended, scope)
    return question


def found(question: Question) -> CTE:
    """The packs: ``id``, ``match`` (more is better) and ``is_all`` (1 where it has all the words)."""
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


def _look(asked: Asked, within: tuple[str, ...]) -> tuple[Question, list[Term]]:
    """How many have all of it, and how many each word alone, counted up to a bound (one query)."""
    question = Question(asked, within, are_many=True)
    columns = [_bounded(_all_of(kind, question)) for kind in (SAID, FILES)]
    for term in asked.terms:
        columns.append(_bounded(fulltext.having(SAID, term, within, newest=True)))
        columns.append(_bounded(fulltext.having(FILES, term, within, newest=True), 1))
    said, files, *each = db.session.execute(select(*(column.label(f"c{n}") for n, column in enumerate(columns)))).one()
    numbers = list(zip(asked.terms, each[::2], each[1::2], strict=True))
    question = replace(
        question,
        are_many=max(said, files) > fulltext.COMMON,
        mixes=len(asked.terms) > 1 and said + files < FEW,
        faint=tuple(term.typed for term, number, _inside in numbers if number > fulltext.COMMON),
        at_most=said + files,
    )
    return question, [term for term, number, inside in numbers if not number and not inside]


def _mended(
    asked: Asked, missing: Sequence[Term], within: tuple[str, ...], synonyms: Synonyms, meanings: Meanings
) -> Asked:
    """The question with its mistyped words replaced. Only by words that these scopes have: nothing else is given away."""
    near = fulltext.near(SAID, [term.typed for term in missing])
    tries = [
        (typed, meant, fulltext.instead(asked, typed, meant, synonyms, meanings))
        for typed, candidates in near.items()
        for meant in candidates
    ]
    if not tries:
        return asked
    terms = [next(term for term in tried.terms if term.typed == typed) for typed, _meant, tried in tries]
    columns = [
        _bounded(fulltext.having(SAID, term, within, newest=True), 1).label(f"c{n}") for n, term in enumerate(terms)
    ]
    for (typed, meant, _tried), is_there in zip(tries, db.session.execute(select(*columns)).one(), strict=True):
        if is_there and typed not in dict(asked.replaced):
            asked = fulltext.instead(asked, typed, meant, synonyms, meanings)
    return asked


def _all_of(kind: str, question: Question) -> Select[tuple[int, float]]:
    """What hangs on a pack (an age, a code) is never inside its files: there it is asked of the pack."""
    asked, special = question.asked, [term for term in question.asked.terms if term.is_special]
    if kind == SAID or not special:
        return fulltext.having(kind, asked, question.within, question.are_many)
    plain = replace(asked, terms=tuple(term for term in asked.terms if not term.is_special))
    rows = fulltext.having(kind, plain, question.within, question.are_many)
    for term in special:
        said = fulltext.having(SAID, term, question.within, newest=True).subquery()
        rows = rows.where(rows.selected_columns.id.in_(select(said.c.id)))
    return rows


def _hits(kind: str, question: Question, weight: float) -> Select[Any]:
    rows = _all_of(kind, question).subquery()
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
    limited = rows.limit(most or fulltext.COMMON + 1).subquery()
    return select(func.count()).select_from(limited).scalar_subquery()
