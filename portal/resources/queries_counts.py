"""How many packs each further choice would leave, the other kinds as they are: one query, over a bounded number of packs."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import CTE, ColumnElement, String, and_, case, func, literal, or_, select, union_all

from portal.db import db
from portal.resources.finding import found as found_packs
from portal.resources.further import further_filters
from portal.resources.models import Pack, PackWord
from portal.resources.queries import Reader, shared_in
from portal.resources.queries_conditions import FREE_TO_CHANGE, STANDING, chosen_conditions, in_question
from portal.resources.wanted import TIMES, Wanted
from portal.vocabulary.models import Word

# Beyond so many packs no choice is counted: the numbers would help nobody to choose, and cost more than the list itself.
MOST = 3000
Counted = Mapping[str, Mapping[str, int]]


def counts(reader: Reader, wanted: Wanted) -> Counted:
    """By kind of choice and answer, how many packs it would leave.

    Under "" the whole: "total", those with "all" its words, and those shared "in all".

    The caller sees to it that there are no more than ``MOST`` packs before any choice.
    """
    chosen = chosen_conditions(reader, wanted)
    packs = found_packs(wanted.question) if wanted.question else None
    base = _base(reader, wanted, chosen, packs)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    in_all = select(literal("", String), literal("in all", String), shared_in(reader.network_id).scalar_subquery())
    for kind, answer, number in db.session.execute(union_all(in_all, *_parts(base, list(chosen)))):
        found[kind][answer] = found[kind].get(answer, 0) + number
    return found


def _base(reader: Reader, wanted: Wanted, chosen: dict[str, ColumnElement[bool]], packs: CTE | None) -> CTE:
    """Each pack once, with what is counted of it and whether it fits each choice."""
    flags = {f"fits {kind}": condition for kind, condition in chosen.items()}
    flags |= {"is free": FREE_TO_CHANGE} | {f"is {key}": condition for key, condition in STANDING.items()}
    flags |= {f"is also {one.key}": one.condition(reader) for one in further_filters()}
    columns: list[Any] = [Pack.id, Pack.minutes, Pack.licence, Pack.language]
    columns += [case((condition, 1), else_=0).label(name) for name, condition in flags.items()]
    query = select(*columns, literal(1).label("is_all") if packs is None else packs.c.is_all)
    return in_question(query, reader, wanted, packs).limit(MOST).cte("base")


def _parts(base: CTE, chosen: list[str]) -> list[Any]:
    def but(kind: str = "") -> ColumnElement[bool]:
        return and_(literal(1) == 1, *(base.c[f"fits {one}"] == 1 for one in chosen if one != kind))

    def number(kind: str, answer: str, *conditions: Any, leaving: str = "") -> Any:
        counted = select(literal(kind, String), literal(answer, String), func.count()).select_from(base)
        return counted.where(but(leaving or kind), *conditions)

    parts = [
        number("", "total"),
        number("", "all", base.c.is_all == 1),
        number("free", "change", base.c["is free"] == 1),
    ]
    parts += [number("time", ""), number("standing", "")]
    parts += [number("time", key, base.c.minutes.between(*between)) for key, between in TIMES.items()]
    parts += [number("standing", key, base.c[f"is {key}"] == 1) for key in STANDING]
    parts += [
        number("also", one.key, base.c[f"is also {one.key}"] == 1, leaving=f"also {one.key}")
        for one in further_filters()
    ]
    licences = select(literal("licence", String), base.c.licence, func.count()).where(but("licence"))
    own = select(literal("language", String), base.c.language, func.count()).where(but("language"))
    return [*parts, licences.group_by(base.c.licence), own.group_by(base.c.language), _by_word(base, but)]


def _by_word(base: CTE, but: Any) -> Any:
    """Subjects, phases and further languages."""
    kinds = [and_(Word.kind == kind, but(kind)) for kind in ("subject", "phase")]
    further = and_(Word.kind == "language", Word.code != base.c.language, but("language"))
    query = select(Word.kind, Word.code, func.count()).select_from(base).join(PackWord, PackWord.pack_id == base.c.id)
    return query.join(Word, Word.id == PackWord.word_id).where(or_(*kinds, further)).group_by(Word.kind, Word.code)
