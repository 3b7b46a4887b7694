"""A toolkit is shared, opened to everyone, retired, brought back, deleted and undeleted."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.db import db, operation
from portal.history.phrases import declare
from portal.toolkits.models import Toolkit
from portal.toolkits.operations import note
from portal.toolkits.queries import UNDO
from portal.toolkits.queries_versions import pins_now
from portal.web import clock
from portal.web.errors import DomainError

declare(
    {
        "toolkit.shared": _l("%(actor)s shared the toolkit “%(title)s”"),
        "toolkit.opened": _l("%(actor)s opened the toolkit “%(title)s” to everyone"),
        "toolkit.closed": _l("%(actor)s made “%(title)s” a toolkit for members only"),
        "toolkit.retired": _l("%(actor)s retired the toolkit “%(title)s”"),
        "toolkit.returned": _l("%(actor)s brought the toolkit “%(title)s” back into use"),
        "toolkit.deleted": _l("%(actor)s deleted the toolkit “%(title)s”"),
        "toolkit.undeleted": _l("%(actor)s brought the toolkit “%(title)s” back"),
    }
)


@operation
def share_toolkit(actor_id: int, toolkit_id: int, is_public: bool = False) -> bool:
    """Members see it from now on, everyone if it is public. A shared one only changes who sees it.

    Raises DomainError while no pack lies in it.
    """
    toolkit = db.session.get_one(Toolkit, toolkit_id)
    was_public = toolkit.is_public and bool(toolkit.shared_at)
    if not toolkit.shared_at:
        if not pins_now(toolkit_id):
            raise DomainError(_("Before it can be shared it needs a pack."))
        toolkit.shared_at = clock.now()
        note(actor_id, "toolkit.shared", toolkit)
    toolkit.is_public = is_public
    if is_public != was_public:
        note(actor_id, "toolkit.opened" if is_public else "toolkit.closed", toolkit)
    return True


@operation
def retire_toolkit(actor_id: int, toolkit_id: int) -> bool:
    """It leaves the list and stays at its address."""
    toolkit = db.session.get_one(Toolkit, toolkit_id)
    if not toolkit.shared_at:
        raise DomainError(_("Only a shared toolkit can be retired. A draft can be deleted."))
    if not toolkit.retired_at:
        toolkit.retired_at = clock.now()
        note(actor_id, "toolkit.retired", toolkit)
    return True


@operation
def return_toolkit(actor_id: int, toolkit_id: int) -> bool:
    """A retired one is in use again."""
    toolkit = db.session.get_one(Toolkit, toolkit_id)
    if toolkit.retired_at:
        toolkit.retired_at = None
        note(actor_id, "toolkit.returned", toolkit)
    return True


@operation
def delete_toolkit(actor_id: int, toolkit_id: int) -> bool:
    """Gone from every page at once; the packs in it stay. For a week it can be brought back."""
    toolkit = db.session.get_one(Toolkit, toolkit_id)
    if not toolkit.deleted_at:
        toolkit.deleted_at = clock.now()
        note(actor_id, "toolkit.deleted", toolkit)
    return True


@operation
def undelete_toolkit(actor_id: int, toolkit_id: int) -> bool:
    """Raises DomainError after a week."""
    toolkit = db.session.get_one(Toolkit, toolkit_id)
    if toolkit.deleted_at and toolkit.deleted_at < clock.now() - UNDO:
        raise DomainError(_("It was deleted more than a week ago."))
    if toolkit.deleted_at:
        toolkit.deleted_at = None
        note(actor_id, "toolkit.undeleted", toolkit)
    return True
