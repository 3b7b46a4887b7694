"""Writing a private text of a goal or a cycle: nothing is written over that can't be opened, or that somebody else changed.

Belongs inside an operation, after policy has said that this person may.
"""

import hashlib
import hmac
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import select

from portal.db import db
from portal.mentoring.models import Pairing, SealedText
from portal.mentoring.queries_texts import Fields, opened
from portal.mentoring.texts import keep_text
from portal.web.errors import Conflict, DomainError


class Where(NamedTuple):
    """One text: what it belongs to, whose it is, and who reads it."""

    thing: str
    thing_id: int
    author_id: int
    layer: str


@dataclass(frozen=True)
class Held:
    """What stands there. ``is_lost``: something does, and the key at hand does not open it."""

    fields: Fields = field(default_factory=dict)
    is_lost: bool = False


def in_whose_name(pairing: Pairing) -> int:
    """Whose a text of the two is: the mentee's. It is about her work, and stays with her when they part."""
    return pairing.mentee_id


def held(key: bytes, where: Where) -> Held:
    row = db.session.execute(
        select(SealedText).where(
            SealedText.thing == where.thing,
            SealedText.thing_id == where.thing_id,
            SealedText.author_id == where.author_id,
            SealedText.layer == where.layer,
        )
    ).scalar_one_or_none()
    if row is None:
        return Held()
    fields = opened(row, key)
    return Held(fields, is_lost=not fields)


def mark_of(key: bytes, fields: Mapping[str, str], names: Collection[str]) -> str:
    """What a form carries to tell whether its fields were changed meanwhile. Says nothing without the key."""
    there = {name: fields[name] for name in sorted(names) if fields.get(name)}
    return hmac.new(key, json.dumps(there).encode(), hashlib.sha256).hexdigest()[:16]


def replace_text(key: bytes, where: Where, typed: Mapping[str, str], seen: str) -> bool:
    """Put what was typed in the place of the fields of that name; others of the text stay. Returns whether it differs.

    ``seen`` is the ``mark_of`` what she had before her. Raises Conflict with what stands there now when it was changed
    since, and DomainError where it can't be opened.
    """
    now = open_or_refuse(key, where)
    differing = {name: now.get(name, "") for name, text in typed.items() if now.get(name, "") != text}
    if not differing:
        return False
    if seen != mark_of(key, now, typed):
        raise Conflict(differing)
    keep_text(key, *where, {**now, **typed})
    return True


def open_or_refuse(key: bytes, where: Where) -> Fields:
    """The fields of a text that is about to be changed. Raises DomainError rather than have it written over unread."""
    there = held(key, where)
    if there.is_lost:
        raise DomainError(lost_sentence())
    return there.fields


def lost_sentence() -> str:
    return _(
        "What is written here can’t be opened: the key of these notes is not at hand. Nothing was saved over it. "
        "Keep what you typed, and ask whoever runs the portal to put the key back."
    )


def seen_nothing(key: bytes) -> str:
    """The mark of a text that is not there yet."""
    return mark_of(key, {}, ())
