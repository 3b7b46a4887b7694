"""What lies in a pack: adding, ordering, naming, taking out and putting back."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal import history
from portal.db import db, operation
from portal.files.operations_reading import ask_to_read
from portal.history.phrases import declare
from portal.resources.fields import Contents
from portal.resources.models import Pack, PackItem
from portal.resources.operations import append_items, network_of, version_for_files
from portal.web import clock
from portal.web.errors import DomainError
from portal.web.ordering import move

declare(
    {
        "pack.item_named": _l("%(actor)s renamed “%(item)s” in “%(title)s”"),
        "pack.item_moved": _l("%(actor)s changed the order in “%(title)s”"),
        "pack.item_replaced": _l("%(actor)s put a new “%(item)s” into “%(title)s”"),
        "pack.item_removed": _l("%(actor)s took “%(item)s” out of “%(title)s”"),
        "pack.item_returned": _l("%(actor)s put “%(item)s” back into “%(title)s”"),
    }
)


@operation
def add_items(actor_id: int, pack_id: int, contents: Contents, note: str = "") -> bool:
    """Add files and links at the end; a shared pack gets a new version by it. Raises DomainError for none or too many."""
    pack = db.session.get_one(Pack, pack_id)
    if not contents.file_ids and not contents.links:
        raise DomainError(_("Choose a file, or type the address of a page."), "files")
    version_for_files(actor_id, pack, note or _("More files or links"))
    added = append_items(pack, contents)
    _touch(actor_id, "pack.items_added", pack, count=added)
    return True


@operation
def rename_item(actor_id: int, pack_id: int, item_id: int, title: str) -> bool:
    """What people read for the file or link; the file keeps its own name."""
    pack, item = _both(pack_id, item_id)
    item.title = title
    _touch(actor_id, "pack.item_named", pack, item=title)
    return True


@operation
def move_item(actor_id: int, pack_id: int, item_id: int, up: bool) -> bool:
    """One place up or down; at the end of the list nothing happens."""
    pack, item = _both(pack_id, item_id)
    there = (PackItem.pack_id == pack.id, PackItem.until_version.is_(None))
    items = list(db.session.execute(select(PackItem).where(*there).order_by(PackItem.position, PackItem.id)).scalars())
    if item not in items:
        raise DomainError(_("This was taken out meanwhile."))
    if move(items, item, -1 if up else 1):
        _touch(actor_id, "pack.item_moved", pack)
    return True


@operation
def replace_item(actor_id: int, pack_id: int, item_id: int, contents: Contents, note: str = "") -> bool:
    """Another file or link in the same place, under the same address; earlier versions keep the one they had.

    ``contents`` is one file or one link. Raises DomainError for none, or for several.
    """
    pack, item = _both(pack_id, item_id)
    if item.until_version is not None:
        raise DomainError(_("This was taken out meanwhile."))
    if len(contents.file_ids) + len(contents.links) != 1:
        raise DomainError(_("Choose one file, or type one address."), "files")
    version_for_files(actor_id, pack, note or _("A new “%(item)s”", item=item.title))
    earlier = PackItem(
        pack_id=pack.id, position=item.position, title=item.title, file_id=item.file_id, url=item.url,
        from_version=item.from_version, until_version=pack.version,
    )  # fmt: skip
    db.session.add(earlier)
    item.file_id = contents.file_ids[0] if contents.file_ids else None
    item.url = contents.links[0][0] if contents.links else None
    item.from_version = pack.version
    ask_to_read(contents.file_ids)
    _touch(actor_id, "pack.item_replaced", pack, item=item.title)
    return True


@operation
def remove_item(actor_id: int, pack_id: int, item_id: int) -> bool:
    """Take it out of this version and those to come; versions that had it keep it."""
    pack, item = _both(pack_id, item_id)
    if item.until_version is None:
        version_for_files(actor_id, pack, _("Without “%(item)s”", item=item.title))
        item.until_version = pack.version
        _touch(actor_id, "pack.item_removed", pack, item=item.title)
    return True


@operation
def return_item(actor_id: int, pack_id: int, item_id: int) -> bool:
    """Undo: the item stands where it stood."""
    pack, item = _both(pack_id, item_id)
    if item.until_version is not None:
        item.until_version = None
        _touch(actor_id, "pack.item_returned", pack, item=item.title)
    return True


def _both(pack_id: int, item_id: int) -> tuple[Pack, PackItem]:
    item = db.session.get_one(PackItem, item_id)
    return db.session.get_one(Pack, pack_id), item


def _touch(actor_id: int, action: str, pack: Pack, **details: object) -> None:
    pack.changed_at = clock.now()
    history.record(actor_id, action, "pack", pack.id, network_of(pack), title=pack.title, **details)
