"""Changing the region's kinds of credit. What was given already keeps what it says: certificates carry their own words."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from portal.credit.models import CreditType
from portal.credit.queries_types import CHANGED, all_types, type_with, version_of
from portal.credit.type_words import in_words
from portal.db import db, operation
from portal.history import phrases, record
from portal.vocabulary.queries import fold
from portal.web.errors import Conflict, DomainError
from portal.web.ordering import move

phrases.declare(
    {
        "credit-type-added": _l("%(actor)s added the kind of credit “%(title)s”"),
        "credit-type-changed": _l("%(actor)s changed the kind of credit “%(title)s”"),
        "credit-type-renamed": _l("%(actor)s changed the kind of credit “%(old)s” to “%(title)s”"),
        "credit-type-moved": _l("%(actor)s moved the kind of credit “%(title)s”"),
        "credit-type-retired": _l("%(actor)s retired the kind of credit “%(title)s”"),
        "credit-type-restored": _l("%(actor)s brought back the kind of credit “%(title)s”"),
    }
)
STARTING_TYPES = Path(__file__).parent / "starting_types.json"


@operation
def start_credit_types() -> int:
    """Give a region the kinds to begin with; those it has already, changed or retired, are left alone. Returns how many."""
    known = set(db.session.execute(select(CreditType.code)).scalars())
    last = _last_position()
    fresh = [one for one in json.loads(STARTING_TYPES.read_text(encoding="utf-8"))["types"] if one["code"] not in known]
    for place, values in enumerate(fresh, last + 1):
        db.session.add(CreditType(**{key: values[key] for key in ("code", *CHANGED)}, position=place))
    return len(fresh)


@operation
def add_type(values: Mapping[str, Any], by: int) -> CreditType:
    """A new kind at the end of the list. Raises DomainError when one of that name and authority is there."""
    _only_one(values, None)
    kind = CreditType(**{key: values[key] for key in CHANGED}, code=_code(values), position=_last_position() + 1)
    db.session.add(kind)
    db.session.flush()
    _tell(kind, by, "credit-type-added")
    return kind


@operation
def change_type(type_id: int, version: str, values: Mapping[str, Any], by: int) -> CreditType:
    """Change a kind; the code stays, so that what refers to it follows.

    Raises Conflict when somebody saved meanwhile, DomainError when another kind is called that.
    """
    kind = type_with(type_id)
    if version_of(kind) != version:
        raise Conflict(in_words(kind))
    _only_one(values, kind)
    old = kind.name
    changed = [key for key in CHANGED if getattr(kind, key) != values[key]]
    for key in changed:
        setattr(kind, key, values[key])
    if "name" in changed:
        record(by, "credit-type-renamed", "credit_type", kind.id, title=kind.name, old=old)
    elif changed:
        _tell(kind, by, "credit-type-changed")
    return kind


@operation
def move_type(type_id: int, step: int, by: int) -> CreditType:
    """One place up (-1) or down (1) in the list; at the end it stays where it is."""
    kind = type_with(type_id)
    move(all_types(), kind, step)
    _tell(kind, by, "credit-type-moved")
    return kind


@operation
def retire_type(type_id: int, retired: bool, by: int) -> CreditType:
    """No longer offered, or offered again; events and certificates that carry it keep it."""
    kind = type_with(type_id)
    if kind.in_use == retired:
        kind.in_use = not retired
        _tell(kind, by, "credit-type-retired" if retired else "credit-type-restored")
    return kind


def _only_one(values: Mapping[str, Any], but: CreditType | None) -> None:
    wanted = fold(values["name"]), fold(values["authority"])
    for one in all_types():
        if one is not but and (fold(one.name), fold(one.authority)) == wanted:
            said = _("“%(name)s” is there already.", name=one.name)
            raise DomainError(
                said if one.in_use else _("“%(name)s” was retired. Bring it back.", name=one.name), "name"
            )


def _last_position() -> int:
    last = db.session.execute(select(func.max(CreditType.position))).scalar()
    return -1 if last is None else last


def _code(values: Mapping[str, Any]) -> str:
    said = fold(f"{values['authority']} {values['name']}")
    plain = re.sub(r"[^a-z0-9]+", "-", said).strip("-")[:50].strip("-") or "credit"
    taken = set(db.session.execute(select(CreditType.code)).scalars())
    return next(code for code in (plain, *(f"{plain}-{n}" for n in range(2, 10_000))) if code not in taken)


def _tell(kind: CreditType, by: int, action: str) -> None:
    record(by, action, "credit_type", kind.id, title=kind.name)
