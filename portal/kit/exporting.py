"""What this room adds to a person's own export: kits that she wrote down or keeps, and what she said is wrong."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import or_, select

from portal.kit.models import Kit, KitPart, KitProblem, KitTrained
from portal.people.exporting import declare_export, rows_of


def kits_of(person_id: int) -> Iterable[Mapping[str, Any]]:
    """Kits that she wrote down or hands over at the door."""
    names = ("title", "asset_code", "strapline", "about", "home", "created_at", "listed_at", "retired_at", "deleted_at")
    query = select(*(getattr(Kit, name) for name in names), (Kit.keeper_id == person_id).label("is_keeper"))
    return rows_of(query.where(or_(Kit.owner_id == person_id, Kit.keeper_id == person_id)).order_by(Kit.id))


def problems_of(person_id: int) -> Iterable[Mapping[str, Any]]:
    """What she said is missing or broken."""
    columns = (Kit.title.label("kit"), KitPart.title.label("part"), KitProblem.kind, KitProblem.quantity)
    query = select(*columns, KitProblem.text, KitProblem.told_at, KitProblem.outcome)
    query = query.join(Kit, Kit.id == KitProblem.kit_id).outerjoin(KitPart, KitPart.id == KitProblem.part_id)
    return rows_of(query.where(KitProblem.told_by == person_id).order_by(KitProblem.id))


def trained_of(person_id: int) -> Iterable[Mapping[str, Any]]:
    """Kits that a coordinator says she knows."""
    query = select(Kit.title.label("kit"), KitTrained.why, KitTrained.noted_at)
    query = query.join(Kit, Kit.id == KitTrained.kit_id)
    return rows_of(query.where(KitTrained.person_id == person_id).order_by(Kit.id))


declare_export("kits", kits_of)
declare_export("kit_problems", problems_of)
declare_export("kit_training", trained_of)
