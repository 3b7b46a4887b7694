"""A draft: what somebody typed into a form of a pair so far, sealed, for her alone, until she saves it.

Each form has a place of its own (``Place``), and each of the two at most one draft there. That of a talk doubles as
preparation: what is written before it is there when "We met" is opened. Beside a talk that is written down it holds her
texts as she changes them (``BESIDE``). The rooms above have drafts of their own forms, by the same means.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from portal.db import db
from portal.mentoring import sealed
from portal.mentoring.models import SealedText
from portal.mentoring.queries_texts import opened
from portal.mentoring.talks import SHARED
from portal.mentoring.texts import forget_text, text_by

DRAFT, BESIDE = "draft", "beside"
LAYER = "only_me"
TEXTS = (*SHARED, "only_me")
# Without one of these there is nothing of a talk that is worth keeping.
WORDS = (*TEXTS, "activities", "standards", "focus", "next_on", "next_time")
# What preparing does not ask, and so leaves as it was.
AFTERWARDS = ("day", "length", "minutes", "mode", "kind", "also", "start", "counts_for")
MANY = ("also", "activities", "standards", "counts_for")
LONGEST = 20_000


class Place(NamedTuple):
    """Where the drafts of one form lie: what they are of, by name and number (``SealedText.thing``, ``thing_id``)."""

    thing: str
    thing_id: int


@dataclass(frozen=True)
class Draft:
    """What she kept, and when; without fields where its key is not here."""

    fields: Mapping[str, str]
    kept_at: datetime

    @property
    def is_closed(self) -> bool:
        return not self.fields


def draft_of(place: Place, writer: int, key: bytes) -> Draft | None:
    """The draft of one of a pair, for herself (one query)."""
    row = db.session.execute(
        select(SealedText).where(
            SealedText.thing == place.thing,
            SealedText.thing_id == place.thing_id,
            SealedText.author_id == writer,
            SealedText.layer == LAYER,
        )
    ).scalar_one_or_none()
    return None if row is None else Draft(opened(row, key), row.written_at)


def forget_draft(place: Place, writer: int, key: bytes) -> None:
    """It has become what it was for. One that can't be opened stays. Belongs inside an operation."""
    try:
        text_by(key, *place, writer, LAYER)
    except sealed.KeyIsMissing:
        return
    forget_text(*place, writer, LAYER)


def typed_in(sent: Mapping[str, Collection[str]], names: Collection[str]) -> dict[str, str]:
    """What a form sent in these fields, as a draft holds it: boxes in one line, and nothing for an empty one."""
    found = {name: sent.get(name, ()) for name in names}
    texts = {
        name: " ".join(typed) if name in MANY else next(iter(typed), "")[:LONGEST].strip()
        for name, typed in found.items()
    }
    return {name: text for name, text in texts.items() if text}


def as_sent(fields: Mapping[str, str]) -> MultiDict[str, str]:
    """The other way round: a form that is made with this shows what was kept as if it had just been typed."""
    sent: MultiDict[str, str] = MultiDict()
    for name, text in fields.items():
        sent.setlist(name, text.split() if name in MANY else [text])
    return sent


def fields_of(sent: Mapping[str, Collection[str]], day: date | None) -> dict[str, str]:
    """What the form of a talk sent: the day is kept as itself, since "today" passes."""
    names = (*TEXTS, *MANY, "length", "minutes", "mode", "kind", "start", "focus", "next_on", "next_time")
    return typed_in(sent, names) | ({"day": day.isoformat()} if day else {})


def prepared_over(fields: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """What was prepared, with what only the talk itself will tell left as it was."""
    kept = {name: before[name] for name in AFTERWARDS if name in before}
    return kept | {name: text for name, text in fields.items() if name not in AFTERWARDS}


def worth_keeping(fields: Mapping[str, str]) -> Mapping[str, str]:
    """The draft of a talk; without a word in it there is none."""
    return fields if any(fields.get(name) for name in WORDS) else {}


def texts_in(draft: Draft | None) -> dict[str, str]:
    """Her texts as a draft beside a talk holds them, with the mark of what she had before her; {} where there is none."""
    return {name: draft.fields.get(name, "") for name in (*TEXTS, "seen")} if draft and draft.fields else {}
