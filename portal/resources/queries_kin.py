"""Where packs come from and what became of them: those made from one, and what one may have been made from."""

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from portal.db import db
from portal.networks.readers import Reader
from portal.resources.models import Pack
from portal.resources.queries import visible_to
from portal.resources.standing import STANDING


def variants_of(reader: Reader, pack_id: int, parent_id: int | None = None) -> list[Any]:
    """Packs that were made from this one, and others made from its parent, as far as the reader may see them.

    Newest first (one query); ``is_sibling`` tells those of the parent.
    """
    is_sibling = (Pack.adapted_from_id != pack_id).label("is_sibling")
    columns = (
        Pack.id,
        Pack.title,
        Pack.author,
        Pack.language,
        Pack.checked_language,
        STANDING.label("state"),
        is_sibling,
    )
    family = [one for one in (pack_id, parent_id) if one is not None]
    query = select(*columns).where(Pack.adapted_from_id.in_(family), Pack.id != pack_id, visible_to(reader))
    return list(db.session.execute(query.order_by(Pack.id.desc()).limit(40)))


def originals_for(reader: Reader, words: str, but: int | None = None) -> list[Any]:
    """Shared packs of the network that somebody may have made hers from, by words of title or author (one query)."""
    query = select(Pack.id, Pack.title, Pack.author, Pack.licence).where(
        Pack.network_id == reader.network_id, Pack.deleted_at.is_(None), Pack.shared_at.is_not(None)
    )
    for word in words.split()[:6]:
        held = or_(Pack.title.icontains(word, autoescape=True), Pack.author.icontains(word, autoescape=True))
        query = query.where(held)
    return list(db.session.execute(query.where(Pack.id != (but or 0)).order_by(Pack.title, Pack.id).limit(8)))


def public_heir(network_id: int, pack_id: int) -> int | None:
    """What took the place of a public pack that was retired, where anyone may read that too; its id (one query)."""
    heir = aliased(Pack)
    shown = (heir.is_public, heir.shared_at.is_not(None), heir.deleted_at.is_(None))
    query = (
        select(heir.id)
        .join(Pack, Pack.successor_id == heir.id)
        .where(Pack.id == pack_id, Pack.network_id == network_id, Pack.is_public, Pack.deleted_at.is_(None), *shown)
    )
    return db.session.execute(query).scalar_one_or_none()
