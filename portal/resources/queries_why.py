"""Why a pack was found whose title says nothing of the words: the file, the description or the standard that has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy import func, or_, select

from portal import fulltext
from portal.db import db
from portal.fulltext import Asked
from portal.resources.models import PackStandard
from portal.resources.queries_inside import found_inside
from portal.resources.queries_list import ABOUT
from portal.standards.models import Standard
from portal.web import prose

LENGTH = 160


@dataclass(frozen=True)
class Why:
    """A place that has the words: in a file (``item_id``), in a standard (its code is the title) or in the description.

    ``excerpt`` is safe HTML with the words marked.
    """

    title: str
    excerpt: Markup
    item_id: int | None = None


def why_found(rows: Sequence[Any], asked: Asked) -> dict[int, Why]:
    """For the packs of a page whose lines don't show all the words (two queries at most)."""
    hidden = [row.id for row in rows if not _is_told(f"{row.title} {row.strapline}", asked)]
    if not asked or not hidden:
        return {}
    inside = found_inside(hidden, asked.shown)
    found = {pack_id: Why(one.title, one.excerpt, one.item_id) for pack_id, one in inside.items()}
    found |= _by_description(rows, asked, [pack_id for pack_id in hidden if pack_id not in found])
    rest = [pack_id for pack_id in hidden if pack_id not in found]
    return found | _by_standards(rest, asked) if rest else found


def _by_description(rows: Sequence[Any], asked: Asked, hidden: Sequence[int]) -> dict[int, Why]:
    marked = {
        row.id: fulltext.excerpt(prose.plain(row.about, ABOUT), asked.shown, LENGTH) for row in rows if row.id in hidden
    }
    return {pack_id: Why("", excerpt) for pack_id, excerpt in marked.items() if "<mark>" in excerpt}


def _is_told(text: str, asked: Asked) -> bool:
    shown = fulltext.highlight(text, asked.shown)
    return shown.count("<mark>") >= len(asked.terms)


def _by_standards(pack_ids: Sequence[int], asked: Asked) -> dict[int, Why]:
    says = or_(
        *(func.lower(Standard.statement).contains(word, autoescape=True) for word in asked.shown if len(word) > 2)
    )
    query = (
        select(PackStandard.pack_id, PackStandard.code, Standard.statement)
        .join(Standard, Standard.id == PackStandard.standard_id)
        .where(PackStandard.pack_id.in_(pack_ids), says)
        .order_by(PackStandard.id)
    )
    found: dict[int, Why] = {}
    for pack_id, code, statement in db.session.execute(query):
        marked = fulltext.excerpt(statement, asked.shown, LENGTH)
        if "<mark>" in marked and pack_id not in found:
            found[pack_id] = Why(code, marked)
    return found
