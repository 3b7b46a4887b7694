"""The doors of a pack's life: shared, retired, brought back, deleted, a new version, a changed copy."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.networks.scope import here
from portal.resources import operations_states as act
from portal.resources.forms_acts import AudienceForm, RetireForm, ShareForm
from portal.resources.policy import can_edit_pack
from portal.resources.queries import deleted_pack_in, last_day_to_undo
from portal.resources.routes import resources, the_pack
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm, SureForm, pressed
from portal.web.hypermedia import done, page


@resources.get("/<int:pack_id>/publication")
def publication(pack_id: int) -> Response:
    pack = the_pack(pack_id, to_edit=True)
    audience = "everyone" if pack.is_public else "members"
    form = AudienceForm(audience=audience) if _is_out(pack) else ShareForm()
    return page("resources/publication.html", form=form, pack=pack)


@resources.post("/<int:pack_id>/publication")
def publish(pack_id: int) -> Response:
    pack = the_pack(pack_id, to_edit=True)
    form = AudienceForm() if _is_out(pack) else ShareForm()
    is_public = form.audience.data == "everyone"
    if form.accepted() and form.attempt(act.share_pack, me().person_id, pack_id, is_public):
        return done(url_for(".show", pack_id=pack_id), _shared(pack, is_public))
    return page("resources/publication.html", form=form, pack=pack)


def _is_out(pack: Any) -> bool:
    """Shared, or on its way: all that is left to choose is who reads it."""
    return bool(pack.shared_at or pack.handed_in_at)


def _shared(pack: Any, is_public: bool) -> str:
    network = here().network
    seen_by = _("everyone") if is_public else _("the members of %(network)s", network=network.name)
    if network.looks_first and not pack.shared_at:
        return _("Handed in. Once a coordinator has looked at it, %(readers)s can see it.", readers=seen_by)
    return _("Shared: %(readers)s can see it.", readers=seen_by)


@resources.post("/<int:pack_id>/publication/undo")
def hand_back(pack_id: int) -> Response:
    """Taken back before anybody looked at it."""
    the_pack(pack_id, to_edit=True)
    pressed(act.take_back_pack, me().person_id, pack_id)
    return done(url_for(".index", state="draft"), _("It is a draft again, and only its owner sees it."))


@resources.get("/<int:pack_id>/retirement")
def retirement(pack_id: int) -> Response:
    pack = the_pack(pack_id, to_edit=True)
    return page("resources/retirement.html", form=RetireForm(here().membership, pack_id), pack=pack)


@resources.post("/<int:pack_id>/retirement")
def retire(pack_id: int) -> Response:
    pack = the_pack(pack_id, to_edit=True)
    form = RetireForm(here().membership, pack_id)
    if form.accepted() and form.attempt(act.retire_pack, me().person_id, pack_id, form.successor.data or None):
        undo = url_for(".take_back", pack_id=pack_id)
        return done(
            url_for(".show", pack_id=pack_id), _("Retired. It has left the list and stays at its address."), undo
        )
    return page("resources/retirement.html", form=form, pack=pack)


@resources.post("/<int:pack_id>/retirement/undo")
def take_back(pack_id: int) -> Response:
    the_pack(pack_id, to_edit=True)
    pressed(act.return_pack, me().person_id, pack_id)
    return done(url_for(".show", pack_id=pack_id), _("It is in the list again."))


@resources.post("/<int:pack_id>/deletion")
def delete(pack_id: int) -> Response:
    pack = the_pack(pack_id, to_edit=True)
    form = SureForm()
    if not form.accepted() or not form.attempt(act.delete_pack, me().person_id, pack_id):
        return done(url_for(".show", pack_id=pack_id))
    undo = url_for(".undelete", pack_id=pack_id)
    return done(
        url_for(".index"), _("“%(title)s” is deleted. For a week it can be brought back.", title=pack.title), undo
    )


@resources.get("/<int:pack_id>/deletion")
def deletion(pack_id: int) -> Response:
    """Where a deleted pack can be brought back from, for a week."""
    pack = _deleted(pack_id)
    return page("resources/deletion.html", form=ActForm(), pack=pack, until=last_day_to_undo(pack.deleted_at))


@resources.post("/<int:pack_id>/deletion/undo")
def undelete(pack_id: int) -> Response:
    _deleted(pack_id)
    form = ActForm()
    if form.accepted() and form.attempt(act.undelete_pack, me().person_id, pack_id):
        return done(url_for(".show", pack_id=pack_id), _("It is back, as it was."))
    return done(url_for(".index"), _("It could not be brought back."), kind="wrong")


def _deleted(pack_id: int) -> Any:
    pack = deleted_pack_in(here().membership, pack_id)
    if pack is None:
        raise NotHere
    if not can_edit_pack(here().membership, pack):
        raise NotYours
    return pack
