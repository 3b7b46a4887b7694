"""The doors to what lies in a toolkit: choosing packs, their order, why they are there, taking them out."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from portal.networks.scope import here
from portal.resources.models import Pack
from portal.resources.queries import pack_in
from portal.toolkits import operations_packs as act
from portal.toolkits.forms import NEW, ChooseForm, PutForm, WhyForm
from portal.toolkits.operations_choosing import put_into_new
from portal.toolkits.policy import can_edit_toolkit, can_make_toolkit
from portal.toolkits.queries import contents_of, item_of, toolkits_to_fill
from portal.toolkits.queries_packs import packs_to_put
from portal.toolkits.routes import the_toolkit, toolkits_room
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.forms import SureForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page
from portal.web.listing import Listing, Sort

SORTS = (
    Sort("used", _l("Most used first"), (Pack.uses_count.desc(), Pack.downloads.desc(), Pack.id.desc())),
    Sort("new", _l("Newest first"), (Pack.shared_at.desc(), Pack.id.desc())),
    Sort("title", _l("By title"), (Pack.title, Pack.id)),
)


@toolkits_room.get("/<int:toolkit_id>/packs")
def packs(toolkit_id: int) -> Response:
    toolkit = the_toolkit(toolkit_id, to_edit=True)
    return page("toolkits/packs.html", fragments=("packs",), toolkit=toolkit, contents=contents_of(toolkit_id))


@toolkits_room.get("/<int:toolkit_id>/packs/new")
def choose_packs(toolkit_id: int) -> Response:
    return _choose_page(the_toolkit(toolkit_id, to_edit=True), PutForm())


@toolkits_room.post("/<int:toolkit_id>/packs")
def put(toolkit_id: int) -> Response:
    toolkit, form = the_toolkit(toolkit_id, to_edit=True), PutForm()
    pack = pack_in(here().membership, form.pack_id())
    if form.accepted() and pack and form.attempt(act.put_pack, me().person_id, toolkit_id, pack.id):
        said = _("“%(title)s” lies in it now.", title=pack.title)
        return done(url_for(".choose_packs", toolkit_id=toolkit_id, q=request.args.get("q") or None), said)
    return _choose_page(toolkit, form)


@toolkits_room.get("/with/<int:pack_id>")
def choose(pack_id: int) -> Response:
    """From a pack's page: into which toolkit?"""
    pack = _pack_to_put(pack_id)
    return page("toolkits/choose.html", form=_choose_form(), pack=pack)


@toolkits_room.post("/with/<int:pack_id>")
def put_with(pack_id: int) -> Response:
    pack, form = _pack_to_put(pack_id), _choose_form()
    if form.accepted():
        wanted, why = form.toolkit.data, form.why.data or ""
        if wanted == NEW:
            told = (me().person_id, here().network.id, form.title.data or "", pack_id, why)
            toolkit_id = form.attempt(put_into_new, *told)
        else:
            the_toolkit(wanted, to_edit=True)
            toolkit_id = wanted if form.attempt(act.put_pack, me().person_id, wanted, pack_id, why) else None
        if toolkit_id:
            said = _("“%(title)s” lies in it now.", title=pack.title)
            return done(url_for(".show", toolkit_id=toolkit_id), said)
    return page("toolkits/choose.html", form=form, pack=pack)


@toolkits_room.get("/<int:toolkit_id>/packs/<int:place_id>/why")
def why(toolkit_id: int, place_id: int) -> Response:
    toolkit, item = _both(toolkit_id, place_id)
    return page("toolkits/why.html", form=WhyForm(why=item.why), toolkit=toolkit, item=item)


@toolkits_room.post("/<int:toolkit_id>/packs/<int:place_id>/why")
def say_why(toolkit_id: int, place_id: int) -> Response:
    toolkit, item = _both(toolkit_id, place_id)
    form = WhyForm()
    if form.accepted() and form.attempt(act.say_why, me().person_id, toolkit_id, place_id, form.why.data or ""):
        return done(url_for(".packs", toolkit_id=toolkit_id), _("Saved."))
    return page("toolkits/why.html", form=form, toolkit=toolkit, item=item)


@toolkits_room.post("/<int:toolkit_id>/packs/<int:place_id>/place")
def move(toolkit_id: int, place_id: int) -> Response:
    _both(toolkit_id, place_id)
    form = pressed(act.move_pack, me().person_id, toolkit_id, place_id, request.form.get("to") == "up")
    return done_unless_refused(form, url_for(".packs", toolkit_id=toolkit_id), None)


@toolkits_room.post("/<int:toolkit_id>/packs/<int:place_id>/removal")
def take_out(toolkit_id: int, place_id: int) -> Response:
    _toolkit, item = _both(toolkit_id, place_id)
    form = SureForm()
    if not form.accepted() or not form.attempt(act.take_out, me().person_id, toolkit_id, place_id):
        return done(url_for(".packs", toolkit_id=toolkit_id))
    undo = url_for(".put_back", toolkit_id=toolkit_id, place_id=place_id)
    said = _("“%(title)s” is out of the toolkit.", title=item.title)
    return done(url_for(".packs", toolkit_id=toolkit_id), said if item.standing != "gone" else _("It is out."), undo)


@toolkits_room.post("/<int:toolkit_id>/packs/<int:place_id>/removal/undo")
def put_back(toolkit_id: int, place_id: int) -> Response:
    _both(toolkit_id, place_id)
    form = pressed(act.put_back, me().person_id, toolkit_id, place_id)
    return done_unless_refused(form, url_for(".packs", toolkit_id=toolkit_id), _("It is back in its place."))


def _both(toolkit_id: int, place_id: int) -> tuple[Any, Any]:
    toolkit = the_toolkit(toolkit_id)
    item = item_of(toolkit_id, place_id)
    if item is None:
        raise NotHere
    if not can_edit_toolkit(here().membership, toolkit):
        raise NotYours
    return toolkit, item


def _pack_to_put(pack_id: int) -> Any:
    pack = pack_in(here().membership, pack_id)
    if pack is None:
        raise NotHere
    if not can_make_toolkit(here().membership):
        raise NotYours
    return pack


def _choose_form() -> ChooseForm:
    member = here().membership
    return ChooseForm(toolkits_to_fill(member, member.is_coordinator))


def _choose_page(toolkit: Any, form: PutForm) -> Response:
    words = request.args.get("q", "").strip()[:200]
    listing = Listing(packs_to_put(here().membership, toolkit.id, words), SORTS)
    return page("toolkits/choose_packs.html", form=form, toolkit=toolkit, listing=listing, words=words)
