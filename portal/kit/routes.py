"""The doors of Kit boxes: the list."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.wrappers import Response

from portal.kit.models import Kit
from portal.kit.queries import visible_to
from portal.networks.scope import here, room_blueprint
from portal.web.hypermedia import page
from portal.web.listing import Listing, Sort

kit = room_blueprint("kit", __name__)

SORTS = (Sort("title", _l("By title"), (Kit.title, Kit.id)),)


@kit.get("/")
def index() -> Response:
    found = Listing(select(Kit.id, Kit.title, Kit.strapline).where(visible_to(here().membership)), SORTS)
    return page("kit/index.html", listing=found)
