"""A pack as something to take away: one file, one archive with a readable first page, or a look at a file."""

from dataclasses import dataclass, field
from typing import Any

from flask import Response
from flask_babel import gettext as _
from markupsafe import Markup

from portal.files.models import StoredFile
from portal.files.queries import file_by_id, open_file
from portal.files.serving import send
from portal.resources.bundle_folder import folder_of, short
from portal.resources.telling import tell
from portal.web.errors import NotHere
from portal.web.prose import render
from portal.web.uploads import send_zip

# As much of a text file as a preview shows.
SHOWN = 50_000
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}


@dataclass(frozen=True)
class Preview:
    """What can be shown: ``how`` is "picture", "pdf", "prose", "text" or "name" (nothing but its name)."""

    how: str
    html: Markup = field(default_factory=Markup)
    text: str = ""
    is_cut: bool = False


def file_answer(item: Any, inline: bool = False) -> Response:
    """The file under its own name; inline only what is harmless."""
    return send(_stored(item), inline=inline)


def preview_of(item: Any) -> Preview:
    """Pictures and PDF by the browser, Markdown as prose, other text as it is; everything else by its name."""
    if item.media_type in PICTURES:
        return Preview("picture")
    if item.media_type == "application/pdf":
        return Preview("pdf")
    if not (item.media_type or "").startswith("text/"):
        return Preview("name")
    with open_file(_stored(item)) as content:
        text = content.read(SHOWN + 1).decode("utf-8", "replace")
    is_cut = len(text) > SHOWN
    if item.media_type == "text/markdown":
        return Preview("prose", html=render(text[:SHOWN]), is_cut=is_cut)
    return Preview("text", text=text[:SHOWN], is_cut=is_cut)


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
