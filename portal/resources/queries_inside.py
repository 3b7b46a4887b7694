"""In which file of a pack the words were found that somebody looked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy import func, or_, select

from portal import fulltext
from portal.db import db
from portal.files.models import FileReading, StoredFile
from portal.fulltext.words import fold, stems
from portal.resources.models import PackItem

# Letters that may carry an accent in the file and none in what was typed, or the other way round.
_ANY = re.compile(r"[^bfghjkmpqvwx0-9]")


@dataclass(frozen=True)
class FoundInside:
    """A file, and the place in it: ``excerpt`` is safe HTML with the words under the highlighter."""

    pack_id: int
    item_id: int
    title: str
    excerpt: Markup


def found_inside(pack_ids: Sequence[int], words: str | tuple[str, ...]) -> dict[int, FoundInside]:
    """For each of these packs the file that has most of the words, if any has one (one query).

    ``words`` as typed, or as a question understood them. For packs that were found and that the reader may see: asks for
    no permission.
    """
    wanted = stems(words)
    if not wanted or not pack_ids:
        return {}
    said = re.compile(rf"\b(?:{'|'.join(map(re.escape, wanted))})")
    best: dict[int, tuple[int, Any]] = {}
    for row in db.session.execute(_texts(pack_ids, wanted)):
        score = len(set(said.findall(fold(row.text))))
        if score > best.get(row.pack_id, (0, None))[0]:
            best[row.pack_id] = score, row
    return {
        pack_id: FoundInside(pack_id, row.id, row.title, fulltext.excerpt(row.text, words, 160))
        for pack_id, (_score, row) in best.items()
    }


def _texts(pack_ids: Sequence[int], wanted: Sequence[str]):  # type: ignore[no-untyped-def]
    """Readings that may hold one of the words: most do not, and their texts need not be fetched."""
    low = func.lower(FileReading.text)
    likely = or_(*(low.like(f"%{_ANY.sub('_', stem)}%") for stem in wanted))
    return (
        select(PackItem.pack_id, PackItem.id, PackItem.title, FileReading.text)
        .join(StoredFile, StoredFile.id == PackItem.file_id)
        .join(FileReading, FileReading.sha256 == StoredFile.sha256)
        .where(PackItem.pack_id.in_(pack_ids), PackItem.until_version.is_(None), FileReading.text != "", likely)
        .order_by(PackItem.pack_id, PackItem.position, PackItem.id)
    )
