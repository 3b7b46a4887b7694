"""Three hundred certificates, by hand: ``python -m tests.benchmarks.certificates [PEOPLE]``.

A session of so many people, its sheet closed. Seconds to issue (one transaction), seconds and the longest write lock
while the worker's duty makes the papers, and the most memory that this process ever held, which is what the worker's
would. The bar: 300 in less than 60 s and 300 MB on two cores.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import event, func, select

from portal import Base, create_app
from portal.activities.operations import Mark, record_attendance
from portal.certificates.making import make_papers
from portal.certificates.operations import make_certificates
from portal.config import Settings
from portal.credit.models import Certificate
from portal.db import db, writing
from portal.files.models import StoredFile
from portal.mail.models import OutboxMail
from portal.people.models import EmailAddress, Person
from portal.web import clock
from tests import cast
from tests.certificates import earned


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("people", type=int, nargs="?", default=300)
    people = parser.parse_args().people
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(
            Settings(),
            instance=Path(folder),
            environment="development",
            secure_cookies=False,
            url="http://bench.example",
        )
        app = create_app(settings)
        with app.app_context():
            Base.metadata.create_all(db.engine)
            _measure(people)


def _measure(people: int) -> None:
    clock.freeze(cast.NOW)
    with writing():
        cast.make_cast()
        one = earned.event(sessions=1)
        record_attendance(
            one.sessions[0].id, [Mark(person_id, 90) for person_id in _many(people)], cast.person_id("ines")
        )
        earned.close(one)
    print(f"memory before: {_peak():.0f} MB")
    started, cpu = time.monotonic(), time.process_time()
    with writing():
        issued = make_certificates(one, earned.ZONE, cast.person_id("ines"))
    print(f"issued {issued} in {time.monotonic() - started:.1f} s, {time.process_time() - cpu:.1f} s of CPU")
    started, cpu = time.monotonic(), time.process_time()
    with _lock() as held:
        made = 0
        while round_ := make_papers():
            made += round_
    print(f"made {made} papers in {time.monotonic() - started:.1f} s, {time.process_time() - cpu:.1f} s of CPU")
    print(f"write lock: {sum(held):.1f} s in all, {max(held) * 1000:.0f} ms at most at a time")
    size = db.session.execute(select(func.avg(StoredFile.size))).scalar_one()
    mails = db.session.execute(select(func.count()).select_from(OutboxMail)).scalar_one()
    failed = db.session.execute(select(func.count()).where(Certificate.fault != "")).scalar_one()
    print(f"{size / 1000:.0f} KB a paper, {mails} mails, {failed} failed; most memory: {_peak():.0f} MB")


def _many(people: int) -> list[int]:
    made = [
        Person(name=f"Teacher {n:03} of the Lakes", sort_name=f"{n:03}", listing={}, created_at=cast.LONG_AGO)
        for n in range(people)
    ]
    db.session.add_all(made)
    db.session.flush()
    for person in made:
        address = f"t{person.id}@bench.example"
        db.session.add(EmailAddress(person_id=person.id, address=address, folded=address, is_primary=True))
    db.session.commit()
    return [person.id for person in made]


@contextmanager
def _lock() -> Iterator[list[float]]:
    """How long each writing transaction lasted, in seconds."""
    since: dict[int, float] = {}
    held: list[float] = [0.0]

    def begin(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if statement.startswith("BEGIN IMMEDIATE"):
            since[id(connection)] = time.monotonic()

    def end(connection: object) -> None:
        began = since.pop(id(connection), None)
        if began is not None:
            held.append(time.monotonic() - began)

    event.listen(db.engine, "before_cursor_execute", begin)
    event.listen(db.engine, "commit", end)
    event.listen(db.engine, "rollback", end)
    yield held


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    main()
