"""A pack as something to take away: one file, or one archive with a readable first page."""

from typing import Any

from flask import Response, render_template
from sqlalchemy import select

from portal.db import db
from portal.files.models import StoredFile
from portal.files.queries import file_by_id
from portal.files.serving import send
from portal.files.store import store
from portal.vocabulary.models import Word
from portal.web.errors import NotHere
from portal.web.uploads import Member, send_zip


def file_answer(item: Any, inline: bool = False) -> Response:
    """The file under its own name; inline only what is harmless."""
    return send(_stored(item), inline=inline)


def bundle(pack: Any, items: list[Any]) -> Response:
    """One zip, made while it is sent: the files in order, and a page that says what, whose and under which terms."""
    kept = store()
    files = [item for item in items if item.file_id]
    label = db.session.execute(select(Word.label).where(Word.kind == "licence", Word.code == pack.licence)).scalar()
    names = {item.id: f"{number:02d} {item.name}" for number, item in enumerate(files, 1)}
    first = render_template(
        "resources/archive.html", pack=pack, items=items, names=names, licence=label or pack.licence
    )
    members = [Member(names[item.id], kept.path(item.sha256)) for item in files]
    return send_zip(f"{pack.title}.zip", [Member("index.html", first.encode()), *members])


def _stored(item: Any) -> StoredFile:
    found = file_by_id(item.file_id) if item.file_id else None
    if found is None:
        raise NotHere
    return found
