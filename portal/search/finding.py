"""Answers of a search, ready to be shown: titles and excerpts with the words highlighted, and where each leads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, url_for
from markupsafe import Markup
from sqlalchemy import func

from portal import fulltext
from portal.db import Rows, db
from portal.search.queries import KINDS, found_in
from portal.search.readers import Reader
from portal.web import prose

FEW = 5
NAMES = ("people", "organisations")
DOORS = {
    "conversations": ("conversations.show", "topic_id"),
    "packs": ("resources.show", "pack_id"),
    "events": ("events.show", "event_id"),
    "kits": ("kit.show", "kit_id"),
    "people": ("network.member", "member_id"),
    "organisations": ("organisations.show", "organisation_id"),
    "standards": ("standards.show", "standard_id"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found."""

    title: Markup
    about: Markup
    excerpt: Markup
    network: str
    url: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Group:
    """The first finds of one kind, and how many there are. ``is_many``: only the newest were looked at."""

    kind: str
    total: int
    hits: list[Hit]
    is_many: bool = False


def common(kinds: Iterable[str], words: str, reader: Reader) -> dict[str, bool]:
    """For which kinds the words stand nearly everywhere (one query)."""
    indexes = {KINDS[kind][0]: kind for kind in kinds}
    return {indexes[index]: many for index, many in fulltext.is_common(indexes, words, reader.scope()).items()}


def rows_of(kind: str, words: str, reader: Reader, newest: bool) -> Rows:
    """Everything of one kind that has the words, without order."""
    index, question = KINDS[kind]
    return question(reader, found_in(index, words, reader, newest))


def groups(words: str, reader: Reader) -> list[Group]:
    """The best few of each kind with the number of all; kinds without a find are left out."""
    many = common(KINDS, words, reader)
    found = [_group(kind, words, reader, many[kind]) for kind in KINDS]
    return [group for group in found if group.total]


def _group(kind: str, words: str, reader: Reader, newest: bool) -> Group:
    rows = rows_of(kind, words, reader, newest).add_columns(func.count().over().label("total"))
    first = list(db.session.execute(rows.order_by("rank", rows.selected_columns.id.desc()).limit(FEW)))
    return Group(kind, first[0].total if first else 0, hits(kind, first, words, reader), newest)


def close_names(words: str, reader: Reader) -> list[Group]:
    """People and organisations whose names are nearly what was typed (two queries)."""
    found = []
    for kind in NAMES:
        index, question = KINDS[kind]
        rows = db.session.execute(question(reader, fulltext.alike(index, words).subquery()).order_by("rank"))
        near = [row for row in rows if fulltext.close_enough(row.title, words)][:FEW]
        found.append(Group(kind, len(near), hits(kind, near, words, reader)))
    return [group for group in found if group.total]


def hits(kind: str, rows: Iterable[Any], words: str, reader: Reader) -> list[Hit]:
    """Rows of a question as they are shown."""
    return [_hit(kind, row, words, reader) for row in rows]


def _hit(kind: str, row: Any, words: str, reader: Reader) -> Hit:
    place = reader.places.get(row.network_id)
    text = prose.plain(row.body, 5000) if row.body and kind != "standards" else row.body or ""
    return Hit(
        title=fulltext.highlight(row.title, words),
        about=fulltext.highlight(row.about or "", words),
        excerpt=fulltext.excerpt(text, words) if text else Markup(""),
        network=place.name if place else "",
        url=_address(kind, row.id, {"network": place.slug} if place else {}),
        at=row.at,
    )


def _address(kind: str, id: int, values: Mapping[str, Any]) -> str | None:
    endpoint, name = DOORS[kind]
    where: dict[str, Any] = {name: id, **values}
    return url_for(endpoint, **where) if endpoint in current_app.view_functions else None
