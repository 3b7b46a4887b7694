"""How often a toolkit was taken, and with it each pack that lies in it. Counted as packs are: see ``web/takings.py``."""

from collections import Counter
from collections.abc import Iterable
from typing import cast

from flask import request
from sqlalchemy import Table, update

from portal.db import db
from portal.resources.downloads import note_pack_taken
from portal.toolkits.models import Toolkit
from portal.web.takings import Takings


def _count(taken: Counter[int]) -> None:
    toolkits = cast("Table", Toolkit.__table__)
    for toolkit_id, count in taken.items():
        # Past the row version: a download disturbs nobody who edits the toolkit.
        more = update(toolkits).where(toolkits.c.id == toolkit_id).values(downloads=toolkits.c.downloads + count)
        db.session.execute(more)


_takings = Takings("toolkit", _count)


def note_toolkit_taken(toolkit_id: int, pack_ids: Iterable[int]) -> None:
    """One more for it and for each of its packs. Nobody is asked weeks later about ten packs at once, so takers of
    packs are not noted here."""
    if _takings.note(toolkit_id, request.full_path):
        for pack_id in pack_ids:
            note_pack_taken(pack_id)
