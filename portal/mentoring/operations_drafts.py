"""Keeping a draft and throwing it away. Neither leaves a line in the history: that somebody prepares is hers."""

from collections.abc import Mapping

from portal.db import operation
from portal.mentoring.draft_keeping import LAYER, Place
from portal.mentoring.kept import refuse_when_gone
from portal.mentoring.models import Pairing
from portal.mentoring.texts import forget_text, keep_text


@operation
def keep_draft(pairing: Pairing, place: Place, writer: int, fields: Mapping[str, str], key: bytes) -> None:
    """Put the draft in the place of the one before; without fields, or as it was saved, there is none.

    Raises DomainError where the one before can't be opened: it is not written over; and once the texts of the pair are gone.
    """
    refuse_when_gone(pairing, fields)
    keep_text(key, *place, writer, LAYER, fields)


@operation
def throw_draft(place: Place, writer: int) -> None:
    """It is gone for good, also where its key is lost; what was saved stays."""
    forget_text(*place, writer, LAYER)
