"""The photos of a session's signed sheet."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.db import db
from portal.events.models_papers import EventPaper
from portal.files.models import StoredFile
from portal.people.models import Person
from portal.web.errors import NotHere


@dataclass(frozen=True, slots=True)
class Photo:
    """One page of the signed sheet: ``size`` is bytes."""

    id: int
    name: str
    size: int
    added_at: datetime
    by: str


def photos_of(session_id: int) -> list[Photo]:
    """In the order in which they were added (one query)."""
    rows = db.session.execute(
        select(EventPaper.id, EventPaper.title, StoredFile.size, EventPaper.added_at, Person.name)
        .join(StoredFile, StoredFile.id == EventPaper.stored_file_id)
        .outerjoin(Person, Person.id == EventPaper.added_by)
        .where(EventPaper.session_id == session_id, EventPaper.kind == "sheet", EventPaper.removed_at.is_(None))
        .order_by(EventPaper.id)
    )
    return [Photo(*row) for row in rows]


def photo_of(session_id: int, photo_id: int) -> EventPaper:
    """One of them, removed or not. Raises NotHere."""
    photo = db.session.get(EventPaper, photo_id)
    if photo is None or photo.session_id != session_id or photo.kind != "sheet":
        raise NotHere
    return photo
