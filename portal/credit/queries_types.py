"""Questions about the kinds of credit that the region knows."""

import hashlib
from typing import Any

from sqlalchemy import select

from portal.credit.models import CreditType
from portal.db import db
from portal.web.errors import NotHere

# What an administrator changes; the code stays, and the place and whether it is offered have buttons of their own.
CHANGED = (
    "name",
    "unit",
    "units",
    "authority",
    "minutes_a_unit",
    "round_to",
    "shortest",
    "categories",
    "needs_approval",
    "needs_evaluation",
    "needs_times",
    "years_kept",
    "statement",
    "blank_line",
)


def all_types() -> list[CreditType]:
    """In the region's order, those no longer offered too (one query)."""
    return list(db.session.execute(select(CreditType).order_by(CreditType.position, CreditType.id)).scalars())


def type_with(type_id: int) -> CreditType:
    """The kind of that number. Raises NotHere."""
    kind = db.session.get(CreditType, type_id)
    if kind is None:
        raise NotHere
    return kind


def values_of(kind: CreditType) -> dict[str, Any]:
    return {key: getattr(kind, key) for key in CHANGED}


def version_of(kind: CreditType) -> str:
    """A mark that changes with whatever stands there, so that the second of two writers is told."""
    return hashlib.sha256(repr(values_of(kind)).encode()).hexdigest()[:16]
