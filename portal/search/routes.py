"""The search page: everything grouped, or all finds of one kind."""

from typing import Any

from flask import Blueprint, Response, request
from flask_babel import lazy_gettext as _l
from sqlalchemy import column

from portal import fulltext
from portal.search.finding import Looked, close_names, groups, hits, look, rows_of
from portal.search.queries import KINDS
from portal.search.readers import Reader, reader
from portal.web.access import me
from portal.web.hypermedia import page
from portal.web.listing import Listing, Sort, export, wanted_export
from portal.web.tables import Column

search = Blueprint("search", __name__)
BEST = Sort("best", _l("Best first"), (column("rank"), column("id").desc()))
NEWEST = Sort("newest", _l("Newest first"), (column("id").desc(),))
NAMES = {
    "conversations": (_l("Co"), _l("Conversations")),
    "packs": (_l("Re"), _l("Packs")),
    "events": (_l("Ev"), _l("What’s on")),
    "kits": (_l("Ki"), _l("Kit boxes")),
    "people": ("", _l("People")),
    "organisations": ("", _l("Organisations")),
    "standards": ("", _l("Standards")),
}


COLUMNS = [Column(_l("Title")), Column(_l("About")), Column(_l("Network")), Column(_l("When"))]


@search.get("/search")
def index() -> Response:
    words = request.args.get("q", "").strip()[:200]
    kind = request.args.get("kind", "")
    who = reader(me().person_id)
    if not fulltext.has_words(words):
        return page("search/index.html", words=words, names=NAMES, found=None, close=[])
    if kind in KINDS:
        return _one_kind(kind, look(words, who, [kind], "exactly" in request.args))
    looked = look(words, who, exactly="exactly" in request.args)
    found = groups(looked)
    close = [] if any(group.kind in ("people", "organisations") for group in found) else close_names(words, who)
    return page("search/index.html", words=words, names=NAMES, found=found, close=close, asked=looked.packs.asked)


def _one_kind(kind: str, looked: Looked) -> Response:
    rows = Listing(rows_of(kind, looked), (BEST, NEWEST))
    sheet = wanted_export()
    if sheet:
        return export(f"search-{kind}", COLUMNS, rows.everything(5000), sheet, lambda row: _cells(row, looked.reader))
    return page(
        "search/kind.html",
        words=looked.words,
        kind=kind,
        names=NAMES,
        rows=rows,
        hits=hits(kind, rows.items, looked.shown(kind), looked.reader),
        is_many=looked.is_many(kind),
        asked=looked.packs.asked,
    )


def _cells(row: Any, who: Reader) -> list[Any]:
    place = who.places.get(row.network_id)
    return [row.title, row.about or "", place.name if place else "", row.at]
