"""The file of a large event, by hand: ``python -m tests.benchmarks.event_file [PEOPLE]``.

A session of 300 people with 300 certificates of attendance and 300 of credit, whose papers lie in the store. Seconds, and
the peak of memory in a process of its own, of the file's page, its PDF and its zip; the zip is read in pieces and
thrown away, as it is sent.
"""

import argparse
import io
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

from sqlalchemy import select

from portal import Base, create_app
from portal.activities.operations import Mark
from portal.attendance.operations import close_sheet, mark_sheet
from portal.certificates.operations import make_certificates
from portal.config import Settings
from portal.credit.models import Certificate
from portal.db import db, operation, writing
from portal.event_file.bundle import members_of
from portal.event_file.contents import file_of
from portal.event_file.paper import paper_of
from portal.event_file.queries import event_to_file
from portal.files.models import StoredFile
from portal.files.store import store
from portal.fulltext import ensure_indexes
from portal.networks.models import Network
from portal.networks.scope import NetworkHere
from portal.people.models import Person
from portal.web import clock
from portal.web.archives_out import zip_stream
from tests import cast
from tests.events import planned

LONDON = "Europe/London"
# About what a certificate weighs.
PAPER = 33_000


def fill(people: int) -> int:
    """The event with everybody marked and every paper in the store; returns its id."""
    with writing():
        cast.make_cast()
        clock.freeze(planned.LAST_THURSDAY - 4 * planned.WEEK)
        event = planned.event(starts_at=planned.LAST_THURSDAY, capacity=None)
        planned.credit(event, approved_on=date(2026, 9, 1))
        marks = [_somebody(number, planned.LAST_THURSDAY) for number in range(people)]
        session, ines = event.sessions[0], cast.person_id("ines")
        clock.freeze(session.ends_at)
        mark_sheet(session, marks, LONDON, ines)
        close_sheet(session, 0, ines)
        clock.freeze(cast.NOW)
        make_certificates(event, LONDON, ines)
        _papers()
        return event.id


@operation
def _papers() -> None:
    """Bytes in place of each paper: what is measured here is the file, not the setting of certificates."""
    for one in db.session.execute(select(Certificate)).scalars():
        digest, size = store().put(io.BytesIO(os.urandom(PAPER)))
        file = StoredFile(
            sha256=digest, name="x.pdf", kind="pdf", media_type="application/pdf", size=size, uploaded_at=cast.NOW
        )
        db.session.add(file)
        db.session.flush()
        one.stored_file_id, one.made_at = file.id, cast.NOW


def _somebody(number: int, start: datetime) -> Mark:
    name = f"Teacher {number:03} Of-Many"
    person = Person(name=name, sort_name=name, listing={}, created_at=cast.LONG_AGO, how_added="import")
    db.session.add(person)
    db.session.flush()
    return Mark(person.id, 90, "participant", start, start + timedelta(minutes=90))


def measured(folder: Path, event_id: int, what: str) -> tuple[float, float, str]:
    """Seconds, peak megabytes beyond what the process held before, and how much came of it."""
    app = create_app(replace(Settings(), instance=folder, environment="development"), testing=True)
    with app.test_request_context():
        clock.freeze(cast.NOW)
        row = db.session.execute(select(*(getattr(Network, name) for name in NetworkHere.__dataclass_fields__))).first()
        assert row is not None
        network = NetworkHere(*row)
        doing: dict[str, Callable[[], int]] = {
            "page": lambda: len(file_of(event_to_file(network.id, event_id), LONDON).granted),
            "pdf": lambda: len(paper_of(file_of(event_to_file(network.id, event_id), LONDON), network, 1)[0]),
            "zip": lambda: sum(
                map(len, zip_stream(members_of(file_of(event_to_file(network.id, event_id), LONDON), network, 1)[1]))
            ),
        }
        before, started = _peak(), time.monotonic()
        came = doing[what]()
        return time.monotonic() - started, _peak() - before, f"{came:,}"


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("people", nargs="?", type=int, default=300)
    people = parser.parse_args().people
    folder = Path(tempfile.mkdtemp(prefix="event-file-"))
    try:
        app = create_app(replace(Settings(), instance=folder, environment="development"), testing=True)
        with app.test_request_context():
            Base.metadata.create_all(db.engine)
            ensure_indexes()
            event_id = fill(people)
        print(f"| {people} people | seconds | MB more | rows or bytes |\n|---|---|---|---|")
        for what in ("page", "pdf", "zip"):
            with get_context("spawn").Pool(1) as pool:
                seconds, more, came = pool.apply(measured, (folder, event_id, what))
            print(f"| {what} | {seconds:.2f} | {more:.0f} | {came} |")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
