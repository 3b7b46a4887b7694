"""A pack's fields as one object, and as texts that a person can compare."""

from collections import defaultdict
from typing import Any

from flask_babel import ngettext
from sqlalchemy import select

from portal.db import db
from portal.resources.fields import COLUMNS, PackFields, columns_of
from portal.resources.models import Pack, PackStandard, PackWord
from portal.vocabulary.models import Word

PLURALS = {"subject": "subjects", "phase": "phases", "language": "languages"}


def fields_of(pack: Pack) -> PackFields:
    """Everything that is said of a pack (two queries)."""
    words: dict[str, list[int]] = defaultdict(list)
    rows = db.session.execute(
        select(Word.kind, Word.id)
        .join(PackWord, PackWord.word_id == Word.id)
        .where(PackWord.pack_id == pack.id)
        .order_by(Word.position)
    )
    for kind, word_id in rows:
        words[PLURALS[kind]].append(word_id)
    codes = db.session.execute(
        select(PackStandard.code).where(PackStandard.pack_id == pack.id).order_by(PackStandard.id)
    )
    worded: dict[str, Any] = {name: tuple(ids) for name, ids in words.items()}
    return PackFields(**columns_of(pack), **worded, standards=tuple(codes.scalars()))


def texts_of(said: PackFields) -> dict[str, str]:
    """The same as texts, words by their labels (one query): what a conflict or an earlier version shows."""
    ids = {*said.subjects, *said.phases, *said.languages}
    labels = {row.id: row.label for row in db.session.execute(select(Word.id, Word.label).where(Word.id.in_(ids)))}
    texts = {name: str(getattr(said, name)) for name in COLUMNS}
    for name in PLURALS.values():
        texts[name] = ", ".join(labels.get(one, "") for one in getattr(said, name))
    texts["standards"] = ", ".join(said.standards)
    texts["minutes"] = ngettext("%(num)s minute", "%(num)s minutes", said.minutes)
    return texts
