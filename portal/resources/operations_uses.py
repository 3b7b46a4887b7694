"""A class tried a pack: told, taken back, counted again."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.activities.models import Use
from portal.activities.operations_uses import recount_classes
from portal.activities.uses import UseTold
from portal.db import db, operation
from portal.history.phrases import declare
from portal.resources.models import Pack
from portal.resources.queries_uses import SUBJECT, main_organisation
from portal.web import clock
from portal.web.errors import DomainError

declare(
    {
        "pack.used": _l("%(actor)s used “%(title)s” in class"),
        "pack.use_withdrawn": _l("%(actor)s took back a use of “%(title)s”"),
        "pack.use_restored": _l("%(actor)s counted a use of “%(title)s” again"),
    }
)


@operation
def record_use(actor_id: int, network_id: int, pack_id: int, told: UseTold, today: date) -> int:
    """Count a use of the pack, with the organisation where she works now; returns its id.

    Raises DomainError for a draft and for a day that is still to come.
    """
    pack = db.session.get_one(Pack, pack_id)
    if not pack.shared_at:
        raise DomainError(_("Only shared packs are counted. Share it first."))
    if told.used_on > today:
        raise DomainError(_("This day is still to come. Tell us when it has been."), "used_on")
    use = Use(
        network_id=network_id,
        subject_kind=SUBJECT,
        subject_id=pack_id,
        person_id=actor_id,
        organisation_id=main_organisation(actor_id),
        recorded_at=clock.now(),
        **told.said,
    )
    db.session.add(use)
    db.session.flush()
    recount_classes(Pack, SUBJECT, pack_id)
    history.record(actor_id, "pack.used", "pack", pack_id, network_id, title=pack.title)
    return use.id


@operation
def withdraw_use(actor_id: int, pack_id: int, use_id: int) -> bool:
    """It no longer counts and is no longer shown; it can be counted again."""
    return _withdraw(actor_id, pack_id, use_id, withdrawn=True)


@operation
def restore_use(actor_id: int, pack_id: int, use_id: int) -> bool:
    return _withdraw(actor_id, pack_id, use_id, withdrawn=False)


def _withdraw(actor_id: int, pack_id: int, use_id: int, withdrawn: bool) -> bool:
    pack, use = db.session.get_one(Pack, pack_id), db.session.get_one(Use, use_id)
    if (use.withdrawn_at is not None) != withdrawn:
        use.withdrawn_at = clock.now() if withdrawn else None
        db.session.flush()
        recount_classes(Pack, SUBJECT, pack_id)
        action = "pack.use_withdrawn" if withdrawn else "pack.use_restored"
        history.record(actor_id, action, "pack", pack_id, use.network_id, title=pack.title)
    return True
