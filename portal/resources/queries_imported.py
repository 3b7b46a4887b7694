"""Drafts that came from catalogues and wait for a look: which there are, and what each still lacks."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from portal.db import Rows, db
from portal.networks.readers import Reader
from portal.resources.models import Pack
from portal.resources.queries_fields import fields_of_packs


def waiting_from_catalogues(reader: Reader) -> ColumnElement[bool]:
    """Drafts of this reader's that an import made."""
    return and_(
        Pack.network_id == reader.network_id,
        Pack.owner_id == reader.person_id,
        Pack.outside_code.is_not(None),
        Pack.shared_at.is_(None),
        Pack.deleted_at.is_(None),
    )


def imported_drafts(reader: Reader, author: str = "") -> Rows:
    """Those drafts as packs, all or those of one author; a catalogue mostly has one."""
    query = select(Pack).where(waiting_from_catalogues(reader))
    return query.where(Pack.author == author) if author else query


def authors_imported(reader: Reader) -> list[Any]:
    """The authors of those drafts and how many each has, by name (one query)."""
    query = select(Pack.author, func.count().label("count")).where(waiting_from_catalogues(reader))
    return list(db.session.execute(query.group_by(Pack.author).order_by(Pack.author).limit(100)))


def lacking(packs: Sequence[Pack]) -> dict[int, list[str]]:
    """What each pack needs before it can be shared, by its id (two queries)."""
    said = fields_of_packs(packs)
    return {pack.id: said[pack.id].missing() for pack in packs}
