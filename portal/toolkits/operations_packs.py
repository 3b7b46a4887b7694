"""What lies in a toolkit: putting a pack in, why it is there, its place, taking it out and putting it back."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.db import db, operation
from portal.history.phrases import declare
from portal.resources.models import Pack
from portal.toolkits.models import Toolkit, ToolkitItem
from portal.toolkits.operations import note
from portal.toolkits.queries_packs import can_lie_in
from portal.web.errors import DomainError
from portal.web.ordering import move

MOST_PACKS = 40

declare(
    {
        "toolkit.pack_put": _l("%(actor)s put “%(pack)s” into the toolkit “%(title)s”"),
        "toolkit.pack_noted": _l("%(actor)s said why “%(pack)s” is in the toolkit “%(title)s”"),
        "toolkit.pack_moved": _l("%(actor)s changed the order in the toolkit “%(title)s”"),
        "toolkit.pack_out": _l("%(actor)s took “%(pack)s” out of the toolkit “%(title)s”"),
        "toolkit.pack_back": _l("%(actor)s put “%(pack)s” back into the toolkit “%(title)s”"),
    }
)


@operation
def put_pack(actor_id: int, toolkit_id: int, pack_id: int, why: str = "") -> int:
    """Lay a pack at the end; returns the id of its place.

    Raises DomainError for one that lies in it already, for one that members can't open, and when it is full.
    """
    toolkit = db.session.get_one(Toolkit, toolkit_id)
    mine = select(Pack).where(Pack.id == pack_id, Pack.network_id == toolkit.network_id, can_lie_in())
    pack = db.session.execute(mine).scalar_one_or_none()
    if pack is None:
        raise DomainError(_("Only shared packs that are in use go into a toolkit. Share it first."), "toolkit")
    there = _there(toolkit_id)
    _refuse_twice_and_too_many(there, pack)
    place = there[-1].position + 1 if there else 0
    item = ToolkitItem(toolkit_id=toolkit_id, pack_id=pack_id, position=place, note=why, from_version=toolkit.version)
    db.session.add(item)
    db.session.flush()
    note(actor_id, "toolkit.pack_put", toolkit, pack=pack.title)
    return item.id


@operation
def say_why(actor_id: int, toolkit_id: int, item_id: int, why: str) -> bool:
    """What people read beside the pack."""
    toolkit, item, pack = _three(toolkit_id, item_id)
    if item.note != why:
        item.note = why
        note(actor_id, "toolkit.pack_noted", toolkit, pack=pack.title)
    return True


@operation
def move_pack(actor_id: int, toolkit_id: int, item_id: int, up: bool) -> bool:
    """One place up or down; at the end of the list nothing happens."""
    toolkit, item, _pack = _three(toolkit_id, item_id)
    items = _there(toolkit_id)
    if item not in items:
        raise DomainError(_("This was taken out meanwhile."))
    if move(items, item, -1 if up else 1):
        note(actor_id, "toolkit.pack_moved", toolkit)
    return True


@operation
def take_out(actor_id: int, toolkit_id: int, item_id: int) -> bool:
    """Out of this version and those to come; versions that had it keep it."""
    toolkit, item, pack = _three(toolkit_id, item_id)
    if item.until_version is None:
        item.until_version = toolkit.version
        note(actor_id, "toolkit.pack_out", toolkit, pack=pack.title)
    return True


@operation
def put_back(actor_id: int, toolkit_id: int, item_id: int) -> bool:
    """Undo: the pack lies where it lay. Raises DomainError where it was put in anew meanwhile, or the toolkit is full."""
    toolkit, item, pack = _three(toolkit_id, item_id)
    if item.until_version is not None:
        _refuse_twice_and_too_many(_there(toolkit_id), pack)
        item.until_version = None
        note(actor_id, "toolkit.pack_back", toolkit, pack=pack.title)
    return True


def _refuse_twice_and_too_many(there: list[ToolkitItem], pack: Pack) -> None:
    if any(one.pack_id == pack.id for one in there):
        raise DomainError(_("“%(title)s” lies in it already.", title=pack.title), "toolkit")
    if len(there) >= MOST_PACKS:
        raise DomainError(_("A toolkit holds at most %(most)s packs. Begin a second one.", most=MOST_PACKS), "toolkit")


def _there(toolkit_id: int) -> list[ToolkitItem]:
    query = select(ToolkitItem).where(ToolkitItem.toolkit_id == toolkit_id, ToolkitItem.until_version.is_(None))
    return list(db.session.execute(query.order_by(ToolkitItem.position, ToolkitItem.id)).scalars())


def _three(toolkit_id: int, item_id: int) -> tuple[Toolkit, ToolkitItem, Pack]:
    item = db.session.get_one(ToolkitItem, item_id)
    return db.session.get_one(Toolkit, toolkit_id), item, db.session.get_one(Pack, item.pack_id)
