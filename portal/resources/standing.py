"""How far a pack has come: draft, handed in, shared, tried in class, reviewed, recommended, retired. One word a pack.

The furthest counts: a reviewed pack that classes tried is "reviewed". What it has reached besides is a fact of its own
(``REACHED``), by which lists are narrowed.
"""

from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, case

from portal.resources.models import Pack

NAMES: dict[str, LazyString] = {
    "draft": _l("Draft"),
    "handed_in": _l("Handed in"),
    "shared": _l("Shared"),
    "tried": _l("Tried in class"),
    "reviewed": _l("Reviewed"),
    "recommended": _l("Recommended"),
    "retired": _l("Retired"),
}

STANDING: ColumnElement[str] = case(
    (Pack.retired_at.is_not(None), "retired"),
    (and_(Pack.shared_at.is_(None), Pack.handed_in_at.is_not(None)), "handed_in"),
    (Pack.shared_at.is_(None), "draft"),
    (Pack.recommended_at.is_not(None), "recommended"),
    (Pack.reviewed_at.is_not(None), "reviewed"),
    (Pack.uses_count > 0, "tried"),
    else_="shared",
)

# What a list is narrowed by. They do not exclude each other, and say nothing of whether a pack is shared.
REACHED: dict[str, ColumnElement[bool]] = {
    "tried": Pack.uses_count > 0,
    "reviewed": Pack.reviewed_at.is_not(None),
    "recommended": Pack.recommended_at.is_not(None),
}

# What a row needs for ``said_of``.
COLUMNS = (
    STANDING.label("standing"),
    Pack.version,
    Pack.reviewed_version,
    Pack.uses_count,
)


def standing_of(pack: Any) -> str:
    """The same of one pack that is at hand, as a model or a row with its columns."""
    if pack.retired_at:
        return "retired"
    if not pack.shared_at:
        return "handed_in" if pack.handed_in_at else "draft"
    if pack.recommended_at:
        return "recommended"
    if pack.reviewed_at:
        return "reviewed"
    return "tried" if pack.uses_count else "shared"


def said_of(row: Any) -> str:
    """The word for a row that has ``COLUMNS``. A review names its version once there is a newer one."""
    if row.standing in ("reviewed", "recommended") and row.reviewed_version not in (None, row.version):
        return reviewed_then(row.standing, row.reviewed_version)
    return str(NAMES[row.standing])


def reviewed_then(standing: str, version: int) -> str:
    """For a pack that has a newer version than the one somebody looked at."""
    if standing == "recommended":
        return _("Recommended, reviewed in version %(number)s", number=version)
    return _("Reviewed in version %(number)s", number=version)
