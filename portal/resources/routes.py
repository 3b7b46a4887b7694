"""The doors of Resources: the list, and a pack."""

from typing import Any

from markupsafe import Markup
from werkzeug.wrappers import Response

from portal.history.queries import lines_about
from portal.networks.scope import here, room_blueprint
from portal.resources.beside import beside
from portal.resources.filters import language_name
from portal.resources.licence_words import allows
from portal.resources.licences import licence_url
from portal.resources.policy import can_edit_pack, can_make_pack, can_record_use
from portal.resources.queries import (
    items_of,
    pack_in,
    size_of,
)
from portal.resources.queries_kin import variants_of
from portal.resources.queries_reports import open_reports
from portal.resources.queries_said import said_of
from portal.resources.queries_uses import tried
from portal.web.errors import NotHere, NotYours
from portal.web.hypermedia import page

resources = room_blueprint("resources", __name__)


@resources.get("/<int:pack_id>")
def show(pack_id: int) -> Response:
    member = here().membership
    pack = the_pack(pack_id)
    items = items_of(pack_id)
    is_mine = can_edit_pack(member, pack)
    said = said_of(pack)
    return page(
        "resources/show.html",
        fragments=("keep",),
        pack=pack,
        # Made by web.prose when it was saved.
        about=Markup(pack.about_html),
        items=items,
        size=size_of(items),
        said=said.words,
        licence=next(iter(said.words["licence"]), None),
        licence_link=licence_url(pack.licence),
        language=language_name(pack.language, said.words["own_language"]),
        standards=said.standards,
        variants=variants_of(member, pack_id, pack.adapted_from_id) if pack.has_kin else [],
        tried=tried(pack_id, member),
        reports=open_reports(pack_id) if is_mine and pack.is_reported else [],
        lines=lines_about("pack", pack_id),
        can_edit=is_mine,
        can_make=can_make_pack(member),
        can_use=can_record_use(member),
        allows=allows(pack.licence),
        beside=beside.parts(pack, member),
    )


def the_pack(pack_id: int, to_edit: bool = False) -> Any:
    """The pack as this member may see it, else 404; 403 when she may see but not change it."""
    pack = pack_in(here().membership, pack_id)
    if pack is None:
        raise NotHere
    if to_edit and not can_edit_pack(here().membership, pack):
        raise NotYours
    return pack
