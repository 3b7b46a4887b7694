"""Keeping what people bring: checked, stored and synced before the row that names it exists."""

from datetime import timedelta

from sqlalchemy import delete, select, update
from werkzeug.datastructures import FileStorage

from portal.db import db, operation
from portal.files.models import PartialUpload, StoredFile
from portal.files.queries import columns_that_point_here
from portal.files.space import refuse_over_space
from portal.files.store import store
from portal.web import clock
from portal.web.errors import DomainError
from portal.web.housekeeping import each_hour
from portal.web.uploads import Inspected, UploadRefused, inspect

LOOSE_FOR = timedelta(days=2)


def keep(
    upload: FileStorage,
    uploaded_by: int | None,
    field: str | None = "files",
    network_id: int | None = None,
    arriving: str = "",
) -> StoredFile:
    """Check an upload and keep it. Raises DomainError with a sentence that says what to send instead.

    It counts against the space of the person and of ``network_id``; ``arriving`` is the key under which its pieces came.
    The bytes are on the disk, synced, before the row is written: a row never names what is not there.
    """
    try:
        known = inspect(upload.stream, upload.filename or "")
    except UploadRefused as refusal:
        raise DomainError(str(refusal.sentence), field) from refusal
    try:
        digest, size = store().put(known.stream)
    finally:
        if known.stream is not upload.stream:
            known.stream.close()
    return _name(known, digest, size, uploaded_by, network_id, arriving)


@operation
def _name(
    known: Inspected, digest: str, size: int, uploaded_by: int | None, network_id: int | None, arriving: str
) -> StoredFile:
    refuse_over_space(uploaded_by, network_id, size, arriving)
    file = StoredFile(
        sha256=digest,
        name=known.clean_name,
        kind=known.kind,
        media_type=known.media_type,
        size=size,
        uploaded_at=clock.now(),
        uploaded_by=uploaded_by,
        network_id=network_id,
    )
    db.session.add(file)
    db.session.flush()
    if arriving:
        mine = (PartialUpload.key == arriving, PartialUpload.file_id.is_(None))
        db.session.execute(update(PartialUpload).where(*mine).values(file_id=file.id, changed_at=clock.now()))
    return file


@operation
def forget_loose_files() -> int:
    """Remove files that were brought along but never sent, after two days; returns how many."""
    rows = select(StoredFile).where(StoredFile.uploaded_at < clock.now() - LOOSE_FOR)
    for column in columns_that_point_here():
        rows = rows.where(~select(column).where(column == StoredFile.id).exists())
    loose = list(db.session.execute(rows).scalars())
    # How it arrived is forgotten with it.
    db.session.execute(delete(PartialUpload).where(PartialUpload.file_id.in_([file.id for file in loose])))
    for file in loose:
        db.session.delete(file)
    return len(loose)


def sweep_store() -> int:
    """Remove bytes that no row names any more, and what a crash left half-written; returns how many."""
    known = set(db.session.execute(select(StoredFile.sha256)).scalars())
    kept = store()
    lost = list(kept.orphans(known))
    for digest in lost:
        kept.remove(digest)
    return len(lost) + kept.sweep()


each_hour(forget_loose_files)
each_hour(sweep_store)
