"""The list of kits: what is looked for, which kits that leaves, and how many each further choice would leave."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select, union_all

from portal import fulltext
from portal.db import Rows, db
from portal.kit.models import Kit, KitOutOfService, KitPart, KitWord
from portal.kit.queries import visible_to
from portal.networks.models import Network
from portal.networks.readers import Reader
from portal.vocabulary.models import Word

STATES = ("listed", "draft", "retired")
STATE: ColumnElement[str] = case(
    (Kit.retired_at.is_not(None), "retired"), (Kit.listed_at.is_not(None), "listed"), else_="draft"
)
IN_IT = and_(KitPart.kit_id == Kit.id, KitPart.removed_at.is_(None))


@dataclass(frozen=True)
class Wanted:
    """What is looked for. Several choices of one kind widen, choices of different kinds narrow."""

    words: str = ""
    subjects: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    homes: tuple[str, ...] = ()
    # "yes": neither out nor out of service today.
    free: str = ""
    state: str = "listed"
    # Codes of words → their ids, so that no query needs to look them up.
    word_ids: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def choices(self) -> int:
        """How many filters are on."""
        several = (self.subjects, self.phases, self.kinds, self.ways, self.homes)
        return sum(map(len, several)) + bool(self.free) + (self.state != "listed")


def kits(reader: Reader, wanted: Wanted, today: date, away: ColumnElement[bool]) -> Rows:
    """One row for each kit that is left, with what its line in the list shows. ``away``: held by somebody today."""
    in_it = func.coalesce(func.sum(KitPart.there), 0)
    columns = (
        Kit.id,
        Kit.title,
        Kit.strapline,
        Kit.asset_code,
        Kit.kind,
        Kit.way,
        Kit.boxes,
        Kit.home,
        Kit.uses_count,
        Kit.network_id,
        Kit.lends_to,
        Kit.condition,
        Network.name.label("network_name"),
        STATE.label("state"),
        select(in_it).where(IN_IT).correlate(Kit).scalar_subquery().label("in_it"),
        select(func.count())
        .where(IN_IT, KitPart.there < KitPart.quantity)
        .correlate(Kit)
        .scalar_subquery()
        .label("short"),
        _resting_why(today).label("resting"),
    )
    query = select(*columns).join(Network, Network.id == Kit.network_id)
    return query.where(*_conditions(reader, wanted, today, away).values())


def counts(reader: Reader, wanted: Wanted, today: date, away: ColumnElement[bool]) -> dict[str, dict[str, int]]:
    """For each kind of choice, how many kits each answer would leave, the other kinds as they are (one query)."""
    conditions = _conditions(reader, wanted, today, away)
    free = [one for name, one in conditions.items() if name != "free"]
    parts = [
        _by_word(conditions, "subject"),
        _by_word(conditions, "phase"),
        _by_column(conditions, "kind", Kit.kind),
        _by_column(conditions, "way", Kit.way),
        _by_column(conditions, "home", Kit.home),
        select(literal("free"), literal("yes"), func.count()).select_from(Kit).where(*free, is_free(today, away)),
        select(literal("all"), literal(""), func.count()).select_from(Kit).where(*conditions.values()),
    ]
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for kind, answer, number in db.session.execute(union_all(*parts)):
        found[kind][answer] = number
    return found


def is_free(today: date, away: ColumnElement[bool]) -> ColumnElement[bool]:
    """Lent, here, and in service on that day."""
    return and_(Kit.way == "lent", ~_spells(today).exists(), ~away)


def listed_count(reader: Reader) -> int:
    """How many kits there are to choose from, before any filter."""
    query = select(func.count()).select_from(Kit).where(visible_to(reader), _in_state("listed"))
    return db.session.execute(query).scalar_one()


def _spells(today: date) -> Any:
    return select(KitOutOfService.id).where(
        KitOutOfService.kit_id == Kit.id,
        KitOutOfService.cancelled_at.is_(None),
        KitOutOfService.starts_on <= today,
        or_(KitOutOfService.ends_on.is_(None), KitOutOfService.ends_on >= today),
    )


def _resting_why(today: date) -> Any:
    """Why it is out of service today ("" where no reason was given), or None when it is not."""
    why = _spells(today).with_only_columns(KitOutOfService.why)
    return why.order_by(KitOutOfService.id).limit(1).correlate(Kit).scalar_subquery()


def _conditions(
    reader: Reader, wanted: Wanted, today: date, away: ColumnElement[bool]
) -> dict[str, ColumnElement[bool]]:
    """Each kind of choice as one condition, so that a count can leave out its own."""
    found = {"here": visible_to(reader), "state": _in_state(wanted.state)}
    if wanted.words.strip():
        within = [fulltext.network(reader.network_id), fulltext.REGION]
        found["words"] = Kit.id.in_(select(fulltext.matching("kit", wanted.words, within).subquery().c.id))
    for kind, codes in (("subject", wanted.subjects), ("phase", wanted.phases)):
        if codes:
            ids = [wanted.word_ids.get(kind, {}).get(code, 0) for code in codes]
            hung = select(KitWord.kit_id).where(KitWord.kit_id == Kit.id, KitWord.word_id.in_(ids))
            found[kind] = hung.correlate(Kit).exists()
    for name, column, values in (
        ("kind", Kit.kind, wanted.kinds),
        ("way", Kit.way, wanted.ways),
        ("home", Kit.home, wanted.homes),
    ):
        if values:
            found[name] = column.in_(values)
    if wanted.free:
        found["free"] = is_free(today, away)
    return found


def _in_state(state: str) -> ColumnElement[bool]:
    """Which drafts there are is decided by ``visible_to``."""
    if state == "draft":
        return Kit.listed_at.is_(None)
    if state == "retired":
        return and_(Kit.listed_at.is_not(None), Kit.retired_at.is_not(None))
    return and_(Kit.listed_at.is_not(None), Kit.retired_at.is_(None))


def _by_word(conditions: Mapping[str, ColumnElement[bool]], kind: str) -> Any:
    others = [one for name, one in conditions.items() if name != kind]
    query = select(literal(kind), Word.code, func.count()).select_from(Kit)
    query = query.join(KitWord, KitWord.kit_id == Kit.id).join(Word, Word.id == KitWord.word_id)
    return query.where(Word.kind == kind, *others).group_by(Word.code)


def _by_column(conditions: Mapping[str, ColumnElement[bool]], name: str, column: Any) -> Any:
    others = [one for key, one in conditions.items() if key != name]
    return select(literal(name), column, func.count()).where(*others).group_by(column)
