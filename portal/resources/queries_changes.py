"""What changed between two versions of a pack: its fields word by word, its files by name, and their words where read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.db import db
from portal.files.models import FileReading
from portal.resources.queries import items_of
from portal.resources.queries_fields import fields_of, texts_of
from portal.resources.queries_versions import told_version, version_of
from portal.web.differences import Part, words_changed

LABELS: dict[str, LazyString] = {
    "title": _l("Title"),
    "strapline": _l("In one sentence"),
    "subjects": _l("Subjects"),
    "phases": _l("Ages"),
    "lessons": _l("Lessons"),
    "minutes": _l("Time"),
    "materials": _l("You need"),
    "cost": _l("Cost"),
    "safety_note": _l("Safety"),
    "safety_reference": _l("Safety reference"),
    "standards": _l("Standards"),
    "group_size": _l("Group size"),
    "careers_link": _l("Careers"),
    "adaptations": _l("Adaptations"),
    "language": _l("Language"),
    "languages": _l("Also in"),
    "licence": _l("Licence"),
    "author": _l("By"),
    "source": _l("The original"),
    "source_author": _l("Author of the original"),
    "about": _l("How it goes"),
}


@dataclass
class Changes:
    """Fields as (label, parts); files as items; ``replaced`` as (before, after, parts of its words)."""

    fields: list[tuple[LazyString, list[Part]]] = field(default_factory=list)
    added: list[Any] = field(default_factory=list)
    removed: list[Any] = field(default_factory=list)
    replaced: list[tuple[Any, Any, list[Part]]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.fields or self.added or self.removed or self.replaced)


def changes_between(pack: Any, older: int, newer: int) -> Changes | None:
    """From one version to a later one, None where one of them never was (up to eight queries).

    ``pack`` is a row of ``queries.pack_in``, or a pack.
    """
    before, after = _said(pack, older), _said(pack, newer)
    if before is None or after is None:
        return None
    found = Changes()
    for name, label in LABELS.items():
        if parts := words_changed(before.get(name, ""), after.get(name, "")):
            found.fields.append((label, parts))
    _compare_items(found, items_of(pack.id, older), items_of(pack.id, newer))
    return found


def _said(pack: Any, number: int) -> Mapping[str, str] | None:
    """The version in use stands in the pack itself; earlier ones are kept beside it."""
    if number == pack.version:
        return texts_of(fields_of(pack))
    old = version_of(pack.id, number)
    return told_version(old) if old else None


def _compare_items(found: Changes, before: Sequence[Any], after: Sequence[Any]) -> None:
    """What is there as it was, or under another name, is no news; what took a name or a place has replaced it."""
    gone, came = list(before), list(after)
    for same in (_named_content, _content):
        _pairs(gone, came, same)
    pairs = _pairs(gone, came, lambda item: item.title) + _pairs(gone, came, lambda item: item.position)
    texts = _texts([item for pair in pairs for item in pair])
    found.added, found.removed = came, gone
    found.replaced = [
        (old, new, words_changed(texts.get(old.sha256, ""), texts.get(new.sha256, ""))) for old, new in pairs
    ]


def _pairs(gone: list[Any], came: list[Any], key: Callable[[Any], object]) -> list[tuple[Any, Any]]:
    """Take out of both lists what belongs together by ``key``, one by one."""
    found = []
    for old in list(gone):
        new = next((one for one in came if key(one) == key(old)), None)
        if new is not None:
            gone.remove(old)
            came.remove(new)
            found.append((old, new))
    return found


def _content(item: Any) -> str:
    return str(item.url or item.sha256)


def _named_content(item: Any) -> tuple[str, str]:
    return item.title, _content(item)


def _texts(items: Sequence[Any]) -> dict[str, str]:
    """What was read in these files (one query); files that were not read say nothing."""
    digests = {item.sha256 for item in items if item.sha256}
    if not digests:
        return {}
    wanted = select(FileReading.sha256, FileReading.text).where(
        FileReading.sha256.in_(digests), FileReading.state == "read"
    )
    texts = {row.sha256: row.text for row in db.session.execute(wanted)}
    # Where only one of a pair was read, everything would look new.
    return texts if len(texts) == len(digests) else {}
