"""What lies on the shelves for R8: boxes and packs held, most used and never used, languages, what losses cost."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select, union_all

from portal.activities.counted_rows import Span
from portal.activities.counted_uses import day_of
from portal.activities.models import Use
from portal.db import Rows, db
from portal.kit.models import Kit
from portal.lending.counting import losses
from portal.lending.models import Loan
from portal.resources.models import Pack
from portal.vocabulary.models import Word

MOST = 10
KINDS = ("kit", "pack")


@dataclass(frozen=True, slots=True)
class Held:
    """How many boxes and packs could be used in a span, and how many of them nobody used."""

    kits: int
    packs: int
    unused_kits: int
    unused_packs: int


@dataclass(frozen=True, slots=True)
class Used:
    """A box or a pack and what its returns say. ``students`` adds up those that are known."""

    kind: str
    id: int
    title: str
    times: int
    classes: int
    students: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What replacing what was lost costs, in one currency, in its smallest unit; parts whose cost is not known stand apart."""

    currency: str
    known: int
    parts_unknown: int


def held(span: Span) -> Held:
    """One statement."""
    asked = [_counted(_there(kind, span)) for kind in KINDS]
    asked += [_counted(_there(kind, span).where(~_was_used(kind, span))) for kind in KINDS]
    return Held(*(int(value) for value in db.session.execute(select(*asked)).one()))


def never_used(span: Span, kind: str) -> Rows:
    """Boxes or packs that could be used in the span and that no class used, as far as anybody told."""
    return _there(kind, span).where(~_was_used(kind, span))


def some_never_used(span: Span) -> list[Any]:
    """The first few of both: kind, id, title (one statement)."""
    parts = [select(literal(kind).label("kind"), *never_used(span, kind).limit(MOST).subquery().c) for kind in KINDS]
    rows = union_all(*parts).subquery()
    return list(db.session.execute(select(rows).order_by(rows.c.kind, rows.c.title)))


def most_used(span: Span) -> list[Used]:
    """The ten boxes and packs with most classes in the span (one statement)."""
    classes = func.sum(Use.classes)
    title = func.coalesce(Kit.title, Pack.title)
    rows = db.session.execute(
        select(
            Use.subject_kind, Use.subject_id, title, func.count(Use.id), classes, func.coalesce(func.sum(Use.students), 0)
        )
        .outerjoin(Kit, and_(Use.subject_kind == "kit", Kit.id == Use.subject_id))
        .outerjoin(Pack, and_(Use.subject_kind == "pack", Pack.id == Use.subject_id))
        .where(*_in_span(span), Use.subject_kind.in_(KINDS), or_(Kit.id.is_not(None), Pack.id.is_not(None)))
        .group_by(Use.subject_kind, Use.subject_id, title)
        .order_by(classes.desc(), func.count(Use.id).desc(), title)
        .limit(MOST)
    )  # fmt: skip
    return [
        Used(kind, id, name, times, int(many or 0), int(pupils or 0)) for kind, id, name, times, many, pupils in rows
    ]


def languages(span: Span) -> list[tuple[str, str, int]]:
    """(code, name, packs) of the packs that could be used in the span, the commonest first (one statement)."""
    label = func.coalesce(Word.label, Pack.language)
    rows = db.session.execute(
        select(Pack.language, label, func.count(Pack.id))
        .outerjoin(Word, and_(Word.kind == "language", Word.code == Pack.language))
        .where(*_packs(span))
        .group_by(Pack.language, label)
        .order_by(func.count(Pack.id).desc(), label)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def costs(span: Span) -> list[Cost]:
    """What was lost or broken in the span would cost, by currency (one statement)."""
    rows = losses(span).order_by(None).subquery()
    unknown = func.coalesce(func.sum(rows.c.lost).filter(rows.c.cost.is_(None)), 0)
    known = func.coalesce(func.sum(rows.c.cost), 0)
    found = db.session.execute(
        select(rows.c.currency, known, unknown).group_by(rows.c.currency).order_by(rows.c.currency)
    )
    return [Cost(currency, round(float(cost) * 100), int(unknown)) for currency, cost, unknown in found]


def _there(kind: str, span: Span) -> Rows:
    """What could be used on some day of the span."""
    model: Any = Kit if kind == "kit" else Pack
    where = _kits(span) if kind == "kit" else _packs(span)
    return select(model.id.label("id"), model.title.label("title")).where(*where)


def _kits(span: Span) -> tuple[ColumnElement[bool], ...]:
    return (
        Kit.network_id.in_(span.network_ids),
        Kit.deleted_at.is_(None),
        Kit.listed_at < span.end,
        or_(Kit.retired_at.is_(None), Kit.retired_at >= span.start),
    )


def _packs(span: Span) -> tuple[ColumnElement[bool], ...]:
    return (
        Pack.network_id.in_(span.network_ids),
        Pack.deleted_at.is_(None),
        Pack.shared_at < span.end,
        or_(Pack.retired_at.is_(None), Pack.retired_at >= span.start),
    )


def _was_used(kind: str, span: Span) -> ColumnElement[bool]:
    """A return says so; a box that was handed over was used too, whatever its return says or does not."""
    thing = Kit.id if kind == "kit" else Pack.id
    told = exists().where(Use.subject_kind == kind, Use.subject_id == thing, *_in_span(span))
    if kind == "pack":
        return told
    lent = exists().where(Loan.kit_id == Kit.id, Loan.out_at >= span.start, Loan.out_at < span.end)
    return or_(told, lent)


def _in_span(span: Span) -> tuple[ColumnElement[bool], ...]:
    """Uses of these networks whose first day lies in the span."""
    days = (Use.used_on >= day_of(span.start), Use.used_on < day_of(span.end))
    return (Use.network_id.in_(span.network_ids), Use.withdrawn_at.is_(None), *days)


def _counted(rows: Rows) -> Any:
    return select(func.count()).select_from(rows.subquery()).scalar_subquery()
