"""A pack's fields as one object, and as texts that a person can compare."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from flask_babel import ngettext
from sqlalchemy import select

from portal.db import db
from portal.resources.fields import COLUMNS, PackFields, columns_of
from portal.resources.models import Pack, PackStandard, PackWord
from portal.vocabulary.models import Word

# Numbers and marks that mean nothing to a person who compares two texts.
UNTOLD = ("adapted_from_id", "checked_language")
PLURALS = {"subject": "subjects", "phase": "phases", "language": "languages"}


def fields_of(pack: Pack) -> PackFields:
    """Everything that is said of a pack (two queries)."""
    return fields_of_packs([pack])[pack.id]


def fields_of_packs(packs: Sequence[Pack]) -> dict[int, PackFields]:
    """The same for several, by their ids (two queries)."""
    ids = [pack.id for pack in packs]
    words: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    hung = select(PackWord.pack_id, Word.kind, Word.id).join(Word, Word.id == PackWord.word_id)
    for pack_id, kind, word_id in db.session.execute(hung.where(PackWord.pack_id.in_(ids)).order_by(Word.position)):
        words[pack_id][PLURALS[kind]].append(word_id)
    codes: dict[int, list[str]] = defaultdict(list)
    named = select(PackStandard.pack_id, PackStandard.code).where(PackStandard.pack_id.in_(ids))
    for pack_id, code in db.session.execute(named.order_by(PackStandard.id)):
        codes[pack_id].append(code)
    return {pack.id: _put_together(pack, words[pack.id], codes[pack.id]) for pack in packs}


def _put_together(pack: Pack, words: dict[str, list[int]], codes: list[str]) -> PackFields:
    worded: dict[str, Any] = {name: tuple(ids) for name, ids in words.items()}
    return PackFields(**columns_of(pack), **worded, standards=tuple(codes))


def texts_of(said: PackFields) -> dict[str, str]:
    """The same as texts, words by their labels (one query): what a conflict or an earlier version shows."""
    ids = {*said.subjects, *said.phases, *said.languages}
    labels = {row.id: row.label for row in db.session.execute(select(Word.id, Word.label).where(Word.id.in_(ids)))}
    texts = {name: str(getattr(said, name)) for name in COLUMNS if name not in UNTOLD}
    for name in PLURALS.values():
        texts[name] = ", ".join(labels.get(one, "") for one in getattr(said, name))
    texts["standards"] = ", ".join(said.standards)
    texts["minutes"] = ngettext("%(num)s minute", "%(num)s minutes", said.minutes)
    return texts
