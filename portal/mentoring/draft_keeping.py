"""A draft of a talk: everything that somebody typed into its form so far, sealed, for her alone.

It doubles as preparation: what is written before the talk is there when "We met" is opened. A pair has one for each of
the two at most. Beside a talk that is written down each of them may have one more: her texts as she changes them
(``BESIDE``), until she saves them.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from portal.db import db
from portal.mentoring import sealed
from portal.mentoring.models import SealedText
from portal.mentoring.queries_texts import opened
from portal.mentoring.talks import SHARED
from portal.mentoring.texts import forget_text, text_by

DRAFT, BESIDE = "draft", "beside"
LAYER = "only_me"
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


def draft_of(thing_id: int, writer: int, key: bytes, thing: str = DRAFT) -> Draft | None:
    """The draft of one of a pair, or of one of the two beside a talk, for herself (one query)."""
    row = db.session.execute(
        select(SealedText).where(
            SealedText.thing == thing,
            SealedText.thing_id == thing_id,
            SealedText.author_id == writer,
            SealedText.layer == LAYER,
        )
    ).scalar_one_or_none()
    return None if row is None else Draft(opened(row, key), row.written_at)


def forget_draft(thing_id: int, writer: int, key: bytes, thing: str = DRAFT) -> None:
    """It has become what it was for. One that can't be opened stays. Belongs inside an operation."""
    try:
        text_by(key, thing, thing_id, writer, LAYER)
    except sealed.KeyIsMissing:
        return
    forget_text(thing, thing_id, writer, LAYER)


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


def texts_in(draft: Draft | None) -> dict[str, str]:
    """Her texts as a draft beside a talk holds them, with the mark of what she had before her; {} where there is none."""
    return {name: draft.fields.get(name, "") for name in (*TEXTS, "seen")} if draft and draft.fields else {}
