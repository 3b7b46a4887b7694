"""What this room adds to a person's own export: the looks that she took at packs."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from portal.people.exporting import declare_export, rows_of
from portal.resources.models import Pack
from portal.reviewing.models import PackReview


def reviews_by(person_id: int) -> Iterable[Mapping[str, Any]]:
    """Each look, with the pack, what she ticked and what she noted."""
    columns = (PackReview.version, PackReview.note, PackReview.decision, PackReview.made_at)
    query = select(Pack.title.label("pack"), *columns).join(Pack, Pack.id == PackReview.pack_id)
    return rows_of(query.where(PackReview.made_by == person_id).order_by(PackReview.id))


declare_export("pack_reviews", reviews_by)
