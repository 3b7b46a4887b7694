"""Private texts as one reader may open them. Nothing that she may not read is ever loaded.

There is no way round these questions: no role, no reason and no administrator opens a text that is not hers.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from flask import g
from sqlalchemy import ColumnElement, and_, or_, select

from portal.db import db
from portal.mentoring import sealed
from portal.mentoring.models import SealedText

Fields = dict[str, str]


@dataclass(slots=True)
class Private:
    """The texts of one thing for one reader: her own note, and what the two share, by author."""

    mine: Fields = field(default_factory=dict)
    ours: dict[int, Fields] = field(default_factory=dict)
    # Something is here that the key at hand does not open.
    key_is_missing: bool = False
    # Changes whenever this reader's own texts do: for telling her that she saved in another window.
    mark: str = ""

    def ours_by(self, author_id: int) -> Fields:
        return self.ours.get(author_id, {})


def private_of(
    thing: str, thing_ids: Collection[int], reader_id: int, is_one_of_two: bool, key: bytes
) -> Mapping[int, Private]:
    """By the id of the thing; one statement for all. ``is_one_of_two`` is policy's answer for the pair they belong to."""
    rows = db.session.execute(
        select(SealedText)
        .where(SealedText.thing == thing, SealedText.thing_id.in_(thing_ids), readable_by(reader_id, is_one_of_two))
        .order_by(SealedText.written_at, SealedText.id)
    ).scalars()
    found: dict[int, Private] = defaultdict(Private)
    for row in rows:
        private = found[row.thing_id]
        if row.author_id == reader_id:
            private.mark = hashlib.sha256(private.mark.encode() + row.sealed).hexdigest()[:16]
        fields = opened(row, key)
        if not fields:
            private.key_is_missing = True
        elif row.layer == "only_me":
            private.mine = fields
        else:
            private.ours[row.author_id] = fields
    return found


def readable_by(reader_id: int, is_one_of_two: bool) -> ColumnElement[bool]:
    """The condition for what one reader may read: her own notes, and what the two share if she is one of them."""
    own = and_(SealedText.layer == "only_me", SealedText.author_id == reader_id)
    return or_(own, SealedText.layer == "we_two") if is_one_of_two else own


def opened(text: SealedText, key: bytes) -> Fields:
    """The fields of a text that its reader was found to be allowed to read; none without the right key.

    A page that came upon such a text can ask ``was_unopened`` and say so.
    """
    try:
        return sealed.unseal(key, text)
    except sealed.KeyIsMissing:
        g.text_unopened = True
        return {}


def was_unopened() -> bool:
    """Whether this request came upon a text that no key at hand opens."""
    return bool(g.get("text_unopened"))
