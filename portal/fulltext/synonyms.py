"""The region's groups of synonyms: asked for, and given to a region to begin with."""

import json
import re
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select

from portal.db import db, operation
from portal.fulltext.models import Synonyms as Group
from portal.fulltext.understanding import Synonyms
from portal.web import clock

STARTING = Path(__file__).parent / "starting_synonyms.json"


def known_synonyms() -> Synonyms:
    """All groups, ready to understand a question with (one query)."""
    return _understood(tuple(db.session.execute(select(Group.words).order_by(Group.id)).scalars()))


@lru_cache(2)
def _understood(groups: tuple[str, ...]) -> Synonyms:
    return Synonyms(split(words) for words in groups)


def groups() -> list[Group]:
    """All groups by their words (one query)."""
    return sorted(db.session.execute(select(Group)).scalars(), key=lambda group: group.words.casefold())


def split(words: str) -> list[str]:
    """The words and phrases of a group, each once."""
    return list(dict.fromkeys(" ".join(part.split()) for part in re.split(r"[,;\n]", words) if part.strip()))


@operation
def start_synonyms() -> int:
    """Give a region the groups to begin with, where it has none at all. Returns how many were added."""
    if db.session.execute(select(Group.id).limit(1)).first():
        return 0
    now = clock.now()
    groups = [Group(words=words, changed_at=now) for words in json.loads(STARTING.read_text(encoding="utf-8"))]
    db.session.add_all(groups)
    return len(groups)
