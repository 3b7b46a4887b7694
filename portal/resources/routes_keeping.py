"""The doors to one's own packs: those kept for later, those made; keeping one and letting it go."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from portal.networks.scope import here
from portal.resources import operations_keeping as act
from portal.resources.further import Further, declare_further
from portal.resources.models import Pack, PackBookmark
from portal.resources.policy import can_make_pack
from portal.resources.queries_keeping import is_kept_by, kept_among, kept_packs, made_packs
from portal.resources.routes import resources, the_pack
from portal.web import listing as lists
from portal.web.access import is_local, me
from portal.web.forms import pressed
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort
from portal.web.tables import Column

BY_TITLE = Sort("title", _l("By title"), (Pack.title, Pack.id))
KEPT = (Sort("new", _l("Kept last first"), (PackBookmark.kept_at.desc(), Pack.id.desc())), BY_TITLE)
MADE = (Sort("new", _l("Changed last first"), (Pack.changed_at.desc(), Pack.id.desc())), BY_TITLE)
HEADINGS = (_l("Title"), _l("In one sentence"), _l("Minutes"), _l("Classes that tried it"), _l("State"), _l("Since"))

declare_further(Further("kept", _l("Kept by me"), is_kept_by))


@resources.get("/mine")
def mine() -> Response:
    """What she keeps, or with ``show=made`` what she made. Only her own eyes see either list."""
    member, is_made = here().membership, request.args.get("show") == "made"
    found = Listing(made_packs(member), MADE) if is_made else Listing(kept_packs(member), KEPT)
    if kind := lists.wanted_export():
        headings = [Column(str(name)) for name in HEADINGS]
        return lists.export(_("my packs"), headings, found.everything(), kind, _cells)
    ids = [row.id for row in found.items]
    kept = kept_among(member.person_id, ids) if is_made else set(ids)
    can_make = can_make_pack(member)
    return page("resources/mine.html", listing=found, is_made=is_made, kept=kept, can_make=can_make)


def _cells(row: Any) -> tuple[Any, ...]:
    words = (_("Can’t be opened any more"), "") if row.state == "gone" else (row.title, row.strapline)
    return (*words, row.minutes, row.uses_count, row.state, row.since)


@resources.post("/<int:pack_id>/keeping")
def keep(pack_id: int) -> Response:
    pack = the_pack(pack_id)
    pressed(act.keep_pack, me().person_id, pack_id)
    return done(_back(pack_id), _("“%(title)s” is kept for you, under My packs.", title=pack.title))


@resources.post("/<int:pack_id>/keeping/undo")
def let_go(pack_id: int) -> Response:
    """Also for a pack that she can't open any more, as long as it is among hers."""
    member = here().membership
    if not kept_among(member.person_id, [pack_id]):
        the_pack(pack_id)
    pressed(act.let_go, member.person_id, pack_id)
    return done(_back(pack_id), _("It is no longer among your packs."))


def _back(pack_id: int) -> str:
    """Where the button stood; the pack's own page for htmx, which asks for the button alone."""
    back = request.args.get("back", "")
    return back if is_local(back) else url_for(".show", pack_id=pack_id)
