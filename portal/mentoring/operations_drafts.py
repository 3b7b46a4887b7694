"""Keeping a draft of a talk and throwing it away. Neither leaves a line in the history: that somebody prepares is hers."""

from collections.abc import Mapping

from portal.db import operation
from portal.mentoring.draft_keeping import BESIDE, DRAFT, LAYER, is_worth_keeping
from portal.mentoring.kept import refuse_when_gone
from portal.mentoring.models import Pairing, PairTalk
from portal.mentoring.stale import texts_differ
from portal.mentoring.texts import forget_text, keep_text


@operation
def keep_draft(pairing: Pairing, writer: int, fields: Mapping[str, str], key: bytes) -> None:
    """Put the draft in the place of the one before; without a word in it there is none.

    Raises DomainError where the one before can't be opened: it is not written over; and once the texts of the pair are gone.
    """
    if is_worth_keeping(fields):
        refuse_when_gone(pairing, fields)
    keep_text(key, DRAFT, pairing.id, writer, LAYER, fields if is_worth_keeping(fields) else {})


@operation
def throw_draft(pairing: Pairing, writer: int) -> None:
    """It is gone for good, also where its key is lost."""
    forget_text(DRAFT, pairing.id, writer, LAYER)


@operation
def keep_beside(told: PairTalk, writer: int, texts: Mapping[str, str], seen: str, key: bytes) -> None:
    """Keep her texts beside a talk as she has them now, unsaved; what is as it was saved is no draft.

    ``seen`` is the mark of what she had before her. Raises DomainError like ``keep_draft``.
    """
    refuse_when_gone(told.pairing, texts)
    is_saved = not texts_differ(told, writer, texts, key)
    keep_text(key, BESIDE, told.id, writer, LAYER, {} if is_saved else {**texts, "seen": seen or "-"})


@operation
def throw_beside(told: PairTalk, writer: int) -> None:
    """It is gone for good, also where its key is lost; what was saved stays."""
    forget_text(BESIDE, told.id, writer, LAYER)
