"""Two organisations made one."""

from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.db import db
from portal.history.merging_pages import Found, MergePages, add_merge_pages
from portal.organisations.finding import FACTS
from portal.organisations.importing_fields import FIELDS
from portal.organisations.models import Organisation
from portal.organisations.names import fold_organisation
from portal.organisations.policy import can_keep
from portal.organisations.queries import Wanted, alike_pairs, directory
from portal.organisations.routes import organisations
from portal.web.access import me
from portal.web.errors import NotHere

LABELS = {one.key: one.label for one in FIELDS} | {
    "code_scheme": _l("Who gives the code"),
    "parent_id": _l("Number of the parent"),
    "is_priority": _l("Priority"),
    "closed_on": _l("Closed"),
    "about": _l("About it"),
}
MERGED = [(key, LABELS[key]) for key in (*FACTS, "about")]


def _found(row: Any) -> Found:
    facts = {name: getattr(row, name, None) for name, _label in MERGED}
    code = f"{row.code_scheme or ''} {row.code}".strip() if row.code else ""
    return Found(row.id, ", ".join(part for part in (row.name, row.place, code) if part), facts)


def _record(organisation_id: int) -> Found:
    row = db.session.get(Organisation, organisation_id)
    if row is None or row.merged_into is not None:
        raise NotHere
    return _found(row)


def _find(words: str) -> list[Found]:
    query = directory(Wanted(words=words, closed=True)).order_by(Organisation.sort_name).limit(20)
    return [_found(row) for row in db.session.execute(query)]


def _pairs() -> list[tuple[Found, Found]]:
    pairs = alike_pairs()
    wanted = {side[0] for pair in pairs for side in pair}
    rows = db.session.execute(select(Organisation).where(Organisation.id.in_(wanted))).scalars()
    known = {row.id: _found(row) for row in rows}
    return [(known[one[0]], known[other[0]]) for one, other in pairs]


def _derived(chosen: dict[str, Any]) -> dict[str, Any]:
    return {"sort_name": fold_organisation(chosen["name"])[:250]} if "name" in chosen else {}


add_merge_pages(
    organisations,
    MergePages(
        kind="organisation",
        fields=MERGED,
        may=lambda: can_keep(me()),
        find=_find,
        record=_record,
        order=lambda one, other: (one, other),
        pairs=_pairs,
        derived=_derived,
        show=lambda organisation_id: url_for("organisations.show", organisation_id=organisation_id),
    ),
)
