"""What is known of the inside of files."""

from collections.abc import Iterable

from sqlalchemy import Select, func, select

from portal.db import Rows, db
from portal.files.models import FileReading, StoredFile


def reading_of(sha256: str) -> FileReading | None:
    """What was found in these bytes; None when nobody asked yet."""
    return db.session.get(FileReading, sha256)


def unread(file_ids: "Iterable[int] | Rows") -> Rows:
    """Bytes (hash and kind) of those files that nobody has asked to read."""
    asked = select(FileReading.sha256).where(FileReading.sha256 == StoredFile.sha256).exists()
    wanted = StoredFile.id.in_(file_ids if isinstance(file_ids, Select) else list(file_ids))
    kind = func.min(StoredFile.kind).label("kind")
    return select(StoredFile.sha256, kind).where(wanted, ~asked).group_by(StoredFile.sha256)


def standing() -> dict[str, int]:
    """How many files wait, were read, or could not be read."""
    rows = db.session.execute(select(FileReading.state, func.count()).group_by(FileReading.state))
    return {"waiting": 0, "read": 0, "failed": 0} | dict(rows.all())
