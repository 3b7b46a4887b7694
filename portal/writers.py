"""Writers wait their turn in a queue.

SQLite lets one write at a time; the others look again and again whether it is free, at growing intervals, and the
unlucky one may look for seconds. Here a thread waits for the threads of its process, and then only for the first of
each other process. The queue is a courtesy: who has waited too long goes on, and SQLite's own lock decides.
"""

import fcntl
import os
import threading
import time
import weakref
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

PATIENCE = 5.0  # seconds, like SQLite's busy_timeout
LOOK_AGAIN = 0.001


class Queue:
    """One for each database file and process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._turn = threading.Lock()
        self._file: int | None = None

    def enter(self) -> bool:
        """Wait for the turn; False when it did not come in time."""
        until = time.monotonic() + PATIENCE
        if not self._turn.acquire(timeout=PATIENCE):
            return False
        while not self._is_first():
            if time.monotonic() > until:
                self._turn.release()
                return False
            time.sleep(LOOK_AGAIN)
        return True

    def leave(self) -> None:
        fcntl.flock(self._open(), fcntl.LOCK_UN)
        self._turn.release()

    def _is_first(self) -> bool:
        try:
            fcntl.flock(self._open(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _open(self) -> int:
        if self._file is None:
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            weakref.finalize(self, os.close, self._file)
        return self._file


def init_queue(engine: Engine, path: Path) -> Queue:
    """A queue whose place is given up when the transaction that took it ends."""
    queue = Queue(path)

    def leave(connection: Any) -> None:
        if connection.info.pop("has_turn", False):
            queue.leave()

    event.listen(engine, "commit", leave)
    event.listen(engine, "rollback", leave)
    return queue
