"""Packs that somebody keeps for herself. Nobody else is ever told which: every question starts from her."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, case, select

from portal.db import Rows, db
from portal.networks.readers import Reader
from portal.resources.models import Pack, PackBookmark
from portal.resources.queries import STATE, visible_to


def kept_among(person_id: int, pack_ids: Collection[int]) -> set[int]:
    """Which of these she keeps (one query)."""
    if not pack_ids:
        return set()
    hers = (PackBookmark.person_id == person_id, PackBookmark.pack_id.in_(pack_ids))
    return set(db.session.execute(select(PackBookmark.pack_id).where(*hers)).scalars())


def is_kept_by(reader: Reader) -> ColumnElement[bool]:
    """The packs that the reader keeps, as a condition on ``Pack``."""
    return Pack.id.in_(select(PackBookmark.pack_id).where(PackBookmark.person_id == reader.person_id))


def kept_packs(reader: Reader) -> Rows:
    """All that she keeps in this network. What she can't open any more is told as "gone", without its words."""
    standing = case((visible_to(reader), STATE), else_="gone")
    shown = and_(PackBookmark.person_id == reader.person_id, Pack.network_id == reader.network_id)
    query = select(*_COLUMNS, standing.label("state"), PackBookmark.kept_at.label("since"))
    return query.join(PackBookmark, PackBookmark.pack_id == Pack.id).where(shown)


def made_packs(reader: Reader) -> Rows:
    """All that are hers in this network, drafts and retired ones too."""
    mine = (Pack.owner_id == reader.person_id, Pack.network_id == reader.network_id, Pack.deleted_at.is_(None))
    return select(*_COLUMNS, STATE.label("state"), Pack.changed_at.label("since")).where(*mine)


_COLUMNS: tuple[Any, ...] = (
    Pack.id,
    Pack.title,
    Pack.strapline,
    Pack.lessons,
    Pack.minutes,
    Pack.uses_count,
    Pack.downloads,
)
