"""The doors of a pack's form: making one, changing what it says."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.files.receiving import receive
from portal.networks.scope import here
from portal.resources import operations as act
from portal.resources.forms import PackForm
from portal.resources.models import Pack
from portal.resources.policy import can_make_pack
from portal.resources.proposing import propose
from portal.resources.queries import pack_by_id, pack_in
from portal.resources.queries_fields import fields_of
from portal.resources.queries_kin import originals_for
from portal.resources.routes import resources, the_pack
from portal.vocabulary.queries import all_words
from portal.web.access import me
from portal.web.errors import NotYours
from portal.web.hypermedia import done, page
from portal.web.numbers import number_of


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
    pack = pack_by_id(pack_id)
    said = fields_of(pack)
    form = PackForm(all_words(), here().network.locale, phases=list(said.phases))
    form.show(said, pack.row_version)
    return _form_page(form, pack)


@resources.post("/<int:pack_id>")
def change(pack_id: int) -> Response:
    known = the_pack(pack_id, to_edit=True).adapted_from_id
    form = PackForm(all_words(retired=True), here().network.locale)
    if _is_ready(form, pack_id, known):
        seen = number_of(form.seen.data) or 0
        note = form.change_note.data or ""
        if form.attempt(act.change_pack, me().person_id, pack_id, seen, form.said(), form.contents(), note):
            return done(url_for(".show", pack_id=pack_id), _("Saved."))
    pack = pack_by_id(pack_id)
    form.replaces(form.seen, pack.row_version)
    return _form_page(form, pack)


def _new_form() -> PackForm:
    if not can_make_pack(here().membership):
        raise NotYours
    form = PackForm(all_words(), here().network.locale)
    if request.method == "GET":
        form.author.data = me().name
        form.language.data = here().network.locale.partition("_")[0]
    return form


def _is_ready(form: PackForm, pack_id: int | None = None, known: int | None = None) -> bool:
    """Whether everything is as it should be; files are kept in any case, and what they say is proposed.

    ``known`` is the original that the pack had before: it may be gone since.
    """
    is_right = form.accepted()
    receive(form.files, me().person_id, here().network.id)
    form.was_proposed = bool(form.files.kept) and form.propose(propose(form.files.kept))
    if form.preview.data:
        form.forgive()
        return False
    # Somebody else's draft, or a pack of another network, is nobody's original.
    if form.original_id in {None, known} or (form.original_id != pack_id and _is_there(form.original_id)):
        return is_right and not form.files.errors
    form.original.errors = [*form.original.errors, _("This pack can’t be the original. Look for it once more.")]
    return False


def _is_there(pack_id: int | None) -> bool:
    return pack_id is not None and pack_in(here().membership, pack_id) is not None


def _form_page(form: PackForm, pack: Pack | None = None) -> Response:
    form.offer_originals(_originals(form, pack))
    return page(
        "resources/form.html",
        fragments=("originals",),
        form=form,
        pack=pack,
    )


def _originals(form: PackForm, pack: Pack | None) -> list[Any]:
    """The pack that is chosen, and those that the words find."""
    found = (
        originals_for(here().membership, form.look_for.data, pack.id if pack else None) if form.look_for.data else []
    )
    chosen = form.original_id
    if chosen and chosen not in {one.id for one in found} and (there := pack_in(here().membership, chosen)):
        found = [there, *found]
    return found
