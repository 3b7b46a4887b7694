"""Changing the region's words. Each caller writes its own line of history: this room stands in the cellar."""

import json
import re
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy import func, select

from portal.db import db, operation
from portal.vocabulary.models import KINDS, Word
from portal.vocabulary.queries import fold, spellings, words_of
from portal.web.errors import DomainError, NotHere
from portal.web.ordering import move

STARTING_WORDS = Path(__file__).parent / "starting_words.json"


@operation
def start_words() -> int:
    """Give a region the words to begin with; those it has already are left alone. Returns how many were added."""
    known = {(kind, code) for kind, code in db.session.execute(select(Word.kind, Word.code))}
    fresh = [word for word in _starting_words() if (word.kind, word.code) not in known]
    db.session.add_all(fresh)
    return len(fresh)


@operation
def add_word(kind: str, label: str, hint: str = "", also: str = "") -> Word:
    """A new word at the end of its kind. Raises DomainError when the kind has it already, under any spelling."""
    if kind not in KINDS:
        raise NotHere
    twin = spellings(kind).get(fold(label))
    if twin and twin.in_use:
        raise DomainError(_("“%(word)s” is there already.", word=twin.label), "label")
    if twin:
        raise DomainError(_("“%(word)s” was retired. Bring it back in the list below.", word=twin.label), "label")
    last = db.session.execute(select(func.max(Word.position)).where(Word.kind == kind)).scalar()
    word = Word(
        kind=kind,
        code=_code(kind, label),
        label=label,
        hint=hint or None,
        also=_one_a_line(also),
        position=(last or 0) + 1,
    )
    db.session.add(word)
    db.session.flush()
    return word


@operation
def change_word(word_id: int, label: str, hint: str = "", also: str = "") -> Word:
    """Other words for the same thing: the code stays, so everything that refers to it follows.

    Raises DomainError when another word of the kind is called that.
    """
    word = word_with(word_id)
    twin = spellings(word.kind).get(fold(label))
    if twin and twin.id != word.id:
        raise DomainError(_("“%(word)s” is there already.", word=twin.label), "label")
    word.label, word.hint, word.also = label, hint or None, _one_a_line(also)
    return word


@operation
def move_word(word_id: int, step: int) -> Word:
    """One place up (-1) or down (1) among the words of its kind; at the end it stays where it is."""
    word = word_with(word_id)
    move(words_of(word.kind, retired=True), word, step)
    return word


@operation
def retire_word(word_id: int, retired: bool = True) -> Word:
    """No longer offered (or offered again); whatever carries the word keeps it."""
    word = word_with(word_id)
    word.in_use = not retired
    return word


def word_with(word_id: int) -> Word:
    """The word of that number. Raises NotHere."""
    word = db.session.get(Word, word_id)
    if word is None:
        raise NotHere
    return word


def _starting_words() -> list[Word]:
    kinds = json.loads(STARTING_WORDS.read_text(encoding="utf-8"))
    return [
        Word(kind=kind, code=code, label=label, hint=hint or None, also=_one_a_line(also), position=position)
        for kind, words in kinds.items()
        for position, (code, label, hint, also) in enumerate(words)
    ]


def _one_a_line(also: str) -> str:
    """Other spellings, typed with commas or one a line."""
    return "\n".join(filter(None, (part.strip() for part in re.split(r"[,;\n]", also))))


def _code(kind: str, label: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", fold(label)).strip("-")[:50] or kind
    taken = set(db.session.execute(select(Word.code).where(Word.kind == kind)).scalars())
    return next(code for code in (plain, *(f"{plain}-{n}" for n in range(2, 10_000))) if code not in taken)
