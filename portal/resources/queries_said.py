"""What hangs on one pack, in one query: its words, the words of its licence and language, the standards that it serves."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import String, and_, cast, false, literal, null, or_, select, union_all

from portal.db import db
from portal.resources.models import PackStandard, PackWord
from portal.standards.models import Framework, Standard
from portal.vocabulary.models import Word


@dataclass(frozen=True)
class Said:
    """``words`` by kind, as ``queries.words_said_of`` has them; ``standards`` as ``queries.standards_of`` has them."""

    words: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    standards: list[Any] = field(default_factory=list)


def said_of(pack: Any) -> Said:
    """Both, for a page that shows both."""
    found = Said()
    rows = union_all(_words(pack), _standards(pack.id)).order_by("what", "place", "label")
    for row in db.session.execute(rows):
        if row.what == "standard":
            found.standards.append(row)
        elif row.is_hung or row.kind == "licence":
            found.words[row.kind].append(row)
        if row.kind == "language" and row.code == pack.language:
            found.words["own_language"].append(row)
    return found


def _words(pack: Any) -> Any:
    hung = Word.id.in_(select(PackWord.word_id).where(PackWord.pack_id == pack.id))
    own = or_(
        and_(Word.kind == "licence", Word.code == pack.licence),
        and_(Word.kind == "language", Word.code == pack.language),
    )
    nothing = cast(null(), String)
    return select(
        literal("word").label("what"),
        Word.position.label("place"),
        Word.label.label("label"),
        Word.kind,
        Word.code,
        Word.hint,
        hung.label("is_hung"),
        Word.id,
        nothing.label("known_code"),
        nothing.label("statement"),
        nothing.label("framework"),
    ).where(or_(hung, own))


def _standards(pack_id: int) -> Any:
    return (
        select(
            literal("standard"),
            PackStandard.id,
            literal(""),
            literal(""),
            PackStandard.code,
            literal(""),
            false(),
            Standard.id,
            Standard.code,
            Standard.statement,
            Framework.code,
        )
        .outerjoin(Standard, Standard.id == PackStandard.standard_id)
        .outerjoin(Framework, Framework.id == Standard.framework_id)
        .where(PackStandard.pack_id == pack_id)
    )
