"""What lies in several packs at once: for a zip of many, and for versions that name each item."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select

from portal.db import db
from portal.files.models import StoredFile
from portal.resources.models import PackItem


def items_of_packs(pack_ids: list[int]) -> dict[int, list[Any]]:
    """Files and links of now, by pack, in their order (one query)."""
    found: dict[int, list[Any]] = defaultdict(list)
    there = (PackItem.pack_id.in_(pack_ids), PackItem.until_version.is_(None))
    for item in db.session.execute(_items().where(*there).order_by(PackItem.position, PackItem.id)):
        found[item.pack_id].append(item)
    return found


def items_by_id(item_ids: list[int]) -> dict[int, Any]:
    """Those of these that are still kept, taken out since or not (one query)."""
    rows = db.session.execute(_items().where(PackItem.id.in_(item_ids)))
    return {item.id: item for item in rows}


def _items() -> Any:
    file = (StoredFile.name, StoredFile.kind, StoredFile.media_type, StoredFile.size, StoredFile.sha256)
    return select(PackItem.id, PackItem.pack_id, PackItem.title, PackItem.url, PackItem.file_id, *file).outerjoin(
        StoredFile, StoredFile.id == PackItem.file_id
    )
