"""The doors of a public pack: anyone may read it, take it and say that something is wrong with it."""

from functools import partial
from typing import Any

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from portal.files.serving import send_preview
from portal.resources import operations_reports as act
from portal.resources.bundle import bundle, file_answer
from portal.resources.downloads import note_download
from portal.resources.filters import language_name
from portal.resources.forms_acts import ReportForm
from portal.resources.licence_words import allows
from portal.resources.licences import licence_url
from portal.resources.looking import Doors, look_at
from portal.resources.queries import item_of, items_of, public_pack, size_of, standards_of, words_said_of
from portal.resources.queries_kin import public_heir
from portal.resources.queries_public import public_network
from portal.resources.queries_uses import tried
from portal.resources.telling import tell
from portal.web.access import public, visitor
from portal.web.errors import NotHere
from portal.web.hypermedia import done, page
from portal.web.limits import client
from portal.web.links import absolute

public_packs = Blueprint("public_packs", __name__, url_prefix="/p/<network>/packs/<int:pack_id>")


@public_packs.get("")
@public
def show(network: str, pack_id: int) -> Response:
    place, pack = _both(network, pack_id)
    items = items_of(pack_id)
    said = words_said_of(pack)
    return page(
        "resources/public.html",
        network=place,
        room_key="resources",
        pack=pack,
        about=Markup(pack.about_html),
        items=items,
        size=size_of(items),
        said=said,
        licence=next(iter(said["licence"]), None),
        licence_link=licence_url(pack.licence),
        language=language_name(pack.language, said["own_language"]),
        standards=standards_of(pack_id),
        tried=tried(pack_id),
        told=tell([pack])[pack_id],
        parent=_parent(pack, network),
        canonical=absolute("public_packs.show", network=network, pack_id=pack_id),
        allows=allows(pack.licence),
    )


def _parent(pack: Any, slug: str) -> tuple[str | None, str, str] | None:
    """What it was made from: its address where anyone may read that too, its title, its author."""
    if not pack.adapted_from_id or not pack.parent_is_open:
        return None
    is_open = public_pack(pack.network_id, pack.adapted_from_id) is not None
    address = absolute("public_packs.show", network=slug, pack_id=pack.adapted_from_id) if is_open else None
    return address, pack.parent_title, pack.parent_author


@public_packs.get("/files/<int:item_id>")
@public
def file(network: str, pack_id: int, item_id: int) -> AnyResponse:
    _both(network, pack_id)
    item = item_of(pack_id, item_id)
    if item is None or item.until_version is not None:
        raise NotHere
    if item.url:
        return redirect(item.url, code=303)
    shown = "shown" in request.args
    if not shown:
        note_download(pack_id)
    return file_answer(item, inline=shown)


@public_packs.get("/files/<int:item_id>/look")
@public
def look(network: str, pack_id: int, item_id: int) -> Response:
    """What members see of a file, for anyone."""
    place, pack = _both(network, pack_id)
    item, to = _file(pack_id, item_id), _doors(network, pack_id)
    context = {"network": place, "room_key": "resources", "pack": pack, "item": item, "to": to}
    return page("resources/public_look.html", fragments=("look",), look=look_at(item, pack_id, to), **context)


@public_packs.get("/files/<int:item_id>/pages/<int:page_number>")
@public
def file_picture(network: str, pack_id: int, item_id: int, page_number: int) -> Response:
    _both(network, pack_id)
    return send_preview(_file(pack_id, item_id).sha256, page_number)


@public_packs.get("/archive")
@public
def archive(network: str, pack_id: int) -> Response:
    _place, pack = _both(network, pack_id)
    items = items_of(pack_id)
    if not items:
        raise NotHere
    note_download(pack_id)
    return bundle(pack, items)


@public_packs.get("/reports/new")
@public
def new_report(network: str, pack_id: int) -> Response:
    place, pack = _both(network, pack_id)
    form = ReportForm(items_of(pack_id))
    return page("resources/public_report.html", form=form, network=place, room_key="resources", pack=pack)


@public_packs.post("/reports")
@public
def report(network: str, pack_id: int) -> AnyResponse:
    place, pack = _both(network, pack_id)
    form, person = ReportForm(items_of(pack_id)), visitor()
    if form.accepted():
        told = (pack_id, form.item.data or None, form.text.data or "", client())
        if form.attempt(act.report_pack, person.person_id if person else None, *told):
            return done(
                url_for(".show", network=network, pack_id=pack_id),
                _("Thank you. Its owner and the coordinators see it."),
            )
    return page("resources/public_report.html", form=form, network=place, room_key="resources", pack=pack)


def _file(pack_id: int, item_id: int) -> Any:
    """A file that is in the pack now: earlier versions are for members."""
    item = item_of(pack_id, item_id)
    if item is None or item.url or item.until_version is not None:
        raise NotHere
    return item


def _doors(network: str, pack_id: int) -> Doors:
    def way(endpoint: str, item: Any, **more: Any) -> str:
        return url_for(f".{endpoint}", network=network, pack_id=pack_id, item_id=item.id, **more)

    return Doors(
        shown=partial(way, "file", shown=""),
        download=partial(way, "file"),
        look=partial(way, "look"),
        picture=lambda item, number: way("file_picture", item, page_number=number),
    )


def _both(slug: str, pack_id: int) -> tuple[Any, Any]:
    network = public_network(slug)
    pack = public_pack(network.id, pack_id) if network else None
    if network is not None and pack is None and (heir := public_heir(network.id, pack_id)):
        # Links to a retired pack lead on to what took its place.
        abort(redirect(url_for("public_packs.show", network=slug, pack_id=heir), 303))
    if network is None or pack is None:
        raise NotHere
    g.time_zone = network.time_zone
    return network, pack
