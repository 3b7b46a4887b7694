"""A pack as something to take away: one file, or one archive with a readable first page."""

from typing import Any

from flask import Response
from flask_babel import gettext as _

from portal.files.models import StoredFile
from portal.files.queries import file_by_id
from portal.files.serving import send
from portal.resources.bundle_folder import folder_of, short
from portal.resources.telling import tell
from portal.web.errors import NotHere
from portal.web.uploads import send_zip


def file_answer(item: Any, inline: bool = False) -> Response:
    """The file under its own name; inline only what is harmless."""
    return send(_stored(item), inline=inline)


def bundle(pack: Any, items: list[Any], version: int | None = None) -> Response:
    """One zip, made while it is sent: the files in order, and a page that says what, whose and under which terms.

    ``version`` is an earlier one, whose items these are: the page then says what it said.
    """
    told = tell([pack], {pack.id: version} if version else None)[pack.id]
    name = (
        told.title
        if told.version == pack.version
        else _("%(title)s, version %(number)s", title=told.title, number=told.version)
    )
    return send_zip(f"{short(name, 120)}.zip", folder_of(told, items))


def _stored(item: Any) -> StoredFile:
    found = file_by_id(item.file_id) if item.file_id else None
    if found is None:
        raise NotHere
    return found
