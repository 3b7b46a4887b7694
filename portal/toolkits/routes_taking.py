"""The door to the whole toolkit in one zip, of now or of an earlier version."""

from typing import Any

from flask import Response, request

from portal.networks.scope import here
from portal.toolkits.bundle import bundle, cover, cover_then, entries_now, entries_then
from portal.toolkits.downloads import note_toolkit_taken
from portal.toolkits.fields import pins_in
from portal.toolkits.queries import contents_of
from portal.toolkits.queries_versions import pinned, version_of
from portal.toolkits.routes import the_toolkit, toolkits_room
from portal.web.errors import NotHere
from portal.web.links import absolute
from portal.web.numbers import row_number

TAKEN = ("here", "retired")


@toolkits_room.get("/<int:toolkit_id>/archive")
def archive(toolkit_id: int) -> Response:
    toolkit = the_toolkit(toolkit_id)
    version = request.args.get("version", type=row_number)
    return _archive_now(toolkit) if version in (None, toolkit.version) else _archive_then(toolkit, version or 0)


def _archive_now(toolkit: Any) -> Response:
    contents = contents_of(toolkit.id)
    there = [row for row in contents if row.standing in TAKEN]
    if not there:
        raise NotHere
    note_toolkit_taken(toolkit.id, [row.id for row in there])
    address = absolute("toolkits.show", network=here().network.slug, toolkit_id=toolkit.id)
    about = cover(toolkit, here().network.name, address, len(contents) - len(there))
    return bundle(about, entries_now(there))


def _archive_then(toolkit: Any, version: int) -> Response:
    old = version_of(toolkit.id, version)
    packs = pinned(pins_in(old.fields)) if old else []
    there = [one for one in packs if one.standing in TAKEN]
    if old is None or not there:
        raise NotHere
    note_toolkit_taken(toolkit.id, [one.pin.pack for one in there])
    where = {"network": here().network.slug, "toolkit_id": toolkit.id, "edition": version}
    about = cover_then(old, here().network.name, absolute("toolkits.version", **where), len(packs) - len(there))
    return bundle(about, entries_then(there), is_old=True)
