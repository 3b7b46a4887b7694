"""How many packs each further choice would leave, the other kinds as they are: one query, over a bounded number of packs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import CTE, ColumnElement, String, case, cast, func, literal, select

from portal.db import Rows, db
from portal.resources.finding import found as found_packs
from portal.resources.further import further_filters
from portal.resources.models import Pack, PackWord
from portal.resources.queries import Reader, shared_in
from portal.resources.queries_conditions import FREE_TO_CHANGE, STANDING, chosen_conditions, in_question
from portal.resources.wanted import TIMES, Wanted
from portal.vocabulary.models import Word

# Beyond so many packs no choice is counted: the numbers would help nobody to choose, and cost more than the list itself.
MOST = 1000
Counted = Mapping[str, Mapping[str, int]]


def counts(reader: Reader, wanted: Wanted, words: Mapping[str, Sequence[Word]]) -> Counted:
    """By kind of choice and answer, how many packs it would leave.

    Under "" the whole: "total", those with "all" its words, and those shared "in all". Where nothing is found, that is not
    known, and 0. The caller sees to it that there are no more than ``MOST`` packs before any choice.
    """
    chosen = chosen_conditions(reader, wanted)
    packs = found_packs(wanted.question) if wanted.question else None
    names = {word.id: (kind, word.code) for kind in ("subject", "phase", "language") for word in words.get(kind, ())}
    found: dict[str, Counter[str]] = defaultdict(Counter, {"": Counter({"total": 0, "all": 0, "in all": 0})})
    for row in db.session.execute(_looked_over(reader, wanted, chosen, packs)):
        found[""]["in all"] = row.in_all
        failed = [kind for kind, fits in zip(chosen, row[FIXED:], strict=False) if not fits]
        if not failed:
            found[""].update(total=1, all=row.is_all)
        # A choice may be changed while all others stay: a pack that fails two kinds is left by none.
        if len(failed) < 2:
            for kind, answer in _answers(row, names, len(chosen)):
                if not failed or failed == [_narrows(kind, answer)]:
                    found[kind][answer] += 1
    return found


# Columns before those that say whether a pack fits each choice.
FIXED = 7


def _looked_over(reader: Reader, wanted: Wanted, chosen: Mapping[str, ColumnElement[bool]], packs: CTE | None) -> Rows:
    """Each pack once, with what is counted of it: whether it fits each choice, and each answer that is yes or no."""
    hung = select(func.aggregate_strings(cast(PackWord.word_id, String), ",")).where(PackWord.pack_id == Pack.id)
    columns: list[Any] = [
        Pack.id,
        Pack.minutes,
        Pack.licence,
        Pack.language,
        hung.correlate(Pack).scalar_subquery().label("hung"),
        (literal(1) if packs is None else packs.c.is_all).label("is_all"),
        shared_in(reader.network_id).scalar_subquery().label("in_all"),
    ]
    asked = [
        *chosen.values(),
        FREE_TO_CHANGE,
        *STANDING.values(),
        *(one.condition(reader) for one in further_filters()),
    ]
    columns += [case((condition, 1), else_=0).label(f"answer {place}") for place, condition in enumerate(asked)]
    return in_question(select(*columns), reader, wanted, packs).limit(MOST)


def _answers(row: Any, names: Mapping[int, tuple[str, str]], chosen: int) -> Iterator[tuple[str, str]]:
    """Every kind of choice with the answers that this pack gives to it."""
    yield from (("time", ""), ("standing", ""), ("licence", row.licence), ("language", row.language))
    yield from (("time", key) for key, (least, most) in TIMES.items() if least <= row.minutes <= most)
    for number in _numbers(row.hung):
        kind, code = names.get(number, ("", ""))
        if kind and (kind, code) != ("language", row.language):
            yield kind, code
    yes_or_no = [
        ("free", "change"),
        *(("standing", key) for key in STANDING),
        *(("also", one.key) for one in further_filters()),
    ]
    for answer, is_so in zip(yes_or_no, row[FIXED + chosen :], strict=True):
        if is_so:
            yield answer


def _narrows(kind: str, answer: str) -> str:
    """The choice that an answer would take the place of; each of ``also`` stands alone."""
    return f"also {answer}" if kind == "also" else kind


def _numbers(hung: str | None) -> Iterable[int]:
    return map(int, hung.split(",")) if hung else ()
