"""Small facts that a page view leaves (read marks, download counts, last seen), written together now and then.

A page view never writes: it would take the write lock and a disk sync each time. Facts wait here in memory and a
thread writes them in one transaction a minute. Losing the last minute in a crash is the accepted price.
"""

import atexit
import logging
import threading
from collections.abc import Callable, Hashable

from flask import Flask

from portal.db import db, writing

logger = logging.getLogger("staffroom")
SECONDS = 60.0
Merge = Callable[[object, object], object]
Write = Callable[[dict[Hashable, object]], None]


class Basket:
    """Facts of one kind: a key, a value, how two values become one, and how all are written."""

    def __init__(self, write: Write, merge: Merge) -> None:
        self.write = write
        self.merge = merge
        self.lock = threading.Lock()
        self.facts: dict[Hashable, object] = {}

    def put(self, key: Hashable, value: object) -> None:
        with self.lock:
            self.facts[key] = self.merge(self.facts[key], value) if key in self.facts else value

    def take(self) -> dict[Hashable, object]:
        with self.lock:
            facts, self.facts = self.facts, {}
        return facts


_baskets: list[Basket] = []


def basket(write: Write, merge: Merge = max) -> Basket:  # type: ignore[assignment]
    """A new kind of gathered fact. ``write`` gets them all inside one transaction; it must not commit."""
    made = Basket(write, merge)
    _baskets.append(made)
    return made


def write_now() -> int:
    """Write everything that waits; returns how many facts there were. A basket that fails loses only its own."""
    written = 0
    for waiting in _baskets:
        facts = waiting.take()
        if not facts:
            continue
        with writing():
            try:
                waiting.write(facts)
                db.session.commit()
                written += len(facts)
            except Exception:
                db.session.rollback()
                logger.exception("gathered facts were not written")
    return written


def init_gathered(app: Flask) -> None:
    """Start the writing thread with the first request of each worker process (threads do not survive a fork)."""
    if app.testing:
        return
    started = threading.Event()
    ended = threading.Event()

    def write_in_app() -> None:
        with app.app_context():
            write_now()

    def run() -> None:
        while not ended.wait(SECONDS):
            write_in_app()

    def stop() -> None:
        ended.set()
        write_in_app()

    def start() -> None:
        if not started.is_set():
            started.set()
            threading.Thread(target=run, name="gathered", daemon=True).start()
            atexit.register(stop)

    app.before_request(start)
