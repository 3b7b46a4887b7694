"""How many packs each further choice would leave, the other kinds as they are: one query, over a bounded number of packs."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import CTE, ColumnElement, String, case, cast, func, literal, select

from portal.db import Rows, db
from portal.networks.readers import Reader
from portal.resources.finding import found as found_packs
from portal.resources.further import further_filters
from portal.resources.models import Pack, PackWord
from portal.resources.queries import shared_in
from portal.resources.queries_conditions import FREE_TO_CHANGE, STANDING, chosen_conditions, in_question
from portal.resources.wanted import TIMES, Wanted
from portal.vocabulary.models import Word

# Beyond so many packs no choice is counted: the numbers would help nobody to choose, and cost more than the list itself.
MOST = 1000
Counted = Mapping[str, Mapping[str, int]]
WORDS = ("subject", "phase", "language")
Row = tuple[Any, ...]
# The columns of ``_looked_over``; behind them whether a pack fits each choice, then the answers that are yes or no.
MINUTES, LICENCE, LANGUAGE, HUNG, IS_ALL, IN_ALL, FIXED = range(7)


def counts(reader: Reader, wanted: Wanted, words: Mapping[str, Sequence[Word]]) -> Counted:
    """By kind of choice and answer, how many packs it would leave.

    Under "" the whole: "total", those with "all" its words, and those shared "in all". Where nothing is found, that is not
    known, and 0. The caller sees to it that there are no more than ``MOST`` packs before any choice.
    """
    chosen = chosen_conditions(reader, wanted)
    packs = found_packs(wanted.question) if wanted.question else None
    names = {str(word.id): (kind, word.code) for kind in WORDS for word in words.get(kind, ())}
    rows = [tuple(row) for row in db.session.execute(_looked_over(reader, wanted, chosen, packs))]
    left, almost = _left(rows, list(chosen))
    found: dict[str, Counter[str]] = defaultdict(Counter)
    found[""].update(
        {"total": len(left), "all": sum(row[IS_ALL] for row in left), "in all": rows[0][IN_ALL] if rows else 0}
    )
    further = [f"also {one.key}" for one in further_filters()]
    for kind in (*WORDS, "time", "licence", "standing", "free", *further):
        # A choice may be changed while all others stay: a pack that fails two kinds is left by none.
        answers = _answers(kind, left + almost.get(kind, []), names, FIXED + len(chosen))
        found["also" if kind in further else kind].update(answers)
    return found


def _left(rows: Sequence[Row], kinds: Sequence[str]) -> tuple[list[Row], dict[str, list[Row]]]:
    """The packs that fit every choice, and by the kind of a choice those that fail no other."""
    if not kinds:
        return list(rows), {}
    left, almost = [], defaultdict(list)
    for row in rows:
        failed = [kind for kind, fits in zip(kinds, row[FIXED:], strict=False) if not fits]
        if not failed:
            left.append(row)
        elif len(failed) == 1:
            almost[failed[0]].append(row)
    return left, almost


def _looked_over(reader: Reader, wanted: Wanted, chosen: Mapping[str, ColumnElement[bool]], packs: CTE | None) -> Rows:
    """Each pack once, with what is counted of it: whether it fits each choice, and each answer that is yes or no."""
    hung = select(func.aggregate_strings(cast(PackWord.word_id, String), ",")).where(PackWord.pack_id == Pack.id)
    columns: list[Any] = [
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


def _answers(kind: str, rows: Sequence[Row], names: Mapping[str, tuple[str, str]], first: int) -> Counter[str]:
    """How many of the packs give each answer of a kind. ``first`` of the answers that are yes or no has this column."""
    found: Counter[str] = Counter()
    if kind in WORDS:
        hung = Counter(chain.from_iterable(set(row[HUNG].split(",")) for row in rows if row[HUNG]))
        found.update({names[word][1]: number for word, number in hung.items() if names.get(word, ("",))[0] == kind})
    if kind == "language":
        # A pack may carry the word of the language that it is written in.
        found.update(row[LANGUAGE] for row in rows)
        twice = (
            word for row in rows for word in (row[HUNG] or "").split(",") if names.get(word) == (kind, row[LANGUAGE])
        )
        found.subtract(names[word][1] for word in twice)
    if kind in ("time", "standing"):
        found[""] = len(rows)
    if kind == "time":
        lasts = Counter(row[MINUTES] for row in rows)
        for key, (least, most) in TIMES.items():
            found[key] = sum(number for minutes, number in lasts.items() if least <= minutes <= most)
    if kind == "licence":
        found.update(row[LICENCE] for row in rows)
    for column, (one, answer) in enumerate(_yes_or_no(), first):
        if one == kind:
            found[answer] = sum(row[column] for row in rows)
    return found


def _yes_or_no() -> list[tuple[str, str]]:
    """Kind and answer of what is asked after the choices, in the order of ``_looked_over``."""
    standing = [("standing", key) for key in STANDING]
    return [("free", "change"), *standing, *((f"also {one.key}", one.key) for one in further_filters())]
