"""What this room adds to a person's own export: her toolkits with what she wrote, and why each pack lies in them."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from portal.people.exporting import declare_export, rows_of
from portal.resources.models import Pack
from portal.toolkits.models import Toolkit, ToolkitItem


def toolkits_of(person_id: int) -> Iterable[Mapping[str, Any]]:
    """Her toolkits, drafts and deleted ones too, a row for each pack in them."""
    names = ("title", "strapline", "about", "version", "change_note", "created_at", "shared_at", "deleted_at")
    columns = [*(getattr(Toolkit, name) for name in names), Pack.title.label("pack"), ToolkitItem.note.label("why")]
    query = (
        select(*columns)
        .outerjoin(ToolkitItem, ToolkitItem.toolkit_id == Toolkit.id)
        .outerjoin(Pack, Pack.id == ToolkitItem.pack_id)
        .where(Toolkit.owner_id == person_id)
        .order_by(Toolkit.id, ToolkitItem.position)
    )
    return rows_of(query)


declare_export("toolkits", toolkits_of, ("toolkit",))
