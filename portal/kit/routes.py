"""The doors of Kit boxes: the list, a kit, making one and changing it."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy import func
from werkzeug.wrappers import Response

from portal import fulltext
from portal.history.queries import lines_about
from portal.kit import operations as act
from portal.kit.beside import beside
from portal.kit.fields import KitFields, columns_of
from portal.kit.filters import chips, offered, wanted_here
from portal.kit.forms import KitForm
from portal.kit.hooks import away_on, whereabouts_of
from portal.kit.models import Kit
from portal.kit.policy import can_edit_kit, can_make_kit, can_mind_kit
from portal.kit.queries import kit_by_id, kit_in, parts_of, schools_of, training_for, words_of
from portal.kit.queries_list import counts, kits, listed_count
from portal.kit.queries_page import (
    exported_kits,
    names_of,
    organisations_here,
    packs_of,
    parts_by_kit,
    people_here,
    spells_of,
)
from portal.kit.queries_problems import problems_with
from portal.kit.sheets import kit_cells, kit_columns
from portal.kit.words import KINDS
from portal.networks.scope import here, room_blueprint
from portal.networks.tabs import Tab, declare_tab
from portal.vocabulary.queries import all_words
from portal.web import clock, money
from portal.web import listing as lists
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort
from portal.web.numbers import number_of

kit = room_blueprint("kit", __name__)
declare_tab("kit", Tab("boxes", _l("All boxes"), "kit.index", 20, listed_count))

SORTS = (
    # "Box 9" before "Box 10", on any database.
    Sort("number", _l("By number"), (func.length(Kit.asset_code), Kit.asset_code, Kit.title, Kit.id)),
    Sort("title", _l("By title"), (Kit.title, Kit.id)),
    Sort("home", _l("By where it lives"), (Kit.home, Kit.title, Kit.id)),
    Sort("used", _l("Most used first"), (Kit.uses_count.desc(), Kit.title, Kit.id)),
)


@kit.get("/")
def index() -> Response:
    words, member, today = all_words(retired=True), here().membership, clock.today(here().network.time_zone)
    wanted, away = wanted_here(words), away_on(today)
    found = Listing(kits(member, wanted, today, away), SORTS)
    if kind := lists.wanted_export():
        return _export(found.everything(), kind)
    filters = offered(wanted, words, counts(member, wanted, today, away))
    return page(
        "kit/index.html",
        fragments=("found",),
        listing=found,
        wanted=wanted,
        filters=filters,
        chips_on=chips(wanted, filters),
        where=whereabouts_of([row.id for row in found.items], today, member.network_id),
        highlight=fulltext.highlight,
        can_make=can_make_kit(member),
    )


def _export(rows: list[Any], kind: str) -> Response:
    ids = [row.id for row in rows]
    cells = kit_cells(exported_kits(ids), parts_by_kit(ids), words_of(ids))
    return lists.export(_("kit boxes"), kit_columns(), rows, kind, cells)


@kit.get("/<int:kit_id>")
def show(kit_id: int) -> Response:
    box, member = the_kit(kit_id), here().membership
    today = clock.today(here().network.time_zone)
    return page(
        "kit/show.html",
        kit=box,
        # Made by web.prose when it was saved.
        about=Markup(box.about_html),
        parts=parts_of(kit_id),
        names=names_of(box),
        said=words_of([kit_id])[kit_id],
        schools=schools_of(kit_id) if box.lends_to == "schools" else [],
        training=training_for(kit_id),
        packs=packs_of(kit_id, member),
        spells=spells_of(kit_id, today),
        today=today,
        problems=problems_with(kit_id) if can_mind_kit(member, box) else [],
        lines=lines_about("kit", kit_id) if box.network_id == member.network_id else [],
        beside=beside.parts(box, member),
        can_edit=can_edit_kit(member, box),
        can_mind=can_mind_kit(member, box),
        kinds=KINDS,
        in_words=money.in_words,
    )


@kit.get("/new")
def new() -> Response:
    if not can_make_kit(here().membership):
        raise NotYours
    form = _form()
    form.currency.data = money.usual_currency(here().network.locale)
    return _form_page(form)


@kit.post("/")
def create() -> Response:
    if not can_make_kit(here().membership):
        raise NotYours
    form = _form()
    if form.accepted():
        kit_id = form.attempt(act.make_kit, me().person_id, here().network.id, form.said(), form.read)
        if kit_id:
            return done(url_for(".show", kit_id=kit_id), _("Kept as a draft. Only coordinators see it yet."))
    return _form_page(form)


@kit.get("/<int:kit_id>/edit")
def edit(kit_id: int) -> Response:
    box = the_kit(kit_id, to_edit=True)
    form = _form(box)
    form.show(_said(box), box.row_version)
    return _form_page(form, box)


@kit.post("/<int:kit_id>")
def change(kit_id: int) -> Response:
    box = the_kit(kit_id, to_edit=True)
    form = _form(box)
    if form.accepted():
        seen = number_of(form.seen.data) or 0
        if form.attempt(act.change_kit, me().person_id, kit_id, seen, form.said()):
            return done(url_for(".show", kit_id=kit_id), _("Saved."))
    box = kit_by_id(kit_id)
    form.replaces(form.seen, box.row_version)
    return _form_page(form, box)


def the_kit(kit_id: int, to_edit: bool = False, to_mind: bool = False) -> Kit:
    """The kit as this member may see it, else 404; 403 when she may see but not change it, or not mind it."""
    member = here().membership
    found = kit_in(member, kit_id)
    if found is None:
        raise NotHere
    if (to_edit and not can_edit_kit(member, found)) or (to_mind and not can_mind_kit(member, found)):
        raise NotYours
    return found


def _form(box: Kit | None = None) -> KitForm:
    network = here().network
    people, schools = people_here(network.id), organisations_here(network.id)
    form = KitForm(all_words(retired=box is not None), people, schools, money.usual_currency(network.locale))
    if box:
        names = names_of(box)
        keeper = [(box.keeper_id, names.keeper)] if box.keeper_id else []
        owner = [(box.owner_organisation_id, names.owner)] if box.owner_organisation_id else []
        form.keep_offering(columns_of(box)["currency"], keeper, [*owner, *map(tuple, schools_of(box.id))])
    return form


def _said(box: Kit) -> KitFields:
    words = words_of([box.id])[box.id]
    return KitFields(
        **columns_of(box),
        subjects=tuple(word.id for word in words["subject"]),
        phases=tuple(word.id for word in words["phase"]),
        schools=tuple(school.id for school in schools_of(box.id)),
    )


def _form_page(form: KitForm, box: Kit | None = None) -> Response:
    return page("kit/form.html", form=form, kit=box)
