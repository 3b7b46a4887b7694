"""A member keeps a pack for herself, and lets it go. Only she is told: her lines hang on nothing that others read."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from portal import history
from portal.db import db, operation
from portal.files.models import PartialUpload
from portal.history.phrases import declare
from portal.people.operations_leaving import at_erasure
from portal.resources.models import Pack, PackBookmark
from portal.web import clock

declare(
    {
        "pack.kept": _l("%(actor)s kept “%(title)s” for herself"),
        "pack.let_go": _l("%(actor)s no longer keeps “%(title)s”"),
    }
)
SUBJECT = "pack_bookmark"


@operation
def keep_pack(actor_id: int, pack_id: int) -> bool:
    """Among her packs from now on; keeping twice is keeping once."""
    pack = db.session.get_one(Pack, pack_id)
    if db.session.get(PackBookmark, (actor_id, pack_id)) is None:
        db.session.add(PackBookmark(person_id=actor_id, pack_id=pack_id, kept_at=clock.now()))
        history.record(actor_id, "pack.kept", SUBJECT, pack_id, title=pack.title)
    return True


@operation
def let_go(actor_id: int, pack_id: int) -> bool:
    """No longer among her packs. A pack that was deleted meanwhile can be let go of too."""
    kept = db.session.get(PackBookmark, (actor_id, pack_id))
    if kept is not None:
        db.session.delete(kept)
        title = db.session.get_one(Pack, pack_id).title
        history.record(actor_id, "pack.let_go", SUBJECT, pack_id, title=title)
    return True


def forget_bookmarks(person_id: int) -> None:
    """What somebody kept for herself goes with her, and so do her files that are still on their way."""
    db.session.execute(delete(PackBookmark).where(PackBookmark.person_id == person_id))
    # Their pieces are swept within a day.
    db.session.execute(delete(PartialUpload).where(PartialUpload.person_id == person_id))


at_erasure(forget_bookmarks)
