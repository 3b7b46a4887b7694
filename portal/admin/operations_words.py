"""Changing the region's words, each act with its line of history (the words themselves stand in the cellar)."""

from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import operation
from portal.history import phrases
from portal.vocabulary import operations as words
from portal.vocabulary.models import Word

phrases.declare(
    {
        "word.added": _l("%(actor)s added the word “%(title)s”"),
        "word.changed": _l("%(actor)s changed the word “%(old)s” to “%(title)s”"),
        "word.moved": _l("%(actor)s moved the word “%(title)s”"),
        "word.retired": _l("%(actor)s retired the word “%(title)s”"),
        "word.restored": _l("%(actor)s brought back the word “%(title)s”"),
    }
)


@operation
def add_word(kind: str, label: str, hint: str, also: str, by: int) -> Word:
    """Add a word to a kind. Raises DomainError when it is there under any spelling."""
    word = words.add_word(kind, label, hint, also)
    _tell(word, by, "word.added")
    return word


@operation
def change_word(word_id: int, label: str, hint: str, also: str, by: int) -> Word:
    """Call a word something else; its code and all that carries it stay."""
    old = words.word_with(word_id).label
    word = words.change_word(word_id, label, hint, also)
    history.record(by, "word.changed", "word", word.id, title=word.label, old=old)
    return word


@operation
def move_word(word_id: int, step: int, by: int) -> Word:
    """One place up or down in its list."""
    word = words.move_word(word_id, step)
    _tell(word, by, "word.moved")
    return word


@operation
def retire_word(word_id: int, retired: bool, by: int) -> Word:
    """No longer offered, or offered again; whatever carries it keeps it."""
    word = words.retire_word(word_id, retired)
    _tell(word, by, "word.retired" if retired else "word.restored")
    return word


def _tell(word: Word, by: int, action: str) -> None:
    history.record(by, action, "word", word.id, title=word.label)
