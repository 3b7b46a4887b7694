"""Files that leave: a name that no header or system can be tricked with, and headers under which nothing can run."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from flask import Response, send_file

from portal.web.archives_out import Member, zip_stream
from portal.web.uploads_kinds import may_show_inline, our_media_type
from portal.web.uploads_names import safe_filename

# A file is never a page: no script, no frame, no request, whatever is in it. Browsers show a PDF all the same.
INERT = "sandbox; default-src 'none'"
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9 ._()+,;=@~-]+")


def content_disposition(name: str, inline: bool = False) -> str:
    """The header for a file of that name (RFC 6266): a plain ASCII name for old programs, the exact one beside it."""
    exact = safe_filename(name)
    plain = unicodedata.normalize("NFKD", exact).encode("ascii", "ignore").decode()
    plain = _NOT_PLAIN.sub("_", plain).strip("_ ") or "file"
    if plain.startswith("."):
        plain = f"file{plain}"
    return f"{'inline' if inline else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(exact, safe='')}"


def attachment(body: bytes | Iterable[bytes], name: str, media_type: str) -> Response:
    """Something made here (an export, a calendar, an archive) as a download that is not kept in shared caches."""
    return _guarded(Response(body, content_type=media_type), name, inline=False)


def send_stored(path: Path, name: str, media_type: str, inline: bool = False) -> Response:
    """A stored file under its display name. ``inline`` is honoured for pictures and PDF only.

    The type comes from our list, never from the file; anything unknown leaves as bytes. Whoever calls has asked whether
    this person may have it. Raises ``FileNotFoundError``. Ranges and If-None-Match are answered.
    """
    known = our_media_type(media_type)
    response = send_file(path, mimetype=known, etag=path.name, conditional=True, max_age=0)
    return _guarded(response, name, inline=inline and may_show_inline(known))


def send_zip(name: str, members: Iterable[Member]) -> Response:
    """Several files as one archive, made while it is sent."""
    return attachment(zip_stream(members), name, "application/zip")


def _guarded(response: Response, name: str, inline: bool) -> Response:
    headers: dict[str, str] = {
        "Content-Disposition": content_disposition(name, inline),
        "Content-Security-Policy": INERT,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-cache",
    }
    response.headers.update(headers)
    return response
