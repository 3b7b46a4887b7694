"""A person deletes herself: she keeps no box any more, and nobody says what she knows."""

from sqlalchemy import delete, update

from portal.db import db
from portal.kit.models import Kit, KitTrained
from portal.people.operations_leaving import at_erasure


def keep_nothing(person_id: int) -> None:
    """Her part of this room, inside the transaction that forgets her. What she said is missing stays missing."""
    db.session.execute(update(Kit).where(Kit.keeper_id == person_id).values(keeper_id=None))
    db.session.execute(delete(KitTrained).where(KitTrained.person_id == person_id))


at_erasure(keep_nothing)
