"""The list of packs: what is looked for, which packs that leaves, and how many each further choice would leave."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, String, and_, func, literal, select, union_all
from sqlalchemy.orm import aliased

from portal import fulltext
from portal.db import Rows, db
from portal.people.models import Person
from portal.resources.models import Pack, PackStandard, PackWord
from portal.resources.queries import STATE, Reader
from portal.standards.codes import fold_code, framework_and_code
from portal.standards.models import Standard
from portal.vocabulary.models import Word

# How long, by all its minutes together: from and to, both included. A lesson is an hour at most, a day at least five.
TIMES = {"lesson": (0, 60), "two": (61, 120), "more": (121, 299), "day": (300, 1_000_000)}
TIME_NAMES = {
    "lesson": _l("One lesson or less"),
    "two": _l("Two lessons"),
    "more": _l("Three lessons or more"),
    "day": _l("A day or more"),
}
STATES = ("shared", "draft", "retired")


@dataclass(frozen=True)
class Wanted:
    """What is looked for. Several choices of one kind widen, choices of different kinds narrow."""

    words: str = ""
    subjects: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    time: str = ""
    standard: str = ""
    licences: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    state: str = "shared"
    # Codes of words → their ids, so that no query needs to look them up.
    word_ids: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def choices(self) -> int:
        """How many filters are on."""
        several = (self.subjects, self.phases, self.licences, self.languages)
        return sum(map(len, several)) + bool(self.time) + bool(self.standard) + (self.state != "shared")


def packs(reader: Reader, wanted: Wanted) -> Rows:
    """One row for each pack that is left, with what its line in the list shows."""
    sharer = aliased(Person)
    columns = (
        Pack.id,
        Pack.title,
        Pack.strapline,
        Pack.lessons,
        Pack.minutes,
        Pack.materials,
        Pack.licence,
        Pack.language,
        Pack.author,
        Pack.uses_count,
        Pack.downloads,
        Pack.shared_at,
        Pack.version,
        STATE.label("state"),
        sharer.name.label("shared_by_name"),
    )
    query = select(*columns).outerjoin(sharer, sharer.id == Pack.shared_by)
    return query.where(*_conditions(reader, wanted).values())


def counts(reader: Reader, wanted: Wanted) -> dict[str, dict[str, int]]:
    """For each kind of choice, how many packs each answer would leave, the other kinds as they are (one query)."""
    conditions = _conditions(reader, wanted)
    parts = [
        _by_word(conditions, "subject"),
        _by_word(conditions, "phase"),
        _by_column(conditions, "licence", Pack.licence),
        _by_column(conditions, "language", Pack.language),
        *(_in_time(conditions, key) for key in TIMES),
    ]
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for kind, answer, number in db.session.execute(union_all(*parts)):
        found[kind][answer] = number
    return found


def _conditions(reader: Reader, wanted: Wanted) -> dict[str, ColumnElement[bool]]:
    """Each kind of choice as one condition, so that a count can leave out its own."""
    found = {
        "here": and_(Pack.network_id == reader.network_id, Pack.deleted_at.is_(None)),
        "state": _in_state(reader, wanted.state),
    }
    if wanted.words.strip():
        within = [fulltext.network(reader.network_id), fulltext.owner(reader.person_id)]
        found["words"] = Pack.id.in_(select(fulltext.matching("pack", wanted.words, within).subquery().c.id))
    for kind, codes in (("subject", wanted.subjects), ("phase", wanted.phases)):
        if codes:
            found[kind] = _has_word([wanted.word_ids.get(kind, {}).get(code, 0) for code in codes])
    if wanted.time in TIMES:
        found["time"] = Pack.minutes.between(*TIMES[wanted.time])
    if wanted.standard:
        found["standard"] = _serves(wanted.standard)
    if wanted.licences:
        found["licence"] = Pack.licence.in_(wanted.licences)
    if wanted.languages:
        found["language"] = Pack.language.in_(wanted.languages)
    return found


def _in_state(reader: Reader, state: str) -> ColumnElement[bool]:
    """Drafts are only ever the reader's own; retired packs are seen by whoever asks for them."""
    if state == "draft":
        return and_(Pack.shared_at.is_(None), Pack.owner_id == reader.person_id)
    if state == "retired":
        return and_(Pack.shared_at.is_not(None), Pack.retired_at.is_not(None))
    return and_(Pack.shared_at.is_not(None), Pack.retired_at.is_(None))


def _has_word(word_ids: list[int]) -> ColumnElement[bool]:
    return (
        select(PackWord.pack_id)
        .where(PackWord.pack_id == Pack.id, PackWord.word_id.in_(word_ids))
        .correlate(Pack)
        .exists()
    )


def _serves(code: str) -> ColumnElement[bool]:
    """Packs with this code in any spelling, or with a code that stands under it ("K.CC" finds K.CC.A.1)."""
    key = fold_code(framework_and_code(code)[1])
    same = PackStandard.key.startswith(key, autoescape=True)
    return select(PackStandard.pack_id).where(PackStandard.pack_id == Pack.id, same).correlate(Pack).exists()


def _without(conditions: dict[str, ColumnElement[bool]], kind: str) -> list[ColumnElement[bool]]:
    return [condition for key, condition in conditions.items() if key != kind]


def _by_word(conditions: dict[str, ColumnElement[bool]], kind: str) -> Any:
    return (
        select(literal(kind), Word.code, func.count())
        .select_from(Pack)
        .join(PackWord, PackWord.pack_id == Pack.id)
        .join(Word, Word.id == PackWord.word_id)
        .where(Word.kind == kind, *_without(conditions, kind))
        .group_by(Word.code)
    )


def _by_column(conditions: dict[str, ColumnElement[bool]], kind: str, column: Any) -> Any:
    return select(literal(kind), column, func.count()).where(*_without(conditions, kind)).group_by(column)


def _in_time(conditions: dict[str, ColumnElement[bool]], key: str) -> Any:
    between = Pack.minutes.between(*TIMES[key])
    return select(literal("time"), literal(key, String), func.count()).where(between, *_without(conditions, "time"))


def packs_serving(network_ids: list[int], standard_id: int) -> Rows:
    """Shared packs of these networks that serve a standard."""
    return select(
        Pack.id, Pack.network_id, Pack.title, Pack.strapline, Pack.lessons, Pack.minutes, Pack.uses_count
    ).where(
        _shared_in(network_ids),
        select(PackStandard.pack_id)
        .where(PackStandard.pack_id == Pack.id, PackStandard.standard_id == standard_id)
        .correlate(Pack)
        .exists(),
    )


def number_serving(network_ids: list[int]) -> ColumnElement[int]:
    """Beside each standard of a list: how many packs the reader may see that serve it."""
    return (
        select(func.count(PackStandard.id))
        .join(Pack, Pack.id == PackStandard.pack_id)
        .where(PackStandard.standard_id == Standard.id, _shared_in(network_ids))
        .correlate(Standard)
        .scalar_subquery()
    )


def _shared_in(network_ids: list[int]) -> ColumnElement[bool]:
    return and_(
        Pack.network_id.in_(network_ids),
        Pack.deleted_at.is_(None),
        Pack.retired_at.is_(None),
        Pack.shared_at.is_not(None),
    )
