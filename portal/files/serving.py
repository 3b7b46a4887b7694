"""Sending a stored file. The room has already asked whether this person may have it."""

from flask import Response

from portal.files.models import StoredFile
from portal.files.reading_previews import previews
from portal.files.store import store
from portal.web.errors import NotHere
from portal.web.uploads import send_stored


def send(file: StoredFile, inline: bool = False) -> Response:
    """The file as a download, or shown in the browser where its kind is harmless (pictures, PDF)."""
    try:
        return send_stored(store().path(file.sha256), file.name, file.media_type, inline=inline)
    except FileNotFoundError as missing:
        raise NotHere from missing


def send_preview(sha256: str, number: int) -> Response:
    """One of the pictures that were made of a file: 0 is the small one for lists, 1 its first page."""
    try:
        return send_stored(previews().path(sha256, number), f"{number}.webp", "image/webp", inline=True)
    except FileNotFoundError as missing:
        raise NotHere from missing
