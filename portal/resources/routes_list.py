"""The door to the list: what a teacher looks for, what she finds, how she narrows it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import column
from werkzeug.wrappers import Response

from portal import fulltext
from portal.networks.scope import here
from portal.resources.beside import beside_list
from portal.resources.filters import address_exactly, chips, offered, wanted_here
from portal.resources.models import Pack
from portal.resources.policy import can_import_packs, can_make_pack
from portal.resources.queries import shared_count, words_of_packs
from portal.resources.queries_counts import MOST, Counted, counts
from portal.resources.queries_keeping import kept_among
from portal.resources.queries_list import left_and_shared, packs
from portal.resources.queries_why import why_found
from portal.resources.routes import resources
from portal.resources.wanted import Wanted
from portal.vocabulary.queries import all_words
from portal.web import listing as lists
from portal.web.access import me
from portal.web.hypermedia import page
from portal.web.listing import Listing, Sort
from portal.web.tables import Column

BEST = Sort(
    "best", _l("Best first"), (column("is_all").desc(), column("worth").desc(), Pack.uses_count.desc(), Pack.id)
)
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
    wanted = wanted_here(here().membership, words)
    sorts = (BEST, *SORTS) if wanted.question else SORTS
    if kind := lists.wanted_export():
        found = Listing(packs(here().membership, wanted), sorts, size=1, total=0)
        return lists.export(_("packs"), [Column(str(name)) for name in HEADINGS], found.everything(), kind, _cells)
    in_all = 0 if wanted.question else shared_count(here().network.id)
    counted = counts(here().membership, wanted, words) if _may_be_counted(wanted, in_all) else None
    total, in_all = _numbers(wanted, counted, in_all)
    found = Listing(packs(here().membership, wanted), sorts, total=total)
    filters = offered(wanted, words, counted)
    return page(
        "resources/index.html",
        fragments=("found",),
        listing=found,
        wanted=wanted,
        filters=filters,
        chips_on=chips(wanted, filters),
        words_by_pack=words_of_packs([row.id for row in found.items]),
        why=why_found(found.items, wanted.question.asked),
        with_all=counted[""]["all"] if counted and wanted.question.mixes else found.total,
        exactly_url=address_exactly() if wanted.question.asked.replaced else None,
        highlight=fulltext.highlight,
        kept=kept_among(me().person_id, [row.id for row in found.items]),
        beside=beside_list.parts(here().membership),
        can_make=can_make_pack(here().membership),
        can_import=can_import_packs(here().membership),
        in_all=in_all,
    )


def _may_be_counted(wanted: Wanted, in_all: int) -> bool:
    """So many packs that nobody would read the numbers are not counted."""
    finds = wanted.question.finds
    return wanted.state == "draft" or (in_all if finds is None else len(finds)) <= MOST


def _numbers(wanted: Wanted, counted: Counted | None, in_all: int) -> tuple[int, int]:
    """How many packs are left, and how many there are in all (one query at most)."""
    if counted and (in_all or counted[""]["in all"]):
        return counted[""]["total"], in_all or counted[""]["in all"]
    if wanted.is_everything:
        return in_all, in_all
    return left_and_shared(here().membership, wanted)


def _cells(row: Any) -> tuple[Any, ...]:
    minutes = (row.title, row.strapline, row.lessons, row.minutes, row.materials)
    return (*minutes, row.licence, row.language, row.author, row.uses_count, row.downloads, row.state)
