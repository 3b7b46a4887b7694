"""How often a pack was taken. A download is a page view: it never writes, its count is gathered and written later."""

from collections import Counter
from collections.abc import Hashable
from typing import Any, cast

from flask import request
from sqlalchemy import Table, update

from portal.db import db
from portal.resources.models import Pack, PackTaken
from portal.web import clock
from portal.web.gathered import basket
from portal.web.takings import Takings


def count_packs(taken: Counter[int]) -> None:
    """Add to the packs' counts, past their row versions: a download disturbs nobody who edits."""
    packs = cast("Table", Pack.__table__)
    for pack_id, count in taken.items():
        more = update(packs).where(packs.c.id == pack_id).values(downloads=packs.c.downloads + count)
        db.session.execute(more)


def _write_takers(moments: dict[Hashable, Any]) -> None:
    for key, moment in moments.items():
        pack_id, person_id = cast("tuple[int, int]", key)
        if db.session.get(PackTaken, (pack_id, person_id)) is None:
            db.session.add(PackTaken(pack_id=pack_id, person_id=person_id, taken_at=moment))


_takings = Takings("pack", count_packs)
_takers = basket(_write_takers)


def note_download(pack_id: int, person_id: int | None = None) -> None:
    """Remember one more, and who took it; both reach the database with the next gathering.

    A file and the whole zip are two things to take; the same one twice within a minute is once (``web/takings.py``).
    """
    if note_pack_taken(pack_id) and person_id is not None:
        _takers.put((pack_id, person_id), clock.now())


def note_pack_taken(pack_id: int) -> bool:
    """Remember one more, alone or in a toolkit; whether this request takes anything at all."""
    return _takings.note(pack_id, request.full_path)
