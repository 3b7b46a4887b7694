"""The doors of public toolkits: a list of a network's, one of them, all of it in one zip. Nobody needs an account."""

from typing import Any

from flask import Blueprint, Response, g, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from portal.resources.queries import words_of_packs
from portal.resources.queries_public import public_network
from portal.toolkits.bundle import bundle, cover, entries_now
from portal.toolkits.downloads import note_toolkit_taken
from portal.toolkits.models import Toolkit
from portal.toolkits.queries import contents_of, public_toolkit, public_toolkits, size_of_packs
from portal.web import listing as lists
from portal.web.access import public
from portal.web.errors import NotHere
from portal.web.hypermedia import page
from portal.web.links import absolute
from portal.web.listing import Listing, Sort
from portal.web.tables import Column

public_toolkits_doors = Blueprint("public_toolkits", __name__, url_prefix="/p/<network>/toolkits")

SORTS = (
    Sort("new", _l("Changed last first"), (Toolkit.changed_at.desc(), Toolkit.id.desc())),
    Sort("title", _l("By title"), (Toolkit.title, Toolkit.id)),
)


@public_toolkits_doors.get("")
@public
def index(network: str) -> Response:
    place, words = _network(network), request.args.get("q", "").strip()[:200]
    found = Listing(public_toolkits(place.id, words), SORTS)
    if kind := lists.wanted_export():
        headings = [Column(_("Title")), Column(_("In one sentence")), Column(_("Packs"))]
        return lists.export(_("toolkits"), headings, found.everything(), kind, _cells)
    canonical = absolute("public_toolkits.index", network=network)
    return page("toolkits/public_index.html", listing=found, words=words, canonical=canonical, **_about(place))


def _cells(row: Any) -> tuple[Any, ...]:
    return (row.title, row.strapline, row.packs)


@public_toolkits_doors.get("/<int:toolkit_id>")
@public
def show(network: str, toolkit_id: int) -> Response:
    place, toolkit, contents, there = _both(network, toolkit_id)
    return page(
        "toolkits/public.html",
        toolkit=toolkit,
        about=Markup(toolkit.about_html),
        contents=there,
        left_out=len(contents) - len(there),
        minutes=sum(one.minutes for one in there),
        words_by_pack=words_of_packs([one.id for one in there]),
        size=size_of_packs([one.id for one in there]),
        canonical=absolute("public_toolkits.show", network=network, toolkit_id=toolkit_id),
        parts=[absolute("public_packs.show", network=network, pack_id=one.id) for one in there],
        **_about(place),
    )


@public_toolkits_doors.get("/<int:toolkit_id>/archive")
@public
def archive(network: str, toolkit_id: int) -> Response:
    place, toolkit, contents, there = _both(network, toolkit_id)
    if not there:
        raise NotHere
    note_toolkit_taken(toolkit_id, [one.id for one in there])
    address = absolute("public_toolkits.show", network=network, toolkit_id=toolkit_id)
    return bundle(cover(toolkit, place.name, address, len(contents) - len(there)), entries_now(there))


def _both(slug: str, toolkit_id: int) -> tuple[Any, Any, list[Any], list[Any]]:
    """The network, the toolkit, all that lies in it, and what of that anyone may read."""
    place = _network(slug)
    toolkit = public_toolkit(place.id, toolkit_id)
    if toolkit is None:
        raise NotHere
    contents = contents_of(toolkit_id)
    return place, toolkit, contents, [one for one in contents if one.standing == "here" and one.is_public]


def _network(slug: str) -> Any:
    place = public_network(slug)
    if place is None:
        raise NotHere
    g.time_zone = place.time_zone
    return place


def _about(place: Any) -> dict[str, Any]:
    return {"network": place, "room_key": "resources"}
