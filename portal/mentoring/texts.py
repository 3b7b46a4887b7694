"""Writing private texts down: sealed at once, and gone for good when they are emptied. Belongs inside an operation.

A text that the key at hand doesn't open is never written over: the key may come back.
"""

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import delete, select

from portal.db import db
from portal.mentoring import sealed
from portal.mentoring.models import SealedText
from portal.web import clock
from portal.web.errors import DomainError


def keep_text(key: bytes, thing: str, thing_id: int, author_id: int, layer: str, fields: Mapping[str, str]) -> None:
    """Put what this author wrote in the place of what she had written; empty fields are left out.

    Raises DomainError where something is written already that can't be opened. Nothing written leaves it as it is.
    """
    written = {name: text for name, text in fields.items() if text}
    try:
        if written == text_by(key, thing, thing_id, author_id, layer):
            return
    except sealed.KeyIsMissing as missing:
        if not written:
            return
        raise DomainError(
            _(
                "What you wrote here before is closed: its key is not here. It stays as it is, so nothing can be added now."
            )
        ) from missing
    forget_text(thing, thing_id, author_id, layer)
    if not written:
        return
    db.session.add(
        SealedText(
            thing=thing,
            thing_id=thing_id,
            author_id=author_id,
            layer=layer,
            sealed_for=author_id,
            key_id=sealed.key_id(key),
            sealed=sealed.seal(key, thing, thing_id, author_id, layer, written),
            written_at=clock.now(),
        )
    )


def add_text(key: bytes, thing: str, thing_id: int, author_id: int, layer: str, fields: Mapping[str, str]) -> None:
    """Put what this author writes beneath what she had written. Raises DomainError like ``keep_text``."""
    try:
        before = text_by(key, thing, thing_id, author_id, layer)
    except sealed.KeyIsMissing:
        before = {}
    names = dict.fromkeys((*before, *fields))
    both = {name: "\n\n".join(dict.fromkeys(filter(None, (before.get(name), fields.get(name))))) for name in names}
    if any(fields.values()):
        keep_text(key, thing, thing_id, author_id, layer, both)


def text_by(key: bytes, thing: str, thing_id: int, author_id: int, layer: str) -> dict[str, str]:
    """What this author has written; nothing is {}. Raises KeyIsMissing for what can't be opened now."""
    row = db.session.execute(
        select(SealedText).where(
            SealedText.thing == thing,
            SealedText.thing_id == thing_id,
            SealedText.author_id == author_id,
            SealedText.layer == layer,
        )
    ).scalar_one_or_none()
    return sealed.unseal(key, row) if row else {}


def forget_text(thing: str, thing_id: int, author_id: int | None = None, layer: str | None = None) -> None:
    """Delete the texts of a thing: all of them, or those of one author, or of one layer."""
    gone = delete(SealedText).where(SealedText.thing == thing, SealedText.thing_id == thing_id)
    if author_id is not None:
        gone = gone.where(SealedText.author_id == author_id)
    if layer is not None:
        gone = gone.where(SealedText.layer == layer)
    db.session.execute(gone)
