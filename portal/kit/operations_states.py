"""A draft is listed, retired, brought back, deleted and undeleted; a label that was lost gets a new code."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.db import db, operation
from portal.history.phrases import declare
from portal.kit.codes import new_code
from portal.kit.hooks import loan_of, needed_next_of
from portal.kit.models import Kit
from portal.kit.operations import note
from portal.kit.queries import UNDO
from portal.web import clock
from portal.web.errors import DomainError

declare(
    {
        "kit.listed": _l("%(actor)s put “%(title)s” into the list"),
        "kit.unlisted": _l("%(actor)s took “%(title)s” off the list: it is a draft again"),
        "kit.retired": _l("%(actor)s retired “%(title)s”: %(why)s"),
        "kit.returned": _l("%(actor)s brought “%(title)s” back into use"),
        "kit.deleted": _l("%(actor)s deleted “%(title)s”"),
        "kit.undeleted": _l("%(actor)s brought “%(title)s” back"),
        "kit.new_code": _l("%(actor)s gave “%(title)s” a new short address; the old label says nothing now"),
        "kit.photo": _l("%(actor)s put a photo of “%(title)s” there"),
        "kit.photo_removed": _l("%(actor)s took the photo of “%(title)s” away"),
    }
)


@operation
def list_kit(actor_id: int, kit_id: int) -> bool:
    """Members see it from now on. Raises DomainError while it is not said where it lives."""
    kit = _kit(kit_id)
    if kit.listed_at:
        return True
    if not kit.home:
        raise DomainError(_("Say where it lives first: whoever borrows it has to find it."))
    kit.listed_at = clock.now()
    note(actor_id, "kit.listed", kit)
    return True


@operation
def unlist_kit(actor_id: int, kit_id: int) -> bool:
    """Undo of listing: a draft again, seen by coordinators alone."""
    kit = _kit(kit_id)
    if kit.listed_at:
        note(actor_id, "kit.unlisted", kit)
        kit.listed_at = None
    return True


@operation
def retire_kit(actor_id: int, kit_id: int, why: str) -> bool:
    """It is not lent any more; its page, its loans and its uses stay."""
    kit = _kit(kit_id)
    if not kit.listed_at:
        raise DomainError(_("Only a listed kit can be retired. A draft can be deleted."))
    if not kit.retired_at:
        kit.retired_at, kit.retired_why = clock.now(), why
        note(actor_id, "kit.retired", kit, why=why)
    return True


@operation
def return_kit(actor_id: int, kit_id: int) -> bool:
    """A retired kit is in use again."""
    kit = _kit(kit_id)
    if kit.retired_at:
        kit.retired_at, kit.retired_why = None, ""
        note(actor_id, "kit.returned", kit)
    return True


@operation
def delete_kit(actor_id: int, kit_id: int) -> bool:
    """Gone from every page at once, its short address too; for a week it can be brought back.

    Raises DomainError while somebody has it or has it booked: nobody could return a box that is nowhere to be found.
    """
    kit = _kit(kit_id)
    if not kit.deleted_at:
        if loan_of(kit_id) or needed_next_of([kit_id], clock.now().date()):
            raise DomainError(_("Somebody has it or has it booked. End these loans first, or retire the kit."))
        kit.deleted_at = clock.now()
        note(actor_id, "kit.deleted", kit)
    return True


@operation
def undelete_kit(actor_id: int, kit_id: int) -> bool:
    """Raises DomainError after a week."""
    kit = _kit(kit_id)
    if kit.deleted_at and kit.deleted_at < clock.now() - UNDO:
        raise DomainError(_("It was deleted more than a week ago."))
    if kit.deleted_at:
        kit.deleted_at = None
        note(actor_id, "kit.undeleted", kit)
    return True


@operation
def renew_code(actor_id: int, kit_id: int) -> bool:
    """A new short address; whoever holds the old label finds nothing there."""
    kit = _kit(kit_id)
    kit.code = new_code()
    note(actor_id, "kit.new_code", kit)
    return True


@operation
def set_photo(actor_id: int, kit_id: int, file_id: int | None, words: str) -> bool:
    """The packed box in one picture, with what it shows in words. A ``file_id`` of None keeps the picture there is."""
    kit = _kit(kit_id)
    if file_id:
        kit.photo_id = file_id
    if not kit.photo_id:
        raise DomainError(_("Choose a picture."), "photo")
    kit.photo_words = words
    note(actor_id, "kit.photo", kit)
    return True


@operation
def remove_photo(actor_id: int, kit_id: int) -> bool:
    """The picture goes. Its number stands in the line of history, so that it can come back while the store holds it."""
    kit = _kit(kit_id)
    gone, kit.photo_id = kit.photo_id, None
    if gone:
        note(actor_id, "kit.photo_removed", kit, file_id=gone)
    return True


def _kit(kit_id: int) -> Kit:
    return db.session.get_one(Kit, kit_id, populate_existing=True)
