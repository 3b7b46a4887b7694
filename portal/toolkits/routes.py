"""The doors of toolkits: the list, one of them, making it and changing what it says."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal.history.queries import lines_about
from portal.networks.scope import here, room_blueprint
from portal.resources.queries import words_of_packs
from portal.toolkits import operations as act
from portal.toolkits.fields import fields_of
from portal.toolkits.forms import ToolkitForm
from portal.toolkits.models import Toolkit
from portal.toolkits.policy import can_edit_toolkit, can_make_toolkit
from portal.toolkits.queries import STATES, contents_of, size_of_packs, toolkit_by_id, toolkit_in, toolkits
from portal.web import listing as lists
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort
from portal.web.numbers import number_of
from portal.web.tables import Column

toolkits_room = room_blueprint("toolkits", __name__, path="/resources/toolkits", room="resources")

SORTS = (
    Sort("new", _l("Changed last first"), (Toolkit.changed_at.desc(), Toolkit.id.desc())),
    Sort("used", _l("Most taken first"), (Toolkit.downloads.desc(), Toolkit.id.desc())),
    Sort("title", _l("By title"), (Toolkit.title, Toolkit.id)),
)
HEADINGS = (
    _l("Title"),
    _l("In one sentence"),
    _l("Packs"),
    _l("Kept by"),
    _l("Version"),
    _l("Taken along"),
    _l("State"),
    _l("Shared on"),
)


@toolkits_room.get("/")
def index() -> Response:
    member, words, state = here().membership, request.args.get("q", "").strip()[:200], request.args.get("state", "")
    state = state if state in STATES else "shared"
    found = Listing(toolkits(member, words, state), SORTS)
    if kind := lists.wanted_export():
        headings = [Column(str(name)) for name in HEADINGS]
        return lists.export(_("toolkits"), headings, found.everything(), kind, _cells)
    can_make = can_make_toolkit(member)
    return page("toolkits/index.html", listing=found, words=words, state=state, can_make=can_make)


def _cells(row: Any) -> tuple[Any, ...]:
    words = (row.title, row.strapline, row.packs, row.owner_name)
    return (*words, row.version, row.downloads, row.state, row.shared_at)


@toolkits_room.get("/<int:toolkit_id>")
def show(toolkit_id: int) -> Response:
    toolkit, member = the_toolkit(toolkit_id), here().membership
    contents = contents_of(toolkit_id)
    there = [one.id for one in contents if one.standing in ("here", "retired")]
    return page(
        "toolkits/show.html",
        toolkit=toolkit,
        # Made by web.prose when it was saved.
        about=Markup(toolkit.about_html),
        contents=contents,
        minutes=sum(one.minutes for one in contents if one.id in there),
        words_by_pack=words_of_packs(there),
        size=size_of_packs(there),
        has_packs=bool(there),
        can_edit=can_edit_toolkit(member, toolkit),
        lines=lines_about("toolkit", toolkit_id),
    )


@toolkits_room.get("/new")
def new() -> Response:
    return _form_page(_new_form())


@toolkits_room.post("/")
def create() -> Response:
    form = _new_form()
    if form.accepted():
        toolkit_id = form.attempt(act.make_toolkit, me().person_id, here().network.id, form.said())
        if toolkit_id:
            kept = _("Kept as a draft. Nobody else sees it yet. Put the first pack in.")
            return done(url_for(".choose_packs", toolkit_id=toolkit_id), kept)
    return _form_page(form)


@toolkits_room.get("/<int:toolkit_id>/edit")
def edit(toolkit_id: int) -> Response:
    the_toolkit(toolkit_id, to_edit=True)
    toolkit, form = toolkit_by_id(toolkit_id), ToolkitForm()
    form.show(fields_of(toolkit), toolkit.row_version)
    return _form_page(form, toolkit)


@toolkits_room.post("/<int:toolkit_id>")
def change(toolkit_id: int) -> Response:
    the_toolkit(toolkit_id, to_edit=True)
    form = ToolkitForm()
    if form.accepted():
        seen = number_of(form.seen.data) or 0
        if form.attempt(act.change_toolkit, me().person_id, toolkit_id, seen, form.said()):
            return done(url_for(".show", toolkit_id=toolkit_id), _("Saved."))
    toolkit = toolkit_by_id(toolkit_id)
    form.replaces(form.seen, toolkit.row_version)
    return _form_page(form, toolkit)


def the_toolkit(toolkit_id: int, to_edit: bool = False) -> Any:
    """The toolkit as this member may see it, else 404; 403 when she may see but not change it."""
    toolkit = toolkit_in(here().membership, toolkit_id)
    if toolkit is None:
        raise NotHere
    if to_edit and not can_edit_toolkit(here().membership, toolkit):
        raise NotYours
    return toolkit


def _new_form() -> ToolkitForm:
    if not can_make_toolkit(here().membership):
        raise NotYours
    return ToolkitForm()


def _form_page(form: ToolkitForm, toolkit: Toolkit | None = None) -> Response:
    return page("toolkits/form.html", form=form, toolkit=toolkit)
