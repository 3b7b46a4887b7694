"""What this room adds to a person's own export: the looks that she took at packs."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from portal.db import db
from portal.people.exporting import declare_export
from portal.resources.models import Pack
from portal.reviewing.models import PackReview


def reviews_by(person_id: int) -> Iterable[Mapping[str, Any]]:
    """Each look, with the pack, what she ticked and what she noted."""
    columns = (PackReview.version, PackReview.note, PackReview.decision, PackReview.made_at)
    query = select(Pack.title.label("pack"), *columns).join(Pack, Pack.id == PackReview.pack_id)
    rows = db.session.execute(query.where(PackReview.made_by == person_id).order_by(PackReview.id))
    return [dict(row._mapping) | {"made_at": row.made_at.isoformat()} for row in rows]


declare_export("pack_reviews", reviews_by)
