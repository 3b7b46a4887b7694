"""The doors of Kit boxes: the list, a kit, making one and changing it."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.wrappers import Response

from portal.kit.beside import beside
from portal.kit.models import Kit
from portal.kit.queries import kit_in, parts_of, visible_to
from portal.kit.tabs import Tab, declare_tab
from portal.networks.scope import here, room_blueprint
from portal.web.errors import NotHere
from portal.web.hypermedia import page
from portal.web.listing import Listing, Sort

kit = room_blueprint("kit", __name__)
declare_tab(Tab("boxes", _l("All boxes"), "kit.index", 20))

SORTS = (Sort("title", _l("By title"), (Kit.title, Kit.id)),)


@kit.get("/")
def index() -> Response:
    found = Listing(select(Kit.id, Kit.title, Kit.strapline).where(visible_to(here().membership)), SORTS)
    return page("kit/index.html", listing=found)


@kit.get("/<int:kit_id>")
def show(kit_id: int) -> Response:
    box = the_kit(kit_id)
    member = here().membership
    return page("kit/show.html", kit=box, parts=parts_of(kit_id), beside=beside.parts(box, member))


def the_kit(kit_id: int) -> Kit:
    """The kit as this member may see it, else 404."""
    found = kit_in(here().membership, kit_id)
    if found is None:
        raise NotHere
    return found
