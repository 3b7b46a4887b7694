"""A hundred people sign in by room code: within a minute as they come in, then all at once. Nothing may be lost.

By hand: ``python -m tests.benchmarks.signing_in``. Real phones against the real server (granian, 2 workers of 4 threads):
each opens /in, types the code, reads the list, taps its name and reads "You're in", all from one address, as behind a
school's router. One in ten types the code wrong first, one in ten taps twice, and one answer in twenty is lost on its
way, so that the phone sends again with the same key.
"""

import argparse
import asyncio
import gzip
import random
import re
import secrets
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from portal import create_app
from portal.activities.models import Participation
from portal.attendance.operations_codes import make_code
from portal.config import Settings
from portal.db import db, writing
from portal.events.drafts import EventDraft, SessionDraft
from portal.events.models import Booking
from portal.events.operations import plan_event
from portal.people.models import Person
from portal.web import clock
from tests import cast
from tests.benchmarks.load import Client
from tests.benchmarks.servers import ROOT, serving, surroundings

CODE = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')
NAMES = re.compile(rb'formaction="([^"]+)">([^<]+)<')


@dataclass
class Evening:
    session_id: int
    code: str


@dataclass
class Seen:
    """What one run showed: latencies in seconds by step, whole sign-ins, and what went wrong."""

    steps: dict[str, list[float]] = field(default_factory=dict)
    whole: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def prepared(folder: Path, people: int, runs: int) -> list[Evening]:
    """An instance with the cast, and for each run an evening that so many booked."""
    flask = [sys.executable, "-m", "flask", "--app", "wsgi", "setup"]
    subprocess.run(flask, cwd=ROOT, env=surroundings(folder), check=True, stdout=subprocess.DEVNULL)
    app = create_app(replace(Settings(), instance=folder, environment="production", secure_cookies=False))
    evenings = []
    with app.test_request_context(), writing():
        cast.make_cast()
        for run in range(runs):
            drafts = [SessionDraft(clock.now() + timedelta(minutes=5), 90, "in_person", "The hall", "", None)]
            ines = cast.person_id("ines")
            event = plan_event(cast.network_id(), EventDraft(f"Evening {run}", sessions=drafts), ines, True)
            session = event.sessions[0]
            for number in range(people):
                person = Person(
                    name=f"Person{number} Of{run}",
                    sort_name=f"Of{run}, Person{number}",
                    listing={},
                    created_at=clock.now(),
                )
                db.session.add(person)
                db.session.flush()
                db.session.add(Booking(session_id=session.id, person_id=person.id, booked_at=clock.now()))
            evenings.append(Evening(session.id, make_code(session, ines)))
        db.engine.dispose()
    return evenings


async def arrive(port: int, number: int, evening: Evening, wait: float, seen: Seen) -> None:
    """One phone, from /in to "You're in"."""
    await asyncio.sleep(wait)
    phone, began = Client(number, port, {}), time.perf_counter()
    try:
        page = await _ask(phone, seen, "open", "GET", "/in")
        if number % 10 == 3:
            await _ask(phone, seen, "wrong code", "POST", "/in", page, [("code", "XXXX")], {422})
        await _ask(phone, seen, "code", "POST", "/in", page, [("code", evening.code)], {303})
        page = await _ask(phone, seen, "names", "GET", phone.notes["to"])
        wanted = f"Person{number} O.".encode()
        url = next(found.decode() for found, name in NAMES.findall(page) if name == wanted)
        tap = [("form_key", secrets.token_hex(16))]
        if number % 20 == 7:
            await _lose(port, phone, url, page, tap)
        for _press in range(2 if number % 10 == 5 else 1):
            await _ask(phone, seen, "tap", "POST", url, page, tap, {303})
        page = await _ask(phone, seen, "you", "GET", phone.notes["to"])
        if "You’re in".encode() not in page:
            seen.errors.append(f"{number}: not told that she is in")
        seen.whole.append(time.perf_counter() - began)
    except (OSError, StopIteration, asyncio.IncompleteReadError, RuntimeError) as error:
        seen.errors.append(f"{number}: {error!r}")
    finally:
        phone.close()


async def _ask(phone, seen, step, method, path, page=b"", fields=(), good=frozenset({200})) -> bytes:  # type: ignore[no-untyped-def]
    token = CODE.search(page)
    sent, data = time.perf_counter(), [("csrf_token", token[1].decode()), *fields] if token else []
    status, body = await phone.ask(method, path, data)
    seen.steps.setdefault(step, []).append(time.perf_counter() - sent)
    if status not in good:
        raise RuntimeError(f"{step} answered {status}")
    phone.notes["to"] = phone.headers.get("location", "")
    return gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body


async def _lose(port: int, phone: Client, url: str, page: bytes, tap: list[tuple[str, str]]) -> None:
    """The tap is sent and the line is cut before the answer."""
    other, token = Client(phone.number, port, phone.cookies), CODE.search(page)
    asking = asyncio.create_task(other.ask("POST", url, [("csrf_token", token[1].decode() if token else ""), *tap]))
    await asyncio.sleep(0.002)
    asking.cancel()
    other.close()


async def run(port: int, people: int, evening: Evening, spread: float) -> tuple[Seen, float]:
    """All of them, spread evenly at random over so many seconds."""
    seen, began = Seen(), time.perf_counter()
    waits = [random.Random(number).uniform(0, spread) for number in range(people)]
    await asyncio.gather(*(arrive(port, number, evening, wait, seen) for number, wait in enumerate(waits)))
    return seen, time.perf_counter() - began


def rows_of(folder: Path, evening: Evening) -> tuple[int, int]:
    """Rows in the ledger with an arrival, and how many people they are."""
    app = create_app(replace(Settings(), instance=folder, environment="production", secure_cookies=False))
    with app.app_context():
        query = select(func.count(), func.count(func.distinct(Participation.person_id)))
        there = (Participation.activity_id == evening.session_id, Participation.arrived_at.is_not(None))
        rows, persons = db.session.execute(query.where(*there)).one()
        db.session.remove()
        db.engine.dispose()
    return rows, persons


def _part(values: list[float], share: float) -> float:
    found = sorted(values)
    return 1000 * found[min(len(found) - 1, int(len(found) * share))]


def tell(name: str, seen: Seen, seconds: float, rows: tuple[int, int]) -> None:
    print(f"\n{name}: {seconds:.1f} s in all, {rows[0]} rows of {rows[1]} people, {len(seen.errors)} errors\n")
    print("| step | asked | p50 ms | p99 ms | longest ms |\n|---|---:|---:|---:|---:|")
    for step, took in {**seen.steps, "from /in to “You’re in”": seen.whole}.items():
        if took:
            print(
                f"| {step} | {len(took)} | {_part(took, 0.5):.0f} | {_part(took, 0.99):.0f} | {1000 * max(took):.0f} |"
            )
    for error in seen.errors[:5]:
        print(error)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=100)
    arguments.add_argument(
        "--spreads", type=float, nargs="+", default=[55.0, 5.0, 0.0], help="seconds in which they come"
    )
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        evenings = prepared(folder, given.people, len(given.spreads))
        lost = 0
        with serving("portal", folder, "wsgi:app") as server:
            for evening, spread in zip(evenings, given.spreads, strict=True):
                before = server.cpu()
                seen, seconds = asyncio.run(run(server.port, given.people, evening, spread))
                rows = rows_of(folder, evening)
                tell(f"{given.people} people within {spread:.0f} s", seen, seconds, rows)
                print(f"CPU of the server: {server.cpu() - before:.1f} s")
                lost += len(seen.errors) + abs(given.people - rows[0]) + abs(given.people - rows[1])
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
