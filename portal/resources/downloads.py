"""How often a pack was taken. A download is a page view: it never writes, its count is gathered and written later."""

from collections.abc import Hashable
from typing import Any, cast

from sqlalchemy import Table, update

from portal.db import db
from portal.resources.models import Pack
from portal.web.gathered import basket


def _write(counts: dict[Hashable, Any]) -> None:
    packs = cast("Table", Pack.__table__)
    for pack_id, count in counts.items():
        # Past the row version: a download disturbs nobody who edits the pack.
        more = update(packs).where(packs.c.id == pack_id).values(downloads=packs.c.downloads + count)
        db.session.execute(more)


_taken = basket(_write, merge=lambda one, other: one + other)  # type: ignore[operator]


def note_download(pack_id: int) -> None:
    """Remember one more; it reaches the database with the next gathering."""
    _taken.put(pack_id, 1)
