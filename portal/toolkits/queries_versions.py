"""Earlier versions of a toolkit: which there are, what each kept, and how the packs of one stand now."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from portal.db import db
from portal.people.models import Person
from portal.resources.models import Pack, PackItem
from portal.toolkits.fields import Pin
from portal.toolkits.models import ToolkitItem, ToolkitVersion
from portal.toolkits.queries import STANDING


def versions_of(toolkit_id: int) -> list[Any]:
    """Earlier versions, newest first, with what they kept and the name of who closed each."""
    columns = (
        ToolkitVersion.number,
        ToolkitVersion.note,
        ToolkitVersion.made_at,
        ToolkitVersion.fields,
        Person.name.label("made_by_name"),
    )
    query = select(*columns).outerjoin(Person, Person.id == ToolkitVersion.made_by)
    return list(
        db.session.execute(
            query.where(ToolkitVersion.toolkit_id == toolkit_id).order_by(ToolkitVersion.number.desc()).limit(200)
        )
    )


def version_of(toolkit_id: int, number: int) -> ToolkitVersion | None:
    wanted = (ToolkitVersion.toolkit_id == toolkit_id, ToolkitVersion.number == number)
    return db.session.execute(select(ToolkitVersion).where(*wanted)).scalar_one_or_none()


def pins_now(toolkit_id: int) -> list[Pin]:
    """The packs as they lie in it now: what closing a version keeps (two queries)."""
    there = (ToolkitItem.toolkit_id == toolkit_id, ToolkitItem.until_version.is_(None))
    query = select(Pack.id, Pack.version, Pack.title, ToolkitItem.note).join(Pack, Pack.id == ToolkitItem.pack_id)
    rows = list(db.session.execute(query.where(*there).order_by(ToolkitItem.position, ToolkitItem.id)))
    items = _items_of([row.id for row in rows])
    return [Pin(row.id, row.version, row.note, row.title, tuple(items[row.id])) for row in rows]


def _items_of(pack_ids: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    query = select(PackItem.pack_id, PackItem.id).where(
        PackItem.pack_id.in_(pack_ids), PackItem.until_version.is_(None)
    )
    for pack_id, item_id in db.session.execute(query.order_by(PackItem.position, PackItem.id)):
        found[pack_id].append(item_id)
    return found


@dataclass(frozen=True)
class Pinned:
    """A pack that a version kept, and the pack as it stands now; None where its row is gone altogether."""

    pin: Pin
    pack: Any | None

    @property
    def standing(self) -> str:
        return self.pack.standing if self.pack else "gone"


def pinned(pins: list[Pin]) -> list[Pinned]:
    """Each pack of a version with how it stands today (one query)."""
    columns = (*Pack.__table__.columns, STANDING.label("standing"))
    rows = db.session.execute(select(*columns).where(Pack.id.in_([pin.pack for pin in pins])))
    known = {row.id: row for row in rows}
    return [Pinned(pin, known.get(pin.pack)) for pin in pins]
