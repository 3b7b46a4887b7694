"""What is wrong with kits: with one, and over all that somebody minds; what is short and what it costs to refill."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, or_, select

from portal.db import Rows, db
from portal.kit.models import Kit, KitPart, KitProblem
from portal.networks.readers import Reader
from portal.people.models import Person

# What can be used up or lost: a part that is short.
IS_SHORT = and_(KitPart.removed_at.is_(None), KitPart.there < KitPart.quantity)
SHORT = KitPart.quantity - KitPart.there
# Something is wrong with a kit and nobody has settled it.
IS_WAITING = and_(Kit.deleted_at.is_(None), KitProblem.settled_at.is_(None))


def minded_by(reader: Reader) -> ColumnElement[bool]:
    """Kits that this reader refills: all of her network as its coordinator, else those that she keeps."""
    mine = and_(Kit.network_id == reader.network_id, Kit.deleted_at.is_(None), Kit.retired_at.is_(None))
    return and_(mine, or_(literal(reader.is_coordinator), Kit.keeper_id == reader.person_id))


def short_parts(reader: Reader) -> Rows:
    """Every part that is short over all kits that she minds, for a listing."""
    columns = (
        KitPart.id,
        KitPart.title,
        KitPart.box,
        KitPart.quantity,
        KitPart.there,
        SHORT.label("short"),
        KitPart.cost,
        KitPart.is_consumable,
        Kit.id.label("kit_id"),
        Kit.title.label("kit_title"),
        Kit.asset_code,
        Kit.boxes,
        Kit.currency,
        Kit.home,
        _broken().label("broken"),
    )
    return select(*columns).join(Kit, Kit.id == KitPart.kit_id).where(IS_SHORT, minded_by(reader))


def _broken() -> Any:
    """How many of what is short are there and want mending."""
    query = select(func.coalesce(func.sum(KitProblem.quantity), 0)).where(
        KitProblem.part_id == KitPart.id, KitProblem.settled_at.is_(None), KitProblem.kind == "broken"
    )
    return query.correlate(KitPart).scalar_subquery()


def shopping_list(reader: Reader) -> list[Any]:
    """What is short, added up over parts of the same name and money: title, short, boxes, cost, currency (one query).

    ``unknown`` counts how many of them have no known cost: their sum is not zero, it is not known.
    """
    name = func.lower(func.trim(KitPart.title))
    wanted = SHORT - _broken()
    rows = (
        select(
            name.label("name"), KitPart.title, wanted.label("short"), KitPart.cost, Kit.currency, Kit.id.label("kit_id")
        )
        .join(Kit, Kit.id == KitPart.kit_id)
        .where(IS_SHORT, minded_by(reader), wanted > 0)
        .subquery()
    )
    query = select(
        func.min(rows.c.title).label("title"),
        func.sum(rows.c.short).label("short"),
        func.count(rows.c.kit_id.distinct()).label("kits"),
        func.sum(rows.c.short * rows.c.cost).label("cost"),
        func.sum(rows.c.short).filter(rows.c.cost.is_(None)).label("unknown"),
        rows.c.currency,
    )
    return list(db.session.execute(query.group_by(rows.c.name, rows.c.currency).order_by(rows.c.name)))


def open_problems(condition: ColumnElement[bool]) -> list[Any]:
    """What is said and not settled, oldest first, with who said it where she was signed in (one query)."""
    columns = (
        KitProblem.id,
        KitProblem.kind,
        KitProblem.quantity,
        KitProblem.text,
        KitProblem.told_at,
        KitProblem.told_by,
        KitProblem.kit_id,
        KitProblem.part_id,
        Kit.title.label("kit_title"),
        Kit.asset_code,
        Kit.currency,
        KitPart.title.label("part_title"),
        KitPart.cost.label("part_cost"),
        Person.name.label("by_name"),
    )
    query = (
        select(*columns)
        .join(Kit, Kit.id == KitProblem.kit_id)
        .outerjoin(KitPart, KitPart.id == KitProblem.part_id)
        .outerjoin(Person, Person.id == KitProblem.told_by)
        .where(KitProblem.settled_at.is_(None), condition)
    )
    return list(db.session.execute(query.order_by(KitProblem.told_at, KitProblem.id).limit(200)))


def problems_with(kit_id: int) -> list[Any]:
    """What is said of one kit and not settled."""
    return open_problems(KitProblem.kit_id == kit_id)


def problem_of(kit_id: int, problem_id: int) -> Any | None:
    """One of its problems, settled or not, with the name of its part."""
    query = (
        select(KitProblem, KitPart.title.label("part_title"), KitPart.cost.label("part_cost"))
        .outerjoin(KitPart, KitPart.id == KitProblem.part_id)
        .where(KitProblem.kit_id == kit_id, KitProblem.id == problem_id)
    )
    return db.session.execute(query).first()


def to_refill(reader: Reader) -> tuple[int, int]:
    """How many kits she minds, and how many parts are short or things are wrong with them (one query)."""
    kits = select(func.count()).select_from(Kit).where(minded_by(reader))
    short = select(func.count()).select_from(KitPart).join(Kit, Kit.id == KitPart.kit_id)
    short = short.where(IS_SHORT, minded_by(reader))
    # A part that is short stands there already.
    others = (
        select(func.count())
        .select_from(KitProblem)
        .join(Kit, Kit.id == KitProblem.kit_id)
        .where(KitProblem.settled_at.is_(None), or_(KitProblem.part_id.is_(None), KitProblem.kind == "other"))
        .where(minded_by(reader))
    )
    row = db.session.execute(
        select(kits.scalar_subquery(), (short.scalar_subquery() + others.scalar_subquery()).label("wrong"))
    ).one()
    return int(row[0]), int(row[1])


def boxes_waiting(network_id: int) -> Rows:
    """For Today: kind, since, id, title, detail (its number), count, parent_id of each kit with which something is wrong."""
    query = (
        select(
            literal("kit").label("kind"),
            func.min(KitProblem.told_at).label("since"),
            Kit.id.label("id"),
            Kit.title.label("title"),
            Kit.asset_code.label("detail"),
            func.count().label("count"),
            literal(0).label("parent_id"),
        )
        .select_from(KitProblem)
        .join(Kit, Kit.id == KitProblem.kit_id)
    )
    query = query.where(Kit.network_id == network_id, IS_WAITING)
    return query.group_by(Kit.id, Kit.title, Kit.asset_code)


def kept_and_wrong(network_id: int, person_id: int) -> list[Any]:
    """The kits that she keeps here and something is wrong with: id, title, asset_code, wrong (one query)."""
    columns = (Kit.id, Kit.title, Kit.asset_code, func.count().label("wrong"))
    query = select(*columns).select_from(KitProblem).join(Kit, Kit.id == KitProblem.kit_id)
    query = query.where(Kit.network_id == network_id, Kit.keeper_id == person_id, IS_WAITING)
    return list(db.session.execute(query.group_by(Kit.id, Kit.title, Kit.asset_code).order_by(Kit.title).limit(8)))


def kits_to_label(reader: Reader) -> list[Kit]:
    """The kits that she minds, by number (one query)."""
    query = select(Kit).where(minded_by(reader))
    return list(db.session.execute(query.order_by(func.length(Kit.asset_code), Kit.asset_code, Kit.title)).scalars())
