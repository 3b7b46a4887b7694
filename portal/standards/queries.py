"""Standards by code, in any spelling, or by words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from portal.db import Rows, db
from portal.standards.codes import fold_code, framework_and_code
from portal.standards.frameworks import known
from portal.standards.models import Framework, Standard, StandardLink


@dataclass(frozen=True, slots=True)
class Found:
    """What a typed code means: the standard that has it."""

    id: int
    code: str
    framework: str


def frameworks() -> list[Any]:
    """All frameworks with the number of their lines, by name (one query)."""
    count = select(func.count()).where(Standard.framework_id == Framework.id).scalar_subquery()
    columns = (Framework.id, Framework.code, Framework.name, Framework.attribution, count.label("lines"))
    return list(db.session.execute(select(*columns).order_by(Framework.name)))


def standards(words: str = "", framework: str = "", found: "Rows | None" = None) -> Rows:
    """The lines that a list shows: all, of one framework, and those that a code or words find.

    ``found`` are the ids that the full-text index has for these words (it stands beside this room, not under it).
    """
    columns = (Standard.id, Standard.code, Standard.grade, Standard.heading, Standard.statement)
    query = select(*columns, Framework.code.label("framework")).join(Framework)
    if framework:
        query = query.where(Framework.code == framework)
    if words.strip():
        query = query.where(matches(words, found))
    return query


def matches(words: str, found: "Rows | None") -> ColumnElement[bool]:
    """Whether a line has this code, in any spelling, or a code that begins so, or is among those found by words."""
    _name, code = framework_and_code(words)
    key = fold_code(code)
    by_code = Standard.key.startswith(key, autoescape=True)
    ways: list[ColumnElement[bool]] = [Standard.id.in_(select(found.subquery().c.id))] if found is not None else []
    if any(letter.isdigit() for letter in key):
        ways += [by_code, Standard.also.icontains(code, autoescape=True)]
    return or_(*ways) if ways else by_code


def standard_by_id(standard_id: int) -> Any | None:
    """One line with its framework, or None."""
    columns = (
        Standard.id,
        Standard.code,
        Standard.also,
        Standard.grade,
        Standard.heading,
        Standard.statement,
        Standard.note,
        Standard.framework_id,
        Framework.code.label("framework"),
        Framework.name.label("framework_name"),
        Framework.attribution,
    )
    return db.session.execute(select(*columns).join(Framework).where(Standard.id == standard_id)).first()


def links_of(standard: Any) -> list[Any]:
    """The codes that a line names, each with the line it leads to, or without when it leads nowhere."""
    target = (Standard.key == StandardLink.key) & (Standard.framework_id == standard.framework_id)
    query = (
        select(StandardLink.code, Standard.id, Standard.statement)
        .outerjoin(Standard, target)
        .where(StandardLink.standard_id == standard.id)
        .order_by(StandardLink.id)
    )
    return list(db.session.execute(query))


def dead_links(framework_id: int, limit: int = 200) -> list[str]:
    """Codes that lines of a framework name and that none of its lines has: typing errors of the source, mostly."""
    source, target = Standard.__table__.alias(), Standard.__table__.alias()
    query = (
        select(StandardLink.code)
        .join(source, source.c.id == StandardLink.standard_id)
        .outerjoin(target, (target.c.key == StandardLink.key) & (target.c.framework_id == framework_id))
        .where(source.c.framework_id == framework_id, target.c.id.is_(None))
        .distinct()
        .order_by(StandardLink.code)
        .limit(limit)
    )
    return list(db.session.execute(query).scalars())


def resolve(codes: Iterable[str]) -> dict[str, Found]:
    """What typed codes mean, with or without their framework in front (``CSTA:2-AP-11``); one query.

    A code that more than one framework has is only found with the framework named. Unknown ones are left out.
    """
    wanted = {text: framework_and_code(text) for text in codes}
    keys = {fold_code(code) for _framework, code in wanted.values()}
    rows = db.session.execute(
        select(Standard.id, Standard.code, Standard.key, Framework.code).join(Framework).where(Standard.key.in_(keys))
    )
    by_key: dict[str, list[Found]] = {}
    for standard_id, code, key, framework in rows:
        by_key.setdefault(key, []).append(Found(standard_id, code, framework))
    found = {text: _of_framework(by_key.get(fold_code(code), []), name) for text, (name, code) in wanted.items()}
    return {text: one for text, one in found.items() if one}


def _of_framework(candidates: list[Found], name: str) -> Found | None:
    if name:
        meant = known(name)
        code = fold_code(meant.code if meant else name)
        candidates = [one for one in candidates if fold_code(one.framework) == code]
    return candidates[0] if len(candidates) == 1 else None
