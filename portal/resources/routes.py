"""The doors of Resources: a pack, making one and changing it. The list has its own: ``routes_list.py``."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal.files.receiving import receive
from portal.history.queries import lines_about
from portal.networks.scope import here, room_blueprint
from portal.resources import operations as act
from portal.resources.filters import language_name
from portal.resources.forms import PackForm
from portal.resources.models import Pack
from portal.resources.policy import can_edit_pack, can_make_pack, can_record_use
from portal.resources.queries import (
    items_of,
    open_reports,
    pack_by_id,
    pack_in,
    size_of,
    standards_of,
    variants_of,
    words_said_of,
)
from portal.resources.queries_fields import fields_of
from portal.resources.queries_uses import tried
from portal.vocabulary.queries import all_words
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.hypermedia import done, page
from portal.web.numbers import number_of

resources = room_blueprint("resources", __name__)


@resources.get("/<int:pack_id>")
def show(pack_id: int) -> Response:
    member = here().membership
    pack = the_pack(pack_id)
    items = items_of(pack_id)
    is_mine = can_edit_pack(member, pack)
    said = words_said_of(pack)
    return page(
        "resources/show.html",
        pack=pack,
        # Made by web.prose when it was saved.
        about=Markup(pack.about_html),
        items=items,
        size=size_of(items),
        said=said,
        licence=next(iter(said["licence"]), None),
        language=language_name(pack.language, said["own_language"]),
        standards=standards_of(pack_id),
        variants=variants_of(member, pack_id),
        tried=tried(pack_id),
        reports=open_reports(pack_id) if is_mine else [],
        lines=lines_about("pack", pack_id),
        can_edit=is_mine,
        can_make=can_make_pack(member),
        can_use=can_record_use(member),
    )


@resources.get("/new")
def new() -> Response:
    return _form_page(_new_form())


@resources.post("/")
def create() -> Response:
    form = _new_form()
    if _is_ready(form):
        pack_id = form.attempt(act.create_pack, me().person_id, here().network.id, form.said(), form.contents())
        if pack_id:
            return done(url_for(".show", pack_id=pack_id), _("Kept as a draft. Nobody else sees it yet."))
    return _form_page(form)


@resources.get("/<int:pack_id>/edit")
def edit(pack_id: int) -> Response:
    the_pack(pack_id, to_edit=True)
    pack, form = pack_by_id(pack_id), PackForm(all_words())
    form.show(fields_of(pack), pack.row_version)
    return _form_page(form, pack)


@resources.post("/<int:pack_id>")
def change(pack_id: int) -> Response:
    the_pack(pack_id, to_edit=True)
    form = PackForm(all_words(retired=True))
    if _is_ready(form):
        seen = number_of(form.seen.data) or 0
        note = form.change_note.data or ""
        if form.attempt(act.change_pack, me().person_id, pack_id, seen, form.said(), form.contents(), note):
            return done(url_for(".show", pack_id=pack_id), _("Saved."))
    pack = pack_by_id(pack_id)
    if form.conflict:
        # Saving once more replaces the other version knowingly.
        form.seen.data = str(pack.row_version)
    return _form_page(form, pack)


def the_pack(pack_id: int, to_edit: bool = False) -> Any:
    """The pack as this member may see it, else 404; 403 when she may see but not change it."""
    pack = pack_in(here().membership, pack_id)
    if pack is None:
        raise NotHere
    if to_edit and not can_edit_pack(here().membership, pack):
        raise NotYours
    return pack


def _new_form() -> PackForm:
    if not can_make_pack(here().membership):
        raise NotYours
    form = PackForm(all_words())
    if request.method == "GET":
        form.author.data = me().name
        form.language.data = here().network.locale.partition("_")[0]
    return form


def _is_ready(form: PackForm) -> bool:
    """Whether everything is as it should be; files are kept in any case."""
    is_right = form.accepted()
    receive(form.files, me().person_id)
    return is_right and not form.files.errors


def _form_page(form: PackForm, pack: Pack | None = None) -> Response:
    both = [(form[name].label.text, form.text_of(name), text) for name, text in form.conflict.items() if name in form]
    return page("resources/form.html", status=409 if form.conflict else None, form=form, pack=pack, both=both)
