"""The doors of a kit's life: listed, retired, brought back, deleted, a new code, its photo."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.files.queries import file_by_id
from portal.files.receiving import receive
from portal.files.serving import send
from portal.kit import operations_states as act
from portal.kit.forms_acts import PhotoForm, RetireForm
from portal.kit.models import Kit
from portal.kit.policy import can_edit_kit
from portal.kit.queries import deleted_kit_in, last_day_to_undo
from portal.kit.queries_page import removed_photo
from portal.kit.routes import kit, the_kit
from portal.networks.scope import here
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm, SureForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page
from portal.web.uploads_kinds import PICTURES


@kit.post("/<int:kit_id>/listing")
def publish(kit_id: int) -> Response:
    the_kit(kit_id, to_edit=True)
    form = pressed(act.list_kit, me().person_id, kit_id)
    told = _("It is in the list: members of %(network)s see it.", network=here().network.name)
    return done_unless_refused(form, url_for(".show", kit_id=kit_id), told, url_for(".unpublish", kit_id=kit_id))


@kit.post("/<int:kit_id>/listing/undo")
def unpublish(kit_id: int) -> Response:
    the_kit(kit_id, to_edit=True)
    pressed(act.unlist_kit, me().person_id, kit_id)
    return done(url_for(".show", kit_id=kit_id), _("A draft again: only coordinators see it."))


@kit.get("/<int:kit_id>/retirement")
def retirement(kit_id: int) -> Response:
    return page("kit/retirement.html", form=RetireForm(), kit=the_kit(kit_id, to_edit=True))


@kit.post("/<int:kit_id>/retirement")
def retire(kit_id: int) -> Response:
    box, form = the_kit(kit_id, to_edit=True), RetireForm()
    if form.accepted() and form.attempt(act.retire_kit, me().person_id, kit_id, form.why.data or ""):
        undo = url_for(".take_back", kit_id=kit_id)
        return done(url_for(".show", kit_id=kit_id), _("Retired. It is no longer lent; its page stays."), undo)
    return page("kit/retirement.html", form=form, kit=box)


@kit.post("/<int:kit_id>/retirement/undo")
def take_back(kit_id: int) -> Response:
    the_kit(kit_id, to_edit=True)
    pressed(act.return_kit, me().person_id, kit_id)
    return done(url_for(".show", kit_id=kit_id), _("It is in the list again."))


@kit.post("/<int:kit_id>/deletion")
def delete(kit_id: int) -> Response:
    box, form = the_kit(kit_id, to_edit=True), SureForm()
    if not form.accepted() or not form.attempt(act.delete_kit, me().person_id, kit_id):
        return done(url_for(".show", kit_id=kit_id), form.refusal(), kind="wrong")
    undo = url_for(".undelete", kit_id=kit_id)
    sentence = _("“%(title)s” is deleted. For a week it can be brought back.", title=box.title)
    return done(url_for(".index"), sentence, undo)


@kit.get("/<int:kit_id>/deletion")
def deletion(kit_id: int) -> Response:
    """Where a deleted kit can be brought back from, for a week."""
    box = _deleted(kit_id)
    assert box.deleted_at
    return page("kit/deletion.html", form=ActForm(), kit=box, until=last_day_to_undo(box.deleted_at))


@kit.post("/<int:kit_id>/deletion/undo")
def undelete(kit_id: int) -> Response:
    _deleted(kit_id)
    form = ActForm()
    if form.accepted() and form.attempt(act.undelete_kit, me().person_id, kit_id):
        return done(url_for(".show", kit_id=kit_id), _("It is back, as it was."))
    return done(url_for(".index"), _("It could not be brought back."), kind="wrong")


@kit.get("/<int:kit_id>/code")
def code(kit_id: int) -> Response:
    return page("kit/code.html", form=SureForm(), kit=the_kit(kit_id, to_edit=True))


@kit.post("/<int:kit_id>/code")
def renew_code(kit_id: int) -> Response:
    box, form = the_kit(kit_id, to_edit=True), SureForm()
    if form.accepted() and form.attempt(act.renew_code, me().person_id, kit_id):
        sentence = _("It has a new short address. The old label says nothing now: print a new one.")
        return done(url_for(".labels", kit=kit_id), sentence)
    return page("kit/code.html", form=form, kit=box)


@kit.get("/<int:kit_id>/photo")
def photo(kit_id: int) -> Response:
    """The packed box as a picture, for whoever sees the kit."""
    box = the_kit(kit_id)
    file = file_by_id(box.photo_id) if box.photo_id else None
    if file is None:
        raise NotHere
    return send(file, inline=True)


@kit.get("/<int:kit_id>/photo/edit")
def edit_photo(kit_id: int) -> Response:
    box = the_kit(kit_id, to_mind=True)
    return page("kit/photo.html", form=PhotoForm(words=box.photo_words), kit=box)


@kit.post("/<int:kit_id>/photo")
def set_photo(kit_id: int) -> Response:
    box, form = the_kit(kit_id, to_mind=True), PhotoForm()
    is_right = form.accepted()
    brought = receive(form.photo, me().person_id)
    if is_right and not form.photo.errors and _is_picture(form):
        file_id, words = (brought[0] if brought else None), form.words.data or ""
        if form.attempt(act.set_photo, me().person_id, kit_id, file_id, words):
            return done(url_for(".show", kit_id=kit_id), _("The picture stands on its page and on its packing slips."))
    return page("kit/photo.html", form=form, kit=box)


@kit.post("/<int:kit_id>/photo/removal")
def remove_photo(kit_id: int) -> Response:
    the_kit(kit_id, to_mind=True)
    form, back = SureForm(), url_for(".show", kit_id=kit_id)
    if not form.accepted() or not form.attempt(act.remove_photo, me().person_id, kit_id):
        return done(back)
    return done(back, _("The picture is gone."), url_for(".return_photo", kit_id=kit_id))


@kit.post("/<int:kit_id>/photo/undo")
def return_photo(kit_id: int) -> Response:
    """Back with the picture that was there, as long as the store still holds it."""
    box, form = the_kit(kit_id, to_mind=True), ActForm()
    file_id, back = removed_photo(kit_id), url_for(".show", kit_id=kit_id)
    if box.photo_id or not file_id or not form.accepted():
        return done(back)
    form.attempt(act.set_photo, me().person_id, kit_id, file_id, box.photo_words)
    return done(back, _("It is back, as it was."))


def _is_picture(form: PhotoForm) -> bool:
    if all(file.kind in PICTURES for file in form.photo.kept):
        return True
    form.photo.errors = [*form.photo.errors, _("Choose a picture: JPEG, PNG, WebP or a phone’s HEIC.")]
    form.photo.kept = []
    return False


def _deleted(kit_id: int) -> Kit:
    box = deleted_kit_in(here().membership, kit_id)
    if box is None:
        raise NotHere
    if not can_edit_kit(here().membership, box):
        raise NotYours
    return box
