"""Questions about stored files. Who may read one is decided by the room that it belongs to."""

from collections.abc import Sequence
from typing import IO

from sqlalchemy import select

from portal.db import Base, db
from portal.files.models import PartialUpload, StoredFile
from portal.files.store import store


def file_by_id(file_id: int) -> StoredFile | None:
    """One file, or None. The caller has already asked whether this person may have it."""
    return db.session.get(StoredFile, file_id)


def files_brought_by(person_id: int, file_ids: Sequence[int]) -> list[StoredFile]:
    """Those of the files that this person uploaded and that hang on nothing yet, in the order asked for."""
    if not file_ids:
        return []
    rows = select(StoredFile).where(StoredFile.id.in_(file_ids), StoredFile.uploaded_by == person_id)
    for column in columns_that_point_here():
        rows = rows.where(~select(column).where(column == StoredFile.id).exists())
    found = {file.id: file for file in db.session.execute(rows).scalars()}
    return [found[file_id] for file_id in dict.fromkeys(file_ids) if file_id in found]


def columns_that_point_here() -> list:  # type: ignore[type-arg]
    """Every column of every room that refers to a stored file. That it came in pieces keeps no file."""
    keys = [key for table in Base.metadata.tables.values() for key in table.foreign_keys if _is_to_file(key)]
    return [key.parent for key in keys if key.parent.table.name != PartialUpload.__tablename__]


def _is_to_file(key) -> bool:  # type: ignore[no-untyped-def]
    return bool(key.column.table.name == StoredFile.__tablename__)


def open_file(file: StoredFile) -> IO[bytes]:
    """Its bytes, for reading."""
    return store().open(file.sha256)


def lost_files() -> list[str]:
    """Names of files whose bytes are missing or changed, for ``flask check``."""
    kept = store()
    return [file.name for file in db.session.execute(select(StoredFile)).scalars() if not kept.verify(file.sha256)]
