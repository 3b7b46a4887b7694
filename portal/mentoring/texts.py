"""Writing private texts down: sealed at once, and gone for good when they are emptied. Belongs inside an operation."""

from collections.abc import Mapping

from sqlalchemy import delete

from portal.db import db
from portal.mentoring import sealed
from portal.mentoring.models import SealedText
from portal.web import clock


def keep_text(key: bytes, thing: str, thing_id: int, author_id: int, layer: str, fields: Mapping[str, str]) -> None:
    """Put what this author wrote in the place of what she had written; empty fields are left out."""
    forget_text(thing, thing_id, author_id, layer)
    written = {name: text for name, text in fields.items() if text}
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


def forget_text(thing: str, thing_id: int, author_id: int | None = None, layer: str | None = None) -> None:
    """Delete the texts of a thing: all of them, or those of one author, or of one layer."""
    gone = delete(SealedText).where(SealedText.thing == thing, SealedText.thing_id == thing_id)
    if author_id is not None:
        gone = gone.where(SealedText.author_id == author_id)
    if layer is not None:
        gone = gone.where(SealedText.layer == layer)
    db.session.execute(gone)
