"""The worker reads what waits: one file at a time, never inside a transaction, and the mails get their turn."""

import logging
import time

from portal.db import db, writing
from portal.files.operations_reading import keep_found, take_up
from portal.files.reading import Found, look_into
from portal.files.reading_previews import previews
from portal.files.store import store
from portal.web.housekeeping import each_round

SECONDS = 20.0
logger = logging.getLogger("staffroom")


def read_waiting(seconds: float = SECONDS) -> int:
    """Read files that wait, for about that long; returns how many were taken up. Done at each round of the worker."""
    until, count = time.monotonic() + seconds, 0
    while read_next():
        count += 1
        if time.monotonic() > until:
            break
    return count


def read_next() -> bool:
    """Take up one file, read it outside of any transaction, keep what was found; False when nothing waits."""
    with writing():
        taken = take_up()
    if taken is None:
        return False
    digest, kind = taken
    db.session.rollback()
    found = look_into(store().path(digest), kind)
    _keep(digest, found)
    return True


def _keep(digest: str, found: Found) -> None:
    if found.pictures:
        # On the disk before the row that names them.
        previews().put(digest, found.pictures)
    with writing():
        state = keep_found(digest, found)
    if found.reason:
        # No name of a file goes into the log.
        logger.info("a file was read: %s, %s, %s", digest[:12], state, found.reason)


each_round(read_waiting)
