"""Making a toolkit, changing what it says, closing a version of it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import db, operation
from portal.history.phrases import declare
from portal.toolkits.fields import ToolkitFields, fields_of, kept
from portal.toolkits.models import Toolkit, ToolkitVersion
from portal.toolkits.queries_versions import pins_now
from portal.web import clock
from portal.web.errors import Conflict, DomainError
from portal.web.prose import render

declare(
    {
        "toolkit.made": _l("%(actor)s began the toolkit “%(title)s”"),
        "toolkit.changed": _l("%(actor)s changed what “%(title)s” says"),
        "toolkit.version": _l("%(actor)s made version %(version)s of the toolkit “%(title)s”: %(note)s"),
    }
)


@operation
def make_toolkit(actor_id: int, network_id: int, said: ToolkitFields) -> int:
    """Begin a toolkit as a draft that only its owner sees; returns its id."""
    now = clock.now()
    toolkit = Toolkit(network_id=network_id, owner_id=actor_id, created_at=now, changed_at=now)
    _write(toolkit, said)
    db.session.add(toolkit)
    db.session.flush()
    # Drafts are private: their lines hang on the toolkit and not on the network.
    history.record(actor_id, "toolkit.made", "toolkit", toolkit.id, title=toolkit.title)
    return toolkit.id


@operation
def change_toolkit(actor_id: int, toolkit_id: int, seen: int, said: ToolkitFields) -> bool:
    """Write what it says now. ``seen`` is the row version that she had before her; raises Conflict when it is older."""
    toolkit = db.session.get_one(Toolkit, toolkit_id)
    there = vars(fields_of(toolkit))
    theirs = {name: text for name, text in there.items() if text != getattr(said, name)}
    if toolkit.row_version != seen and theirs:
        raise Conflict(theirs)
    _write(toolkit, said)
    note(actor_id, "toolkit.changed", toolkit)
    return True


@operation
def start_version(actor_id: int, toolkit_id: int, change_note: str) -> int:
    """Close the version as it is, with the version of every pack in it, and begin the next; returns its number.

    Raises DomainError for a toolkit without packs: there is nothing to keep.
    """
    toolkit = db.session.get_one(Toolkit, toolkit_id)
    pins = pins_now(toolkit_id)
    if not pins:
        raise DomainError(_("Put a pack into it first: an empty version helps nobody."))
    db.session.add(
        ToolkitVersion(
            toolkit_id=toolkit_id,
            number=toolkit.version,
            note=toolkit.change_note,
            fields=kept(fields_of(toolkit), pins),
            made_at=clock.now(),
            made_by=actor_id,
        )
    )
    toolkit.version += 1
    toolkit.change_note = change_note
    note(actor_id, "toolkit.version", toolkit, version=toolkit.version, note=change_note)
    return toolkit.version


def note(actor_id: int, action: str, toolkit: Toolkit, **details: object) -> None:
    """A line of the history; told in the network once the toolkit was shared there."""
    toolkit.changed_at = clock.now()
    where = toolkit.network_id if toolkit.shared_at else None
    history.record(actor_id, action, "toolkit", toolkit.id, where, title=toolkit.title, **details)


def _write(toolkit: Toolkit, said: ToolkitFields) -> None:
    toolkit.title, toolkit.strapline, toolkit.about = said.title, said.strapline, said.about
    toolkit.about_html = str(render(said.about))
