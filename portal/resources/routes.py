"""The doors of Resources: the list, and a pack."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal import fulltext
from portal.history.queries import lines_about
from portal.networks.scope import here, room_blueprint
from portal.resources.filters import chips, language_name, offered, wanted_here
from portal.resources.models import Pack
from portal.resources.policy import can_edit_pack, can_import_packs, can_make_pack, can_record_use
from portal.resources.queries import (
    items_of,
    open_reports,
    pack_in,
    shared_count,
    size_of,
    standards_of,
    words_of_packs,
    words_said_of,
)
from portal.resources.queries_lineage import variants_of
from portal.resources.queries_list import Wanted, counts, packs
from portal.resources.queries_uses import tried
from portal.vocabulary.queries import all_words
from portal.web import listing as lists
from portal.web.errors import NotHere, NotYours
from portal.web.hypermedia import page
from portal.web.listing import Listing, Sort
from portal.web.tables import Column

resources = room_blueprint("resources", __name__)

SORTS = (
    Sort("used", _l("Most used first"), (Pack.uses_count.desc(), Pack.downloads.desc(), Pack.id.desc())),
    Sort("new", _l("Newest first"), (Pack.shared_at.desc(), Pack.id.desc())),
    Sort("short", _l("Shortest first"), (Pack.minutes, Pack.title, Pack.id)),
    Sort("title", _l("By title"), (Pack.title, Pack.id)),
)
HEADINGS = (
    _l("Title"),
    _l("In one sentence"),
    _l("Lessons"),
    _l("Minutes"),
    _l("You need"),
    _l("Licence"),
    _l("Language"),
    _l("Author"),
    _l("Classes that tried it"),
    _l("Downloads"),
    _l("State"),
)


@resources.get("/")
def index() -> Response:
    words = all_words(retired=True)
    wanted = wanted_here(words)
    found = Listing(packs(here().membership, wanted), SORTS)
    if kind := lists.wanted_export():
        return lists.export(_("packs"), [Column(str(name)) for name in HEADINGS], found.everything(), kind, _cells)
    filters = offered(wanted, words, counts(here().membership, wanted))
    return page(
        "resources/index.html",
        fragments=("found",),
        listing=found,
        wanted=wanted,
        filters=filters,
        chips_on=chips(wanted, filters),
        words_by_pack=words_of_packs([row.id for row in found.items]),
        highlight=fulltext.highlight,
        can_make=can_make_pack(here().membership),
        can_import=can_import_packs(here().membership),
        in_all=found.total if wanted == Wanted(word_ids=wanted.word_ids) else shared_count(here().network.id),
    )


def _cells(row: Any) -> tuple[Any, ...]:
    minutes = (row.title, row.strapline, row.lessons, row.minutes, row.materials)
    return (*minutes, row.licence, row.language, row.author, row.uses_count, row.downloads, row.state)


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
        variants=variants_of(member, pack_id, pack.adapted_from_id),
        tried=tried(pack_id),
        reports=open_reports(pack_id) if is_mine else [],
        lines=lines_about("pack", pack_id),
        can_edit=is_mine,
        can_make=can_make_pack(member),
        can_use=can_record_use(member),
    )


def the_pack(pack_id: int, to_edit: bool = False) -> Any:
    """The pack as this member may see it, else 404; 403 when she may see but not change it."""
    pack = pack_in(here().membership, pack_id)
    if pack is None:
        raise NotHere
    if to_edit and not can_edit_pack(here().membership, pack):
        raise NotYours
    return pack
