"""The doors to the files themselves: one, all in one archive, or looked at in the browser."""

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from portal.resources.bundle import bundle, file_answer, preview_of
from portal.resources.downloads import note_download
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
    """The bytes of a picture or PDF for the browser's own viewer, in a sandbox."""
    the_pack(pack_id)
    item = item_of(pack_id, item_id)
    if item is None or item.url:
        raise NotHere
    return file_answer(item, inline=True)


@resources.get("/<int:pack_id>/files/<int:item_id>/look")
def look(pack_id: int, item_id: int) -> Response:
    """A page with the file on it, as far as it can be shown."""
    pack = the_pack(pack_id)
    item = item_of(pack_id, item_id)
    if item is None or item.url:
        raise NotHere
    return page("resources/look.html", pack=pack, item=item, preview=preview_of(item))


@resources.get("/<int:pack_id>/archive")
def archive(pack_id: int) -> Response:
    """Everything in one zip, of now or of the version that the address names."""
    pack = the_pack(pack_id)
    version = request.args.get("version", type=row_number)
    items = items_of(pack_id, version)
    if not items:
        raise NotHere
    note_download(pack_id, me().person_id)
    return bundle(pack, items, version)
