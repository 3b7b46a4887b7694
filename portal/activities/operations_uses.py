"""What a thing knows of its own uses. For operations of the rooms whose packs and kits are used in class."""

from typing import cast

from sqlalchemy import Table, func, select, update

from portal.activities.models import Use
from portal.db import Base, db


def recount_classes(thing: type[Base], kind: str, thing_id: int) -> None:
    """Its stored number of classes, past the row version: nobody who edits it is disturbed by a use."""
    stand = (Use.subject_kind == kind, Use.subject_id == thing_id, Use.withdrawn_at.is_(None))
    classes = select(func.coalesce(func.sum(Use.classes), 0)).where(*stand).scalar_subquery()
    things = cast("Table", thing.__table__)
    db.session.execute(update(things).where(things.c.id == thing_id).values(uses_count=classes))
