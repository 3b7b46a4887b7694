"""Which packs a kit goes with."""

from flask_babel import lazy_gettext as _l

from portal.db import db, operation
from portal.history.phrases import declare
from portal.kit.models import Kit, KitPack
from portal.kit.operations import note

declare(
    {
        "kit.pack_added": _l("%(actor)s noted that “%(title)s” goes with the pack “%(pack)s”"),
        "kit.pack_removed": _l("%(actor)s noted that “%(title)s” does not go with the pack “%(pack)s”"),
    }
)


@operation
def add_pack(actor_id: int, kit_id: int, pack_id: int, pack_title: str) -> bool:
    """It stands on the pack's page from now on, and the pack on the kit's."""
    if db.session.get(KitPack, (kit_id, pack_id)) is None:
        db.session.add(KitPack(kit_id=kit_id, pack_id=pack_id))
        note(actor_id, "kit.pack_added", db.session.get_one(Kit, kit_id), pack=pack_title)
    return True


@operation
def remove_pack(actor_id: int, kit_id: int, pack_id: int, pack_title: str) -> bool:
    """They no longer point at each other."""
    hung = db.session.get(KitPack, (kit_id, pack_id))
    if hung is not None:
        db.session.delete(hung)
        note(actor_id, "kit.pack_removed", db.session.get_one(Kit, kit_id), pack=pack_title)
    return True
