"""A draft of a talk: everything that somebody typed into its form so far, sealed, for her alone.

It doubles as preparation: what is written before the talk is there when "We met" is opened. A pair has one for each of
the two at most.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from portal.db import db
from portal.mentoring import sealed
from portal.mentoring.models import SealedText
from portal.mentoring.talks import SHARED
from portal.mentoring.texts import forget_text, text_by

DRAFT = ("draft", "only_me")
TEXTS = (*SHARED, "only_me")
# Without one of these there is nothing that is worth keeping.
WORDS = (*TEXTS, "activities", "standards", "focus", "next_on", "next_time")
# What preparing does not ask, and so leaves as it was.
AFTERWARDS = ("day", "length", "minutes", "mode", "kind", "also", "start", "counts_for")
MANY = ("also", "activities", "standards", "counts_for")
LONGEST = 20_000


@dataclass(frozen=True)
class Draft:
    """What she kept, and when; without fields where its key is not here."""

    fields: Mapping[str, str]
    kept_at: datetime

    @property
    def is_closed(self) -> bool:
        return not self.fields


def draft_of(pairing_id: int, writer: int, key: bytes) -> Draft | None:
    """The draft of one of a pair, for herself (one query)."""
    thing, layer = DRAFT
    row = db.session.execute(
        select(SealedText).where(
            SealedText.thing == thing,
            SealedText.thing_id == pairing_id,
            SealedText.author_id == writer,
            SealedText.layer == layer,
        )
    ).scalar_one_or_none()
    if row is None:
        return None
    try:
        return Draft(sealed.unseal(key, row), row.written_at)
    except sealed.KeyIsMissing:
        return Draft({}, row.written_at)


def forget_draft(pairing_id: int, writer: int, key: bytes) -> None:
    """It has become a talk. One that can't be opened stays. Belongs inside an operation."""
    thing, layer = DRAFT
    try:
        text_by(key, thing, pairing_id, writer, layer)
    except sealed.KeyIsMissing:
        return
    forget_text(thing, pairing_id, writer, layer)


def fields_of(typed: Mapping[str, Collection[str]], day: date | None) -> dict[str, str]:
    """What a form sent, as a draft holds it: lists in one line, the day as itself, since "today" passes."""
    found = {name: " ".join(typed.get(name, ())) for name in MANY}
    for name in (*TEXTS, "length", "minutes", "mode", "kind", "start", "focus", "next_on", "next_time"):
        found[name] = next(iter(typed.get(name, ())), "")[:LONGEST].strip()
    found["day"] = day.isoformat() if day else ""
    return {name: text for name, text in found.items() if text}


def prepared_over(fields: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """What was prepared, with what only the talk itself will tell left as it was."""
    kept = {name: before[name] for name in AFTERWARDS if name in before}
    return kept | {name: text for name, text in fields.items() if name not in AFTERWARDS}


def is_worth_keeping(fields: Mapping[str, str]) -> bool:
    return any(fields.get(name) for name in WORDS)
