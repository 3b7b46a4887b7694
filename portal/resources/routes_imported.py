"""The doors to drafts from catalogues: looked at together, shared in one act."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response

from portal.networks.scope import here
from portal.resources.fields import NAMES
from portal.resources.forms_acts import ImportedForm
from portal.resources.models import Pack
from portal.resources.operations_imported import share_imported
from portal.resources.policy import can_import_packs
from portal.resources.queries_imported import authors_imported, imported_drafts, lacking
from portal.resources.routes import resources
from portal.vocabulary.queries import all_words
from portal.web import listing as lists
from portal.web.errors import NotYours
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort
from portal.web.numbers import number_of
from portal.web.tables import Column

SORTS = (
    Sort("title", _l("By title"), (Pack.title, Pack.id)),
    Sort("new", _l("Newest first"), (Pack.created_at.desc(), Pack.id.desc())),
)
HEADINGS = (_l("Title"), _l("In one sentence"), _l("Author"), _l("Licence"), _l("Minutes"), _l("Still needs"))
SIZE = 100


@resources.get("/import/drafts")
def imported() -> Response:
    form = _form()
    found = _found()
    if kind := lists.wanted_export():
        packs = found.everything()
        needs = lacking(packs)
        columns = [Column(str(name)) for name in HEADINGS]
        return lists.export(_("drafts"), columns, packs, kind, lambda pack: _cells(pack, needs[pack.id]))
    return _drafts_page(form, found)


@resources.post("/import/drafts")
def share_drafts() -> Response:
    form = _form()
    if form.accepted():
        ticked = [number for one in request.form.getlist("pack") if (number := number_of(one))]
        outcome = form.attempt(share_imported, here().membership, ticked, form.gaps(), form.audience.data == "everyone")
        if outcome is not None:
            return done(url_for(".imported", author=request.args.get("author") or None), _told(*outcome))
    return _drafts_page(form, _found())


def _told(shared: int, left: int) -> str:
    said = ngettext("%(num)s pack is shared.", "%(num)s packs are shared.", shared)
    if not left:
        return said
    return f"{said} " + ngettext(
        "%(num)s stays a draft: it says below what it needs.",
        "%(num)s stay drafts: they say below what they need.",
        left,
    )


def _form() -> ImportedForm:
    if not can_import_packs(here().membership):
        raise NotYours
    return ImportedForm(all_words(), here().network.locale)


def _found() -> Listing:
    return Listing(imported_drafts(here().membership, _author()), SORTS, size=SIZE, scalars=True)


def _author() -> str:
    return request.args.get("author", "")[:300]


def _cells(pack: Pack, needs: list[str]) -> tuple[Any, ...]:
    return (pack.title, pack.strapline, pack.author, pack.licence, pack.minutes, _named(needs))


def _named(needs: list[str]) -> str:
    return ", ".join(str(NAMES[name]) for name in needs)


def _drafts_page(form: ImportedForm, found: Listing) -> Response:
    return page(
        "resources/imported.html",
        form=form,
        listing=found,
        needs={pack_id: _named(names) for pack_id, names in lacking(found.items).items()},
        authors=authors_imported(here().membership),
        author=_author(),
        chosen=set(request.form.getlist("pack")) if request.method == "POST" else None,
    )
