"""Changing the region's synonyms, each act with its line of history; the groups themselves stand in the cellar."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal import history
from portal.db import db, operation
from portal.fulltext.forms import key
from portal.fulltext.models import Synonyms
from portal.fulltext.synonyms import split, start_synonyms
from portal.history import phrases
from portal.history.queries import last_details, was_any
from portal.web import clock
from portal.web.errors import Conflict, DomainError, NotHere

phrases.declare(
    {
        "synonyms.added": _l("%(actor)s wrote that these mean the same: %(title)s"),
        "synonyms.changed": _l("%(actor)s changed what means the same from “%(old)s” to “%(title)s”"),
        "synonyms.deleted": _l("%(actor)s took away that these mean the same: %(title)s"),
        "synonyms.restored": _l("%(actor)s brought back that these mean the same: %(title)s"),
    }
)
LONGEST = 500


@operation
def begin_synonyms() -> int:
    """The groups to begin with, for a region that has none and never had. Returns how many were added."""
    return 0 if was_any("synonyms") else start_synonyms()


@operation
def add_synonyms(words: str, by: int) -> Synonyms:
    """A new group. Raises DomainError for fewer than two words, or when a group has two of them already."""
    group = Synonyms(words=_tidy(words, None), changed_at=clock.now(), changed_by=by)
    db.session.add(group)
    db.session.flush()
    history.record(by, "synonyms.added", "synonyms", group.id, title=group.words)
    return group


@operation
def change_synonyms(group_id: int, was: str, words: str, by: int) -> Synonyms:
    """Other words for a group. Raises Conflict when it is no longer what it ``was``, DomainError as ``add_synonyms``."""
    group = synonyms_with(group_id)
    if group.words != was:
        raise Conflict({"words": group.words})
    group.words, group.changed_at, group.changed_by = _tidy(words, group_id), clock.now(), by
    history.record(by, "synonyms.changed", "synonyms", group.id, title=group.words, old=was)
    return group


@operation
def delete_synonyms(group_id: int, by: int) -> str:
    """No longer looked for together. Returns the words; ``restore_synonyms`` brings them back."""
    group = synonyms_with(group_id)
    db.session.delete(group)
    history.record(by, "synonyms.deleted", "synonyms", group_id, title=group.words)
    return group.words


@operation
def restore_synonyms(group_id: int, by: int) -> str:
    """Bring back what was taken away, as it was. Twice is once. Raises NotHere when there never was such a group."""
    gone = last_details("synonyms.deleted", "synonyms", group_id)
    if gone is None:
        raise NotHere
    words, there = str(gone["title"]), db.session.get(Synonyms, group_id)
    if there is None or there.words != words:
        # The number may belong to a younger group by now.
        group = Synonyms(id=None if there else group_id, words=words, changed_at=clock.now(), changed_by=by)
        db.session.add(group)
        db.session.flush()
        history.record(by, "synonyms.restored", "synonyms", group.id, title=words)
    return words


def synonyms_with(group_id: int) -> Synonyms:
    """The group of that number. Raises NotHere."""
    group = db.session.get(Synonyms, group_id)
    if group is None:
        raise NotHere
    return group


def _tidy(words: str, group_id: int | None) -> str:
    """As it is kept: commas between, each word once."""
    parts = [part for part in split(words) if key(part)]
    mine = {key(part) for part in parts}
    if len(mine) < 2:
        raise DomainError(_("Write two words at least, with a comma between them."), "words")
    for other in db.session.execute(select(Synonyms).where(Synonyms.id != (group_id or 0))).scalars():
        if mine <= {key(part) for part in split(other.words)}:
            raise DomainError(_("These stand together already: %(words)s", words=other.words), "words")
    return ", ".join(parts)
