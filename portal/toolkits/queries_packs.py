"""Packs to choose for a toolkit: shared ones of the network that do not lie in it yet."""

from sqlalchemy import ColumnElement, and_, select

from portal import fulltext
from portal.db import Rows
from portal.networks.readers import Reader
from portal.resources.models import Pack
from portal.toolkits.models import ToolkitItem


def packs_to_put(reader: Reader, toolkit_id: int, words: str = "") -> Rows:
    """One row for each; ``words`` as in the search for packs."""
    inside = select(ToolkitItem.pack_id).where(
        ToolkitItem.toolkit_id == toolkit_id, ToolkitItem.until_version.is_(None)
    )
    query = select(Pack.id, Pack.title, Pack.strapline, Pack.lessons, Pack.minutes, Pack.uses_count).where(
        Pack.network_id == reader.network_id, can_lie_in(), Pack.id.not_in(inside)
    )
    if words.strip():
        within = [fulltext.network(reader.network_id), fulltext.owner(reader.person_id)]
        query = query.where(Pack.id.in_(select(fulltext.matching("pack", words, within).subquery().c.id)))
    return query


def can_lie_in() -> ColumnElement[bool]:
    """Shared, in use and not deleted: what a toolkit promises must be there for whoever opens it."""
    return and_(Pack.shared_at.is_not(None), Pack.retired_at.is_(None), Pack.deleted_at.is_(None))
