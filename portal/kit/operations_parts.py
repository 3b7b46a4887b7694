"""The contents of a kit: lines are added, changed, ordered, taken out and put back."""

from collections.abc import Sequence
from typing import Literal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from portal.db import db, operation
from portal.history.phrases import declare
from portal.kit.fields import PartFields
from portal.kit.models import Kit, KitPart
from portal.kit.operations import append_parts, note
from portal.kit.queries import parts_of
from portal.web import clock
from portal.web.errors import DomainError
from portal.web.ordering import move

MOST_PARTS = 400

declare(
    {
        "kit.parts_added": _l("%(actor)s wrote %(count)s more parts into “%(title)s”"),
        "kit.part_changed": _l("%(actor)s changed “%(part)s” in “%(title)s”"),
        "kit.part_removed": _l("%(actor)s took “%(part)s” out of “%(title)s”"),
        "kit.part_returned": _l("%(actor)s put “%(part)s” back into “%(title)s”"),
        "kit.parts_ordered": _l("%(actor)s changed the order of “%(title)s”"),
    }
)


@operation
def add_parts(actor_id: int, kit_id: int, parts: Sequence[PartFields]) -> int:
    """New lines after what is there; returns how many. Raises DomainError for too many."""
    kit = db.session.get_one(Kit, kit_id, populate_existing=True)
    there = (KitPart.kit_id == kit_id, KitPart.removed_at.is_(None))
    count, last = db.session.execute(select(func.count(), func.max(KitPart.position)).where(*there)).one()
    if count + len(parts) > MOST_PARTS:
        raise DomainError(_("A kit holds at most %(most)s different parts.", most=MOST_PARTS), "contents")
    append_parts(kit, parts, last + 1 if count else 0)
    note(actor_id, "kit.parts_added", kit, count=len(parts))
    return len(parts)


@operation
def change_part(actor_id: int, kit_id: int, part_id: int, said: PartFields) -> bool:
    """What the part is, how many belong there and how many are there."""
    kit, part = _both(kit_id, part_id)
    part.title, part.note, part.box = said.title, said.note, said.box
    part.quantity, part.is_consumable, part.cost = said.quantity, said.is_consumable, said.cost
    part.there = min(part.there if said.there is None else said.there, said.quantity)
    kit.boxes = max(kit.boxes, said.box)
    note(actor_id, "kit.part_changed", kit, part=part.title)
    return True


@operation
def move_part(actor_id: int, kit_id: int, part_id: int, way: Literal["up", "down"]) -> bool:
    """One place up or down within its box."""
    kit, part = _both(kit_id, part_id)
    same_box = [one for one in parts_of(kit_id) if one.box == part.box]
    if move(same_box, part, -1 if way == "up" else 1):
        note(actor_id, "kit.parts_ordered", kit)
    return True


@operation
def remove_part(actor_id: int, kit_id: int, part_id: int) -> bool:
    """It belongs there no longer. What was said of it stays."""
    kit, part = _both(kit_id, part_id)
    if not part.removed_at:
        part.removed_at = clock.now()
        note(actor_id, "kit.part_removed", kit, part=part.title)
    return True


@operation
def return_part(actor_id: int, kit_id: int, part_id: int) -> bool:
    """Undo of taking it out."""
    kit, part = _both(kit_id, part_id)
    if part.removed_at:
        part.removed_at = None
        note(actor_id, "kit.part_returned", kit, part=part.title)
    return True


def _both(kit_id: int, part_id: int) -> tuple[Kit, KitPart]:
    part = db.session.get_one(KitPart, part_id, populate_existing=True)
    assert part.kit_id == kit_id
    return db.session.get_one(Kit, kit_id, populate_existing=True), part
