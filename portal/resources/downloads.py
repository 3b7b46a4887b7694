"""How often a pack was taken. A download is a page view: it never writes, its count is gathered and written later."""

from collections.abc import Hashable
from typing import Any, cast

from sqlalchemy import Table, update

from portal.db import db
from portal.resources.models import Pack, PackTaken
from portal.web import clock
from portal.web.gathered import basket


def _write(counts: dict[Hashable, Any]) -> None:
    packs = cast("Table", Pack.__table__)
    for pack_id, count in counts.items():
        # Past the row version: a download disturbs nobody who edits the pack.
        more = update(packs).where(packs.c.id == pack_id).values(downloads=packs.c.downloads + count)
        db.session.execute(more)


_taken = basket(_write, merge=lambda one, other: one + other)  # type: ignore[operator]


def _write_takers(moments: dict[Hashable, Any]) -> None:
    for key, moment in moments.items():
        pack_id, person_id = cast("tuple[int, int]", key)
        if db.session.get(PackTaken, (pack_id, person_id)) is None:
            db.session.add(PackTaken(pack_id=pack_id, person_id=person_id, taken_at=moment))


_takers = basket(_write_takers)


def note_download(pack_id: int, person_id: int | None = None) -> None:
    """Remember one more, and who took it; both reach the database with the next gathering."""
    _taken.put(pack_id, 1)
    if person_id is not None:
        _takers.put((pack_id, person_id), clock.now())
