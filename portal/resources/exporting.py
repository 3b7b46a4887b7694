"""What this room adds to a person's own export: packs that are hers or that she keeps, uses she told of, what she reported."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from portal.activities.models import Use
from portal.people.exporting import declare_export, rows_of
from portal.resources.models import Pack, PackBookmark, PackReport
from portal.resources.queries_uses import SUBJECT


def packs_of(person_id: int) -> Iterable[Mapping[str, Any]]:
    """Her packs, drafts and deleted ones too, with everything she wrote about them."""
    names = (
        "title",
        "strapline",
        "about",
        "materials",
        "cost",
        "safety_note",
        "licence",
        "author",
        "source",
        "source_author",
        "source_address",
    )
    dates = ("created_at", "shared_at", "retired_at", "deleted_at")
    columns = [getattr(Pack, name) for name in (*names, *dates)]
    return rows_of(select(*columns).where(Pack.owner_id == person_id).order_by(Pack.id))


def uses_of_person(person_id: int) -> Iterable[Mapping[str, Any]]:
    """Each lesson she told of, taken back or not."""
    names = ("used_on", "year_group", "classes", "students", "what_changed", "quote", "quote_allowed", "withdrawn_at")
    columns = [Pack.title.label("pack"), *(getattr(Use, name) for name in names)]
    query = select(*columns).join(Pack, Pack.id == Use.subject_id)
    return rows_of(query.where(Use.subject_kind == SUBJECT, Use.person_id == person_id).order_by(Use.id))


def reports_of(person_id: int) -> Iterable[Mapping[str, Any]]:
    """What she said is wrong with a pack."""
    query = select(Pack.title.label("pack"), PackReport.text, PackReport.reported_at).join(
        Pack, Pack.id == PackReport.pack_id
    )
    return rows_of(query.where(PackReport.reported_by == person_id).order_by(PackReport.id))


def kept_by(person_id: int) -> Iterable[Mapping[str, Any]]:
    """The packs that she keeps for herself."""
    query = select(Pack.title.label("pack"), PackBookmark.pack_id, PackBookmark.kept_at).join(
        Pack, Pack.id == PackBookmark.pack_id
    )
    return rows_of(query.where(PackBookmark.person_id == person_id).order_by(PackBookmark.kept_at))


declare_export("packs", packs_of)
declare_export("pack_uses", uses_of_person)
declare_export("pack_reports", reports_of)
declare_export("packs_kept", kept_by, ("pack_bookmark",))
