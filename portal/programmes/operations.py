"""Changing the programmes of a network, and who reads their totals. What was counted for one stays counted."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.networks.models import Membership
from portal.programmes.models import Programme, ProgrammeReader
from portal.programmes.queries import CHANGED, is_reader, programmes_in, values_of, version_of
from portal.programmes.words import shown
from portal.vocabulary.queries import fold
from portal.web import clock
from portal.web.errors import Conflict, DomainError

phrases.declare(
    {
        "programme.added": _l("%(actor)s added the programme “%(title)s”"),
        "programme.changed": _l("%(actor)s changed the rules of “%(title)s”"),
        "programme.renamed": _l("%(actor)s renamed the programme “%(old)s” to “%(title)s”"),
        "programme.retired": _l("%(actor)s closed the programme “%(title)s”"),
        "programme.restored": _l("%(actor)s opened the programme “%(title)s” again"),
        "programme.reader": _l("%(actor)s let %(person)s read the totals of “%(title)s”"),
        "programme.reader_ended": _l("%(actor)s ended that %(person)s reads the totals of “%(title)s”"),
    }
)


@operation
def add_programme(network_id: int, values: Mapping[str, Any], by: int) -> Programme:
    """A new programme. Raises DomainError when one of that name is there."""
    _only_one(network_id, values["name"], None)
    programme = Programme(
        **{key: values[key] for key in CHANGED}, network_id=network_id, created_at=clock.now(), created_by=by
    )
    db.session.add(programme)
    db.session.flush()
    _tell(programme, by, "programme.added")
    return programme


@operation
def change_programme(programme: Programme, version: str, values: Mapping[str, Any], by: int) -> Programme:
    """Change its rules; figures follow at once, papers that were made keep what they say.

    Raises Conflict when somebody saved meanwhile, DomainError when another programme is called that.
    """
    if version_of(programme) != version:
        raise Conflict({key: shown(key, value) for key, value in values_of(programme).items()})
    _only_one(programme.network_id, values["name"], programme)
    old = programme.name
    changed = [key for key in CHANGED if getattr(programme, key) != values[key]]
    for key in changed:
        setattr(programme, key, values[key])
    if "name" in changed:
        _tell(programme, by, "programme.renamed", old=old)
    elif changed:
        _tell(programme, by, "programme.changed")
    return programme


@operation
def retire_programme(programme: Programme, retired: bool, by: int) -> None:
    """No pair is put into it any more, or pairs can be again. Pairs that are in it stay, and so does what was counted."""
    if (programme.retired_at is not None) != retired:
        programme.retired_at = clock.now() if retired else None
        _tell(programme, by, "programme.retired" if retired else "programme.restored")


@operation
def name_reader(programme: Programme, person_id: int, by: int) -> ProgrammeReader:
    """Let a member of the network, in whatever role, read the totals. Raises DomainError for others and for a second time."""
    member = select(Membership.id).where(
        Membership.network_id == programme.network_id,
        Membership.person_id == person_id,
        Membership.ended_at.is_(None),
    )
    if db.session.execute(member).first() is None:
        raise DomainError(_("Choose a member of this network."), "person_id")
    if is_reader(programme.id, person_id):
        raise DomainError(_("She reads them already."), "person_id")
    reader = ProgrammeReader(programme_id=programme.id, person_id=person_id, since=clock.now(), named_by=by)
    db.session.add(reader)
    db.session.flush()
    _tell(programme, by, "programme.reader", person_id=person_id)
    return reader


@operation
def end_reader(programme: Programme, reader: ProgrammeReader, ended: bool, by: int) -> None:
    """She reads the totals no more; taken back, she does again. Twice is once."""
    if (reader.ended_at is not None) == ended:
        return
    if not ended and is_reader(programme.id, reader.person_id):
        return
    reader.ended_at = clock.now() if ended else None
    action = "programme.reader_ended" if ended else "programme.reader"
    _tell(programme, by, action, person_id=reader.person_id)


def _only_one(network_id: int, name: str, but: Programme | None) -> None:
    for one in programmes_in(network_id, retired=True):
        if one is not but and fold(one.name) == fold(name):
            said = _("“%(name)s” is there already.", name=one.name)
            raise DomainError(
                _("“%(name)s” was closed. Open it again.", name=one.name) if one.retired_at else said, "name"
            )


def _tell(programme: Programme, by: int, action: str, **details: Any) -> None:
    history.record(by, action, "programme", programme.id, programme.network_id, title=programme.name, **details)
