"""The item bank: a region words its own questions. Their codes stay, so that results over years go together."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from portal.db import db, operation
from portal.history import phrases, record
from portal.surveys.models import KINDS, LEVELS, SurveyItem
from portal.surveys.queries_items import count_usual, item_with, items
from portal.vocabulary.queries import fold
from portal.web.errors import Conflict, DomainError, NotHere
from portal.web.ordering import move

STARTING_ITEMS = Path(__file__).parent / "starting_items.json"
# A form of two minutes. Source: practice, forms of this kind.
MOST_USUAL, MOST_USUAL_WORDS = 8, 2

phrases.declare(
    {
        "survey-item.added": _l("%(actor)s added the question “%(title)s”"),
        "survey-item.changed": _l("%(actor)s changed the question “%(old)s” to “%(title)s”"),
        "survey-item.moved": _l("%(actor)s moved the question “%(title)s”"),
        "survey-item.retired": _l("%(actor)s retired the question “%(title)s”"),
        "survey-item.restored": _l("%(actor)s brought back the question “%(title)s”"),
    }
)


@dataclass(frozen=True, slots=True)
class ItemTyped:
    """An item as it is typed."""

    text: str
    level: str
    kind: str
    is_usual: bool


@operation
def start_items() -> int:
    """Give a region the questions to begin with; those it has already are left alone. Returns how many were added."""
    known = set(db.session.execute(select(SurveyItem.code)).scalars())
    told = json.loads(STARTING_ITEMS.read_text(encoding="utf-8"))
    fresh = [
        # What a later version brings is usual for nobody by itself.
        SurveyItem(code=code, level=level, kind=kind, text=text, is_usual=is_usual and not known, position=position)
        for position, (code, level, kind, text, is_usual) in enumerate(told)
        if code not in known
    ]
    db.session.add_all(fresh)
    return len(fresh)


@operation
def add_item(typed: ItemTyped, by: int) -> SurveyItem:
    """A new item at the end. Raises DomainError when the bank has it already, or for one usual item too many."""
    _check(typed, None)
    last = db.session.execute(select(func.max(SurveyItem.position))).scalar()
    item = SurveyItem(code=_code(typed.text), position=(last or 0) + 1, **_values(typed))
    db.session.add(item)
    db.session.flush()
    record(by, "survey-item.added", "survey-item", item.id, title=item.text)
    return item


@operation
def change_item(item_id: int, was: str, typed: ItemTyped, by: int) -> SurveyItem:
    """Other words for the same question; what was asked already keeps its own.

    Its kind stays: steps and words can't be counted together. Raises Conflict when its text is no longer what it ``was``.
    """
    item = item_with(item_id)
    if item.text != was:
        raise Conflict({"text": item.text})
    _check(typed, item)
    item.text, item.level, item.is_usual = typed.text, typed.level, typed.is_usual
    record(by, "survey-item.changed", "survey-item", item.id, title=item.text, old=was)
    return item


@operation
def move_item(item_id: int, step: int, by: int) -> SurveyItem:
    """One place up (-1) or down (1); at the end it stays where it is."""
    item = item_with(item_id)
    move(items(retired=True), item, step)
    record(by, "survey-item.moved", "survey-item", item.id, title=item.text)
    return item


@operation
def retire_item(item_id: int, retired: bool, by: int) -> SurveyItem:
    """No longer offered, or offered again; where it was asked it stays. A retired one is not usual any more."""
    item = item_with(item_id)
    if item.in_use == retired:
        item.in_use, item.is_usual = not retired, False
        action = "survey-item.retired" if retired else "survey-item.restored"
        record(by, action, "survey-item", item.id, title=item.text)
    return item


def _check(typed: ItemTyped, item: SurveyItem | None) -> None:
    if typed.level not in LEVELS or typed.kind not in KINDS:
        raise NotHere
    twin = next((one for one in items(retired=True) if fold(one.text) == fold(typed.text)), None)
    if twin and twin is not item:
        raise DomainError(_("“%(question)s” is there already.", question=twin.text), "text")
    if typed.is_usual and not (item and item.is_usual):
        _refuse_too_many(item.kind if item else typed.kind)


def _refuse_too_many(kind: str) -> None:
    if count_usual() >= MOST_USUAL:
        raise DomainError(
            _(
                "%(most)s are usual already, and a form of two minutes has no more. Take one out first.",
                most=MOST_USUAL,
            ),
            "is_usual",
        )
    if kind == "words" and count_usual("words") >= MOST_USUAL_WORDS:
        raise DomainError(
            _("%(most)s open questions are usual already. Take one out first.", most=MOST_USUAL_WORDS), "is_usual"
        )


def _values(typed: ItemTyped) -> dict[str, object]:
    return {"text": typed.text, "level": typed.level, "kind": typed.kind, "is_usual": typed.is_usual}


def _code(text: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:50].strip("-") or "question"
    taken = set(db.session.execute(select(SurveyItem.code)).scalars())
    return next(code for code in (plain, *(f"{plain}-{n}" for n in range(2, 10_000))) if code not in taken)
