"""Keeping a draft of a talk and throwing it away. Neither leaves a line in the history: that somebody prepares is hers."""

from collections.abc import Mapping

from portal.db import operation
from portal.mentoring.draft_keeping import DRAFT, is_worth_keeping
from portal.mentoring.kept import refuse_when_gone
from portal.mentoring.models import Pairing
from portal.mentoring.texts import forget_text, keep_text


@operation
def keep_draft(pairing: Pairing, writer: int, fields: Mapping[str, str], key: bytes) -> None:
    """Put the draft in the place of the one before; without a word in it there is none.

    Raises DomainError where the one before can't be opened: it is not written over; and once the texts of the pair are gone.
    """
    if is_worth_keeping(fields):
        refuse_when_gone(pairing, fields)
    thing, layer = DRAFT
    keep_text(key, thing, pairing.id, writer, layer, fields if is_worth_keeping(fields) else {})


@operation
def throw_draft(pairing: Pairing, writer: int) -> None:
    """It is gone for good, also where its key is lost."""
    thing, layer = DRAFT
    forget_text(thing, pairing.id, writer, layer)
