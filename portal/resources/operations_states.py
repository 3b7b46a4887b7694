"""A draft is shared, or handed in to be looked at first; retired, brought back, deleted and undeleted."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal import history
from portal.db import db, operation
from portal.history.phrases import declare
from portal.networks.models import Network
from portal.resources.fields import NAMES
from portal.resources.letters import tell_of_handed_in
from portal.resources.models import Pack, PackItem
from portal.resources.operations import network_of
from portal.resources.queries import UNDO
from portal.resources.queries_fields import fields_of
from portal.web import clock
from portal.web.errors import DomainError

declare(
    {
        "pack.shared": _l("%(actor)s shared “%(title)s”"),
        "pack.handed_in": _l("%(actor)s handed in “%(title)s”"),
        "pack.taken_back": _l("%(actor)s took “%(title)s” back before it was looked at"),
        "pack.looked_through": _l(
            "%(actor)s looked through “%(title)s”: no name and no face of a pupil in it without consent"
        ),
        "pack.opened": _l("%(actor)s opened “%(title)s” to everyone"),
        "pack.closed": _l("%(actor)s made “%(title)s” a pack for members only"),
        "pack.retired": _l("%(actor)s retired “%(title)s”"),
        "pack.returned": _l("%(actor)s brought “%(title)s” back into use"),
        "pack.deleted": _l("%(actor)s deleted “%(title)s”"),
        "pack.undeleted": _l("%(actor)s brought “%(title)s” back"),
    }
)


@operation
def share_pack(actor_id: int, pack_id: int, is_public: bool = False) -> bool:
    """Members see it from now on, everyone if it is public. A shared pack only changes who sees it.

    Where the network looks first it is handed in, and members see it once a coordinator has passed it. Raises DomainError
    while something that a teacher needs is missing.
    """
    pack = db.session.get_one(Pack, pack_id)
    if pack.shared_at:
        return _open_or_close(actor_id, pack, is_public)
    refuse_unready(pack)
    pack.is_public = is_public
    # The form asks for it before this is called: what was promised stays with the pack.
    _note(actor_id, "pack.looked_through", pack)
    # A catalogue was brought in by a coordinator, who looked through it before it was shared.
    if db.session.get_one(Network, pack.network_id).looks_first and not pack.outside_code:
        return _hand_in(actor_id, pack)
    put_on_show(actor_id, pack)
    return True


def put_on_show(actor_id: int, pack: Pack) -> None:
    """Members see it, in its owner's name. Part of an operation: sharing, or passing what was handed in."""
    pack.shared_at = clock.now()
    pack.shared_by = pack.owner_id
    pack.handed_in_at = None
    _note(actor_id, "pack.shared", pack)
    if pack.is_public:
        _note(actor_id, "pack.opened", pack)


def _hand_in(actor_id: int, pack: Pack) -> bool:
    if pack.handed_in_at is None:
        pack.handed_in_at = clock.now()
        _note(actor_id, "pack.handed_in", pack)
        tell_of_handed_in(pack)
    return True


@operation
def take_back_pack(actor_id: int, pack_id: int) -> bool:
    """No longer handed in: a draft again, which nobody but its owner sees."""
    pack = db.session.get_one(Pack, pack_id)
    if pack.handed_in_at and not pack.shared_at:
        pack.handed_in_at = None
        _note(actor_id, "pack.taken_back", pack)
    return True


def refuse_unready(pack: Pack) -> None:
    """Raises DomainError that names what a shared pack still lacks."""
    missing = [str(NAMES[name]) for name in fields_of(pack).missing()]
    there = select(PackItem.id).where(PackItem.pack_id == pack.id, PackItem.until_version.is_(None)).limit(1)
    if not pack.about and db.session.execute(there).first() is None:
        missing.append(_("a file, a link or a description"))
    if missing:
        raise DomainError(_("Before it can be shared it needs: %(things)s.", things=", ".join(missing)))


@operation
def retire_pack(actor_id: int, pack_id: int, successor_id: int | None) -> bool:
    """It leaves the list and stays at its address, with a pointer to what took its place."""
    pack = db.session.get_one(Pack, pack_id)
    if not pack.shared_at:
        raise DomainError(_("Only a shared pack can be retired. A draft can be deleted."))
    if successor_id == pack_id:
        raise DomainError(_("A pack can’t take its own place."), "successor")
    pack.retired_at = clock.now()
    pack.successor_id = successor_id
    _note(actor_id, "pack.retired", pack)
    return True


@operation
def return_pack(actor_id: int, pack_id: int) -> bool:
    """A retired pack is in use again."""
    pack = db.session.get_one(Pack, pack_id)
    if pack.retired_at:
        pack.retired_at = None
        pack.successor_id = None
        _note(actor_id, "pack.returned", pack)
    return True


@operation
def delete_pack(actor_id: int, pack_id: int) -> bool:
    """Gone from every page at once; for a week it can be brought back."""
    pack = db.session.get_one(Pack, pack_id)
    if not pack.deleted_at:
        pack.deleted_at = clock.now()
        _note(actor_id, "pack.deleted", pack)
    return True


@operation
def undelete_pack(actor_id: int, pack_id: int) -> bool:
    """Raises DomainError after a week."""
    pack = db.session.get_one(Pack, pack_id)
    if pack.deleted_at and pack.deleted_at < clock.now() - UNDO:
        raise DomainError(_("It was deleted more than a week ago."))
    if pack.deleted_at:
        pack.deleted_at = None
        _note(actor_id, "pack.undeleted", pack)
    return True


def _open_or_close(actor_id: int, pack: Pack, is_public: bool) -> bool:
    if pack.is_public != is_public:
        pack.is_public = is_public
        _note(actor_id, "pack.opened" if is_public else "pack.closed", pack)
    return True


def _note(actor_id: int, action: str, pack: Pack) -> None:
    pack.changed_at = clock.now()
    history.record(actor_id, action, "pack", pack.id, network_of(pack), title=pack.title)
