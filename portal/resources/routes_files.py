"""The doors to the files themselves: one, all in one archive, or looked at in the browser."""

from functools import partial
from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.files.serving import send_preview
from portal.resources.bundle import bundle, file_answer
from portal.resources.downloads import note_download
from portal.resources.looking import Doors, look_at
from portal.resources.queries import item_of, items_of
from portal.resources.routes import resources, the_pack
from portal.web.access import me
from portal.web.errors import NotHere
from portal.web.hypermedia import page
from portal.web.numbers import row_number


@resources.get("/<int:pack_id>/files/<int:item_id>")
def file(pack_id: int, item_id: int) -> AnyResponse:
    """One file as a download; a link leads where it points."""
    the_pack(pack_id)
    item = item_of(pack_id, item_id)
    if item is None:
        raise NotHere
    if item.url:
        return redirect(item.url, code=303)
    note_download(pack_id, me().person_id)
    return file_answer(item)


@resources.get("/<int:pack_id>/files/<int:item_id>/shown")
def file_shown(pack_id: int, item_id: int) -> Response:
    """The bytes of a picture or PDF for the browser's own viewer, of a film for its player; in a sandbox."""
    return file_answer(_file(pack_id, item_id), inline=True)


@resources.get("/<int:pack_id>/files/<int:item_id>/pages/<int:page_number>")
def file_picture(pack_id: int, item_id: int, page_number: int) -> Response:
    """A picture of one of its pages; 0 is the small one for lists."""
    return send_preview(_file(pack_id, item_id).sha256, page_number)


@resources.get("/<int:pack_id>/files/<int:item_id>/look")
def look(pack_id: int, item_id: int) -> Response:
    """A page with the file on it, as far as it can be shown."""
    item = _file(pack_id, item_id)
    to = _doors(pack_id)
    seen = look_at(item, pack_id, to)
    return page("resources/look.html", fragments=("look",), pack=the_pack(pack_id), item=item, look=seen, to=to)


def _file(pack_id: int, item_id: int) -> Any:
    """A file of a pack that this member may see, of any version; links have nothing to look at."""
    the_pack(pack_id)
    item = item_of(pack_id, item_id)
    if item is None or item.url:
        raise NotHere
    return item


def _doors(pack_id: int) -> Doors:
    def way(endpoint: str, item: Any, **more: Any) -> str:
        return url_for(f".{endpoint}", pack_id=pack_id, item_id=item.id, **more)

    return Doors(
        shown=partial(way, "file_shown"),
        download=partial(way, "file"),
        look=partial(way, "look"),
        picture=lambda item, number: way("file_picture", item, page_number=number),
    )


@resources.get("/<int:pack_id>/archive")
def archive(pack_id: int) -> Response:
    """Everything in one zip, of now or of the version that the address names."""
    pack = the_pack(pack_id)
    version = request.args.get("version", type=row_number)
    items = items_of(pack_id, version)
    if not items:
        raise NotHere
    note_download(pack_id, me().person_id)
    return bundle(pack, items)
