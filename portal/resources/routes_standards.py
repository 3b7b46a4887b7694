"""The doors to standards: find one by code or words, and see which packs serve it."""

from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import fulltext
from portal.networks.queries import networks_of
from portal.resources.models import Pack
from portal.resources.queries_list import number_serving, packs_serving
from portal.standards.models import Framework, Standard
from portal.standards.queries import dead_links, frameworks, links_of, standard_by_id, standards
from portal.web import listing as lists
from portal.web.access import me
from portal.web.errors import NotHere
from portal.web.hypermedia import page
from portal.web.listing import Listing, Sort
from portal.web.tables import Column

standards_pages = Blueprint("standards", __name__, url_prefix="/standards")

SORTS = (
    Sort("code", _l("By code"), (Framework.code, Standard.key, Standard.id)),
    Sort("grade", _l("By grade"), (Standard.grade, Standard.key, Standard.id)),
)
PACK_SORTS = (Sort("used", _l("Most used first"), (Pack.uses_count.desc(), Pack.title, Pack.id)),)


@standards_pages.get("/")
def index() -> Response:
    words, framework = request.args.get("q", "").strip()[:200], request.args.get("framework", "")
    mine = [network.id for network in networks_of(me().person_id)]
    found = fulltext.matching("standard", words)
    rows = standards(words, framework, found).add_columns(number_serving(mine).label("packs"))
    listing = Listing(rows, SORTS)
    if kind := lists.wanted_export():
        names = (_("Framework"), _("Code"), _("Grade"), _("Heading"), _("Statement"), _("Packs"))
        return lists.export(_("standards"), [Column(name) for name in names], listing.everything(), kind, _cells)
    offered = frameworks()
    return page(
        "standards/index.html",
        listing=listing,
        words=words,
        framework=next((one for one in offered if one.code == framework), None),
        frameworks=offered,
        highlight=fulltext.highlight,
    )


@standards_pages.get("/<int:standard_id>")
def show(standard_id: int) -> Response:
    standard = standard_by_id(standard_id)
    if standard is None:
        raise NotHere
    mine = {network.id: network for network in networks_of(me().person_id)}
    serving = Listing(packs_serving(list(mine), standard_id), PACK_SORTS)
    return page("standards/show.html", standard=standard, listing=serving, networks=mine, links=links_of(standard))


@standards_pages.get("/frameworks/<int:framework_id>/unknown-codes")
def unknown_codes(framework_id: int) -> Response:
    """Codes that a framework's own lines name and none of them has: errors of the source, for a person to look at."""
    framework = next((one for one in frameworks() if one.id == framework_id), None)
    if framework is None:
        raise NotHere
    return page("standards/unknown_codes.html", framework=framework, codes=dead_links(framework_id))


def _cells(row: Any) -> tuple[Any, ...]:
    return (row.framework, row.code, row.grade, row.heading, row.statement, row.packs)
