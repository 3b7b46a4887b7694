"""What this room adds to a person's own export: the boxes that she borrowed or asked for."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from portal.kit.models import Kit
from portal.lending.models import Loan
from portal.people.exporting import declare_export, rows_of

NAMES = (
    "starts_on", "ends_on", "purpose", "year_group", "classes", "students", "requested_at", "agreed_at", "approved_at",
    "declined_at", "answer", "out_at", "collected_by", "returned_at", "checked_at", "check_note", "cancelled_at",
    "lost_at", "closed_at", "closed_without", "use_told_at",
)  # fmt: skip


def loans_of(person_id: int) -> Iterable[Mapping[str, Any]]:
    """Each loan, with what she wrote and what became of it. The uses stand with all others."""
    query = select(Kit.title.label("kit"), *(getattr(Loan, name) for name in NAMES)).join(Kit, Kit.id == Loan.kit_id)
    return rows_of(query.where(Loan.person_id == person_id).order_by(Loan.id))


declare_export("loans", loans_of, ("loan",))
