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
from portal.fulltext import Asked, asking
from portal.fulltext.synonyms import known_synonyms
from portal.resources.finding import Question, ask
from portal.search.queries import KINDS, found_in, found_packs
from portal.search.readers import Reader
from portal.web import prose

FEW = 5
NAMES = ("people", "organisations")
PACKS = "packs"
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


@dataclass(frozen=True)
class Looked:
    """What is looked for, by whom, how many of each kind have it (bounded), and how it was understood for packs."""

    words: str
    reader: Reader
    numbers: Mapping[str, int]
    packs: Question

    def is_many(self, kind: str) -> bool:
        """Whether the words stand nearly everywhere."""
        return self.packs.are_many if kind == PACKS else self.numbers[kind] > asking.COMMON

    def shown(self, kind: str) -> str | tuple[str, ...]:
        """The words for the highlighter."""
        return self.packs.asked.shown if kind == PACKS else self.words


def look(words: str, reader: Reader, kinds: Iterable[str] = KINDS, exactly: bool = False) -> Looked:
    """How many there are of each kind (three queries; two more where a word of the packs was mistyped)."""
    plain = {KINDS[kind][0]: kind for kind in kinds if kind != PACKS}
    numbers = fulltext.number_of(plain, words, reader.scope()) if plain else {}
    packs = Question(Asked())
    if PACKS in kinds:
        # Where something else has the word as it stands, it was hardly mistyped.
        packs = ask(words, reader.scope(), known_synonyms(), exactly=exactly or any(numbers.values()))
    found = {plain[index]: number for index, number in numbers.items()}
    return Looked(words, reader, found | {PACKS: packs.at_most or packs.mixes}, packs)


def rows_of(kind: str, looked: Looked) -> Rows:
    """Everything of one kind that has the words, without order."""
    index, question = KINDS[kind]
    if kind == PACKS:
        return question(looked.reader, found_packs(looked.packs))
    return question(looked.reader, found_in(index, looked.words, looked.reader, looked.is_many(kind)))


def groups(looked: Looked) -> list[Group]:
    """The best few of each kind with the number of all; kinds without a find are left out, and not asked for."""
    found = [_group(kind, looked) for kind in KINDS if looked.numbers[kind]]
    return [group for group in found if group.total]


def _group(kind: str, looked: Looked) -> Group:
    rows = rows_of(kind, looked).add_columns(func.count().over().label("total"))
    first = list(db.session.execute(rows.order_by("rank", rows.selected_columns.id.desc()).limit(FEW)))
    shown = hits(kind, first, looked.shown(kind), looked.reader)
    return Group(kind, first[0].total if first else 0, shown, looked.is_many(kind))


def close_names(words: str, reader: Reader) -> list[Group]:
    """People and organisations whose names are nearly what was typed (two queries)."""
    found = []
    for kind in NAMES:
        index, question = KINDS[kind]
        rows = db.session.execute(question(reader, fulltext.alike(index, words).subquery()).order_by("rank"))
        near = [row for row in rows if fulltext.close_enough(row.title, words)][:FEW]
        found.append(Group(kind, len(near), hits(kind, near, words, reader)))
    return [group for group in found if group.total]


def hits(kind: str, rows: Iterable[Any], words: str | tuple[str, ...], reader: Reader) -> list[Hit]:
    """Rows of a question as they are shown."""
    return [_hit(kind, row, words, reader) for row in rows]


def _hit(kind: str, row: Any, words: str | tuple[str, ...], reader: Reader) -> Hit:
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
