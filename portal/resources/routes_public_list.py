"""The door to all public packs of a network: searched by words, a page at a time. Nobody needs an account."""

from typing import Any

from flask import Blueprint, Response, g, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import fulltext
from portal.resources.beside import beside_public_list
from portal.resources.models import Pack
from portal.resources.queries import words_of_packs
from portal.resources.queries_public import public_network, public_packs
from portal.web import listing as lists
from portal.web.access import public
from portal.web.errors import NotHere
from portal.web.hypermedia import page
from portal.web.links import absolute
from portal.web.listing import Listing, Sort
from portal.web.tables import Column

public_resources = Blueprint("public_resources", __name__, url_prefix="/p/<network>/packs")

SORTS = (
    Sort("used", _l("Most used first"), (Pack.uses_count.desc(), Pack.downloads.desc(), Pack.id.desc())),
    Sort("new", _l("Newest first"), (Pack.shared_at.desc(), Pack.id.desc())),
    Sort("short", _l("Shortest first"), (Pack.minutes, Pack.title, Pack.id)),
    Sort("title", _l("By title"), (Pack.title, Pack.id)),
)


@public_resources.get("")
@public
def index(network: str) -> Response:
    place, words = public_network(network), request.args.get("q", "").strip()[:200]
    if place is None:
        raise NotHere
    g.time_zone = place.time_zone
    found = Listing(public_packs(place.id, words), SORTS)
    if kind := lists.wanted_export():
        names = (_("Title"), _("In one sentence"), _("Lessons"), _("Minutes"), _("Licence"), _("Author"))
        return lists.export(_("packs"), [Column(name) for name in names], found.everything(), kind, _cells)
    return page(
        "resources/public_index.html",
        network=place,
        room_key="resources",
        listing=found,
        words=words,
        words_by_pack=words_of_packs([row.id for row in found.items]),
        highlight=fulltext.highlight,
        beside=beside_public_list.parts(place),
        canonical=absolute("public_resources.index", network=network),
    )


def _cells(row: Any) -> tuple[Any, ...]:
    return (row.title, row.strapline, row.lessons, row.minutes, row.licence, row.author)
