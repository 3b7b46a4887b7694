"""A coordinator looks at a pack and passes it or sends it back; she recommends it, and takes that back."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import db, operation
from portal.history.phrases import declare
from portal.networks.queries_members import other_coordinators
from portal.resources.models import Pack
from portal.resources.operations import network_of
from portal.resources.operations_states import put_on_show
from portal.reviewing.fields import PASSED, Look
from portal.reviewing.letters import tell_its_owner
from portal.reviewing.models import PackReview
from portal.web import clock
from portal.web.errors import DomainError

declare(
    {
        "pack.passed": _l("%(actor)s looked at “%(title)s”, version %(version)s: it has passed"),
        "pack.sent_back": _l("%(actor)s looked at “%(title)s” and sent it back with a note"),
        "pack.hidden": _l("%(actor)s took “%(title)s” out of sight until it is put right"),
        "pack.recommended": _l("%(actor)s recommends “%(title)s”"),
        "pack.not_recommended": _l("%(actor)s no longer recommends “%(title)s”"),
    }
)


@operation
def look_at_pack(actor_id: int, pack_id: int, seen: int, said: Look) -> int:
    """Keep the look, with the version it was of; returns its id. What was handed in is shared once it passes.

    ``seen`` is the row version that stood on the screen. Raises DomainError when the pack changed since, was taken back or
    retired, and for one's own pack while another coordinator can look at it.
    """
    pack = db.session.get_one(Pack, pack_id)
    _refuse(actor_id, pack, seen)
    review = PackReview(
        pack_id=pack.id, version=pack.version, works=said.works, is_safe=said.is_safe,
        licence_is_right=said.licence_is_right, is_clear=said.is_clear, note=said.note, decision=said.decision,
        made_by=actor_id, made_at=clock.now(),
    )  # fmt: skip
    db.session.add(review)
    if said.decision == PASSED:
        _pass(actor_id, pack)
    else:
        _send_back(actor_id, pack, said.hide)
    db.session.flush()
    tell_its_owner(pack, review)
    return review.id


def _refuse(actor_id: int, pack: Pack, seen: int) -> None:
    if pack.retired_at or pack.deleted_at or not (pack.shared_at or pack.handed_in_at):
        raise DomainError(_("It was taken back or retired meanwhile: there is nothing to look at."))
    if pack.row_version != seen:
        raise DomainError(_("The pack changed while you looked at it. Look once more; your note is still here."))
    if pack.owner_id == actor_id and other_coordinators(pack.network_id, actor_id):
        raise DomainError(_("It is your own. Another coordinator looks at it."))


def _pass(actor_id: int, pack: Pack) -> None:
    pack.reviewed_at, pack.reviewed_version = clock.now(), pack.version
    if not pack.shared_at:
        put_on_show(actor_id, pack)
    history.record(actor_id, "pack.passed", "pack", pack.id, network_of(pack), title=pack.title, version=pack.version)


def _send_back(actor_id: int, pack: Pack, hide: bool) -> None:
    """What was handed in is its owner's draft again; what members see already stays, unless it must not."""
    where = network_of(pack)
    history.record(actor_id, "pack.sent_back", "pack", pack.id, where, title=pack.title)
    pack.handed_in_at = None
    if pack.reviewed_version == pack.version:
        # This version passed before, and does so no longer.
        pack.reviewed_at = pack.reviewed_version = pack.recommended_at = None
    if hide and pack.shared_at:
        pack.shared_at = pack.shared_by = pack.recommended_at = None
        history.record(actor_id, "pack.hidden", "pack", pack.id, where, title=pack.title)


@operation
def recommend_pack(actor_id: int, pack_id: int) -> bool:
    """The network stands behind it. Raises DomainError for a pack that nobody has looked at, or that is not in use."""
    pack = db.session.get_one(Pack, pack_id)
    if not pack.shared_at or pack.retired_at or pack.deleted_at:
        raise DomainError(_("Only a shared pack can be recommended."))
    if not pack.reviewed_at:
        raise DomainError(_("Look at it first: what is recommended has been reviewed."))
    if not pack.recommended_at:
        pack.recommended_at = clock.now()
        history.record(actor_id, "pack.recommended", "pack", pack.id, pack.network_id, title=pack.title)
    return True


@operation
def unrecommend_pack(actor_id: int, pack_id: int) -> bool:
    """It stays reviewed and shared."""
    pack = db.session.get_one(Pack, pack_id)
    if pack.recommended_at:
        pack.recommended_at = None
        history.record(actor_id, "pack.not_recommended", "pack", pack.id, network_of(pack), title=pack.title)
    return True
