"""Asking for files to be read, taking one up, keeping what was found, forgetting it with the file.

A try is counted before it begins: what takes the whole worker down counts too, and is not tried for ever.
"""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import or_, select, update

from portal.db import Rows, db, operation
from portal.files import reading_reasons as why
from portal.files.models import FileReading, StoredFile
from portal.files.queries_reading import unread
from portal.files.reading import Found, can_be_read
from portal.files.reading_previews import previews
from portal.web import clock
from portal.web.housekeeping import each_hour

MOST_TRIES = 2
# Longer than any reading takes: whoever took the file up is gone.
CLAIM = timedelta(minutes=10)
BATCH = 500


def ask_to_read(file_ids: "Iterable[int] | Rows") -> int:
    """Have the worker read these files, those once that nobody read yet; part of the operation that calls it."""
    now = clock.now()
    rows = list(db.session.execute(unread(file_ids).limit(BATCH)))
    for row in rows:
        is_read = can_be_read(row.kind)
        db.session.add(
            FileReading(
                sha256=row.sha256,
                kind=row.kind,
                state="waiting" if is_read else "read",
                asked_at=now,
                done_at=None if is_read else now,
            )
        )
    db.session.flush()
    return len(rows)


@operation
def take_up() -> tuple[str, str] | None:
    """The next file to read, as its hash and kind, with one more try counted; None when nothing waits."""
    while True:
        now = clock.now()
        is_free = or_(FileReading.begun_at.is_(None), FileReading.begun_at < now - CLAIM)
        waiting = select(FileReading).where(FileReading.state == "waiting", is_free)
        reading = db.session.execute(waiting.order_by(FileReading.asked_at).limit(1)).scalar_one_or_none()
        if reading is None:
            return None
        if reading.tries < MOST_TRIES:
            reading.tries += 1
            reading.begun_at = now
            return reading.sha256, reading.kind
        reading.state, reading.reason, reading.done_at = "failed", why.DIED, now
        db.session.flush()


@operation
def keep_found(sha256: str, found: Found) -> str:
    """Write down what a reading found; returns the state of the file now. Its pictures lie in their place already."""
    reading = db.session.get(FileReading, sha256)
    if reading is None:
        return "forgotten"
    now = clock.now()
    if not found.is_final and reading.tries < MOST_TRIES:
        # Once more, after all the others.
        reading.begun_at, reading.asked_at = None, now
        return reading.state
    reading.state = "read" if found.has_something or not _is_failure(found) else "failed"
    reading.reason, reading.pages, reading.done_at = found.reason, found.pages, now
    reading.pictures = max(0, len(found.pictures) - 1)
    if reading.text != found.text:
        reading.text = found.text
    return reading.state


def _is_failure(found: Found) -> bool:
    return found.reason in (why.LOCKED, why.DAMAGED, why.DIED, why.GONE)


@operation
def read_anew() -> int:
    """Have everything read once more; what is known stays until then. Returns how many files that are."""
    again = {"state": "waiting", "tries": 0, "begun_at": None, "asked_at": clock.now()}
    kinds = [kind for kind in db.session.execute(select(FileReading.kind).distinct()).scalars() if can_be_read(kind)]
    done = db.session.execute(update(FileReading).where(FileReading.kind.in_(kinds)).values(**again))
    return int(done.rowcount)  # type: ignore[attr-defined]


@operation
def forget_readings() -> int:
    """What was read in files that are gone is gone too; returns how many."""
    kept = select(StoredFile.sha256).where(StoredFile.sha256 == FileReading.sha256).exists()
    lost = list(db.session.execute(select(FileReading).where(~kept)).scalars())
    for reading in lost:
        db.session.delete(reading)
    return len(lost)


@operation
def mend_previews() -> int:
    """Pictures follow their rows: those of forgotten files go, and lost ones (after a restore) are made again."""
    kept = previews()
    known = dict(db.session.execute(select(FileReading.sha256, FileReading.pictures)).all())
    gone = kept.remove_all_but(known)
    lost = [digest for digest, count in known.items() if count and not kept.has(digest)]
    again = {"state": "waiting", "tries": 0, "begun_at": None, "asked_at": clock.now()}
    for start in range(0, len(lost), BATCH):
        some = FileReading.sha256.in_(lost[start : start + BATCH])
        db.session.execute(update(FileReading).where(some).values(**again))
    return gone + len(lost)


each_hour(forget_readings)
each_hour(mend_previews)
