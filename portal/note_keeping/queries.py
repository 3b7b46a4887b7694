"""Which pairs have private texts that are due to go, and whether all that stands here can still be opened."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import func, or_, select

from portal.db import db
from portal.mentoring import sealed
from portal.mentoring.models import Pairing, SealedText
from portal.mentoring.queries_things import texts_of


def ended_pairs(by: date, after: int, limit: int) -> Sequence[Pairing]:
    """Pairs that ended on that day or before, by id from ``after`` on; those whose texts went at this end are left out."""
    gone = or_(Pairing.notes_gone_at.is_(None), func.date(Pairing.notes_gone_at) < Pairing.ended_on)
    return (
        db.session.execute(
            select(Pairing).where(Pairing.ended_on <= by, Pairing.id > after, gone).order_by(Pairing.id).limit(limit)
        )
        .scalars()
        .all()
    )


def has_texts(pairing_id: int, author_id: int | None = None) -> bool:
    """Whether any private text of the pair stands here, or any of one author."""
    query = select(SealedText.id).where(texts_of([pairing_id]))
    if author_id is not None:
        query = query.where(SealedText.author_id == author_id)
    return db.session.execute(query.limit(1)).first() is not None


def texts_by_key() -> dict[str, int]:
    """How many private texts each key sealed, by the short name of the key."""
    rows = db.session.execute(select(SealedText.key_id, func.count().label("texts")).group_by(SealedText.key_id))
    return {row.key_id: row.texts for row in rows}


def keys_that_are_missing() -> dict[str, int]:
    """Of those, the ones that are not at hand."""
    at_hand = sealed.keyring()
    return {name: count for name, count in texts_by_key().items() if name not in at_hand}


def under_other_keys(name: str, at_hand: Collection[str], after: int, limit: int) -> Sequence[SealedText]:
    """Texts that an older key sealed which is at hand, by id from ``after`` on."""
    older = [one for one in at_hand if one != name]
    return (
        db.session.execute(
            select(SealedText)
            .where(SealedText.key_id.in_(older), SealedText.id > after)
            .order_by(SealedText.id)
            .limit(limit)
        )
        .scalars()
        .all()
    )
