"""The doors to what lies in a pack: adding, ordering, naming, replacing, taking out, putting back."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.files.receiving import receive
from portal.networks.scope import here
from portal.resources import operations_items as act
from portal.resources.forms import ItemsForm
from portal.resources.forms_acts import ItemForm
from portal.resources.policy import can_edit_pack
from portal.resources.queries import item_of, items_of
from portal.resources.routes import resources, the_pack
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm, SureForm, pressed
from portal.web.hypermedia import done, page


@resources.get("/<int:pack_id>/items")
def items(pack_id: int) -> Response:
    return _items_page(the_pack(pack_id, to_edit=True), ItemsForm())


@resources.post("/<int:pack_id>/items")
def add_items(pack_id: int) -> Response:
    pack, form = the_pack(pack_id, to_edit=True), ItemsForm()
    if _is_ready(form):
        note = form.note.data or ""
        if form.attempt(act.add_items, me().person_id, pack_id, form.contents(), note):
            return done(url_for(".items", pack_id=pack_id), _("Added."))
    return _items_page(pack, form)


@resources.get("/<int:pack_id>/items/<int:item_id>/name")
def item_name(pack_id: int, item_id: int) -> Response:
    pack, item = _both(pack_id, item_id)
    return page("resources/item_name.html", form=ItemForm(title=item.title), pack=pack, item=item)


@resources.post("/<int:pack_id>/items/<int:item_id>/name")
def name_item(pack_id: int, item_id: int) -> Response:
    pack, item = _both(pack_id, item_id)
    form = ItemForm()
    if form.accepted() and form.attempt(act.rename_item, me().person_id, pack_id, item_id, form.title.data or ""):
        return done(url_for(".items", pack_id=pack_id), _("It is called “%(name)s” now.", name=form.title.data))
    return page("resources/item_name.html", form=form, pack=pack, item=item)


@resources.get("/<int:pack_id>/items/<int:item_id>/file")
def item_file(pack_id: int, item_id: int) -> Response:
    pack, item = _both(pack_id, item_id)
    return page("resources/item_file.html", form=ItemsForm(), pack=pack, item=item)


@resources.post("/<int:pack_id>/items/<int:item_id>/file")
def replace_item(pack_id: int, item_id: int) -> Response:
    pack, item = _both(pack_id, item_id)
    form = ItemsForm()
    if _is_ready(form):
        note = form.note.data or ""
        if form.attempt(act.replace_item, me().person_id, pack_id, item_id, form.contents(), note):
            return done(url_for(".items", pack_id=pack_id), _("“%(name)s” is a new one now.", name=item.title))
    return page("resources/item_file.html", form=form, pack=pack, item=item)


@resources.post("/<int:pack_id>/items/<int:item_id>/place")
def move_item(pack_id: int, item_id: int) -> Response:
    _both(pack_id, item_id)
    pressed(act.move_item, me().person_id, pack_id, item_id, request.form.get("to") == "up")
    return done(url_for(".items", pack_id=pack_id))


@resources.post("/<int:pack_id>/items/<int:item_id>/removal")
def remove_item(pack_id: int, item_id: int) -> Response:
    _pack, item = _both(pack_id, item_id)
    form = SureForm()
    if not form.accepted() or not form.attempt(act.remove_item, me().person_id, pack_id, item_id):
        return done(url_for(".items", pack_id=pack_id))
    undo = url_for(".return_item", pack_id=pack_id, item_id=item_id)
    return done(url_for(".items", pack_id=pack_id), _("“%(name)s” is out of the pack.", name=item.title), undo)


@resources.post("/<int:pack_id>/items/<int:item_id>/removal/undo")
def return_item(pack_id: int, item_id: int) -> Response:
    _pack, item = _both(pack_id, item_id)
    pressed(act.return_item, me().person_id, pack_id, item_id)
    return done(url_for(".items", pack_id=pack_id), _("“%(name)s” is back in its place.", name=item.title))


def _both(pack_id: int, item_id: int) -> tuple[Any, Any]:
    pack = the_pack(pack_id)
    item = item_of(pack_id, item_id)
    if item is None:
        raise NotHere
    if not can_edit_pack(here().membership, pack):
        raise NotYours
    return pack, item


def _is_ready(form: ItemsForm) -> bool:
    """Whether everything is as it should be; files are kept in any case."""
    is_right = form.accepted()
    receive(form.files, me().person_id, here().network.id)
    return is_right and not form.files.errors


def _items_page(pack: Any, form: ItemsForm) -> Response:
    return page(
        "resources/items.html", fragments=("items",), form=form, pack=pack, items=items_of(pack.id), act=ActForm()
    )
