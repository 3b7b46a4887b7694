"""Digests at national scale, by hand: ``python -m tests.benchmarks.digests [INSTANCE]``.

Everybody's first digest is written in one pass over a copy of the instance, then once more on the same day (nothing may
be written), then a week later. Seconds of wall clock and CPU, statements for each hundred people, peak memory.
"""

import argparse
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event, func, select, update

from portal import create_app
from portal.config import Settings
from portal.db import db, writing
from portal.digest import duties
from portal.digest.periods import next_begins
from portal.digest.queries_due import chosen_time, due_readers
from portal.mail.models import OutboxMail
from portal.people.models import Person
from portal.web import clock
from tests.benchmarks.servers import instance

A_WEEK = timedelta(days=7)


@dataclass
class Pass:
    """One look at everybody who is due."""

    people: int = 0
    mails: int = 0
    most_statements: int = 0
    statements: int = 0
    seconds: float = 0.0
    cpu: float = 0.0


@contextmanager
def counted() -> Iterator[list[int]]:
    """How many statements reach the database inside."""
    seen = [0]

    def note(connection: object, cursor: object, statement: str, *rest: Any) -> None:
        seen[0] += not statement.startswith(("BEGIN", "PRAGMA"))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def write_all(at: datetime) -> Pass:
    """Everybody who is due at that moment, a hundred at a time, however many mails wait."""
    clock.freeze(at)
    done, started, cpu = Pass(), time.monotonic(), time.process_time()
    with counted() as seen:
        while due := due_readers(list(duties.dues()), duties.BATCH):
            before = seen[0]
            done.mails += duties.write_digests(due)
            done.people += len(due)
            done.most_statements = max(done.most_statements, seen[0] - before)
        done.statements = seen[0]
    done.seconds, done.cpu = time.monotonic() - started, time.process_time() - cpu
    return done


def tell(name: str, done: Pass) -> None:
    hundreds = max(1, done.people / 100)
    print(
        f"| {name} | {done.people} | {done.mails} | {done.seconds:.1f} | {done.cpu:.1f} "
        f"| {done.statements / hundreds:.0f} | {done.most_statements} |"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("instance", nargs="?", type=Path, help="a filled instance; made where none is given")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "national"
        shutil.copytree(given.instance or instance("national"), copy)
        app = create_app(replace(Settings(), instance=copy, environment="production", secure_cookies=False))
        with app.app_context():
            with writing():
                db.session.execute(update(Person).values(rhythm="weekly"))
                db.session.commit()
            now = clock.now()
            first = next_begins("weekly", "Europe/London", chosen_time(), now) + timedelta(hours=1)
            print(f"load average before: {os.getloadavg()[0]:.1f}\n")
            print(
                "| pass | people | mails | seconds | CPU s | statements a hundred | most |\n|---|---|---|---|---|---|---|"
            )
            tell("first", write_all(first))
            tell("once more", write_all(first + timedelta(minutes=30)))
            tell("a week later", write_all(first + A_WEEK))
            sizes = select(func.count(), func.avg(func.length(OutboxMail.text)), func.avg(func.length(OutboxMail.html)))
            count, text, html = db.session.execute(sizes.where(OutboxMail.kind == "digest")).one()
            print(f"\n{count} mails, on average {text / 1024:.1f} KB of text and {html / 1024:.1f} KB of HTML.")
    print(f"Peak memory of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB.")


if __name__ == "__main__":
    main()
