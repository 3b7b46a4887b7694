"""A mentor with forty mentees and five years of talks, by hand: ``python -m tests.benchmarks.mentoring [--talks N]``.

Fills a database of its own with 8,000 talks, each with sealed notes and each counting for two programmes, and asks in
turns for the mentor's caseload, the coordinator's list of pairs, a pair's page and a page of fifty notes, the last one
also with decrypting left out (the same rows are read and the same words drawn). Told for each: statements, and
milliseconds of the processor at the median and at p99. What is promised: every page within 12 statements, and
decrypting adds less than 20 % to a page of fifty notes in the same run.
"""

import argparse
import gc
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, insert

from portal import Base, create_app, fulltext
from portal.activities.models import Activity, Participation
from portal.config import Settings
from portal.db import db, writing
from portal.mentoring import sealed
from portal.mentoring.models import (
    MentoringContact,
    Pairing,
    PairProgramme,
    PairTalk,
    PairTalkProgramme,
    SealedText,
)
from portal.networks.models import Membership
from portal.people.models import Person
from portal.people.operations_sessions import start_session
from portal.programmes.operations import add_programme
from portal.programmes.starting import rules
from portal.web import clock
from tests import cast

BASE = "/n/tarn-and-tide/mentoring"
MENTEES, YEARS = 40, 5
PAGES = {
    "the caseload": ("dafydd", "/"),
    "all pairs, for a coordinator": ("ines", "/"),
    "by mentor, for a coordinator": ("ines", "/mentors"),
    "a pair’s page": ("dafydd", "/pairs/1"),
}
NOTES = "/pairs/1/notes"
DECRYPTED, LEFT_OUT = "a page of 50 notes", "the same, nothing decrypted"
WORDS = (
    "try the exit question with a class of thirty bring three answers look at the seating plan before half-term".split()
)
# Words of a note.
LENGTH = 25
# CPU seconds and statements of each request.
Found = dict[str, list[tuple[float, int]]]


def fill(random: Random, talks: int, key: bytes) -> None:
    now, network, mentor = clock.now(), cast.network_id(), cast.person_id("dafydd")
    first = (now - timedelta(days=365 * YEARS)).date()
    programmes = [
        add_programme(network, rules(name, minutes_a_year=30 * 60, every_days=days, closes_on_day=15), mentor).id
        for name, days in (("Induction", 14), ("Placement year", 7))
    ]
    mentees = [1000 + number for number in range(MENTEES)]
    known = {"listing": {}, "created_at": now, "admitted_at": now, "how_added": "invited"}
    pour(Person, ({"id": id, "name": f"Mentee {id}", "sort_name": f"mentee {id}", **known} for id in mentees))
    member = {"network_id": network, "role": "member", "started_at": now}
    pour(Membership, ({"person_id": id, **member} for id in mentees))
    pair = {"network_id": network, "mentor_id": mentor, "started_on": first, "created_at": now}
    pour(Pairing, ({"id": place + 1, "mentee_id": id, **pair} for place, id in enumerate(mentees)))
    pour(
        PairProgramme,
        (
            {"pairing_id": place + 1, "programme_id": one, "since": first}
            for place in range(MENTEES)
            for one in programmes
        ),
    )
    fill_talks(random, talks, key, mentor, mentees, programmes)


def fill_talks(random: Random, talks: int, key: bytes, mentor: int, mentees: list[int], programmes: list[int]) -> None:
    """In each pair's book every so many days; the notes are sealed as the portal seals them."""
    network, now = cast.network_id(), clock.now()
    rows: dict[Any, list[dict[str, Any]]] = {
        one: [] for one in (Activity, MentoringContact, PairTalk, PairTalkProgramme, Participation, SealedText)
    }
    for number in range(1, talks + 1):
        pairing, at = number % MENTEES + 1, now - timedelta(days=365 * YEARS * (talks - number + 1) / talks)
        minutes = random.choice((10, 20, 30, 45, 60))
        rows[Activity].append(
            {
                "id": number, "kind": "mentoring_contact", "network_id": network, "title": "Mentoring talk",
                "starts_at": at, "minutes": minutes, "mode": "in_person", "held_at": at, "recorded_by": mentor, "created_at": at,
            }
        )  # fmt: skip
        rows[MentoringContact].append({"id": number, "pairing_id": pairing, "logged_by": mentor})
        rows[PairTalk].append(
            {"id": number, "contact_id": number, "pairing_id": pairing, "confirmed_at": at if number % 5 else None}
        )
        rows[PairTalkProgramme] += [{"pair_talk_id": number, "programme_id": one} for one in programmes]
        rows[Participation] += [
            {"activity_id": number, "person_id": who, "capacity": capacity, "minutes": minutes, "recorded_at": at}
            for who, capacity in ((mentor, "mentor"), (mentees[pairing - 1], "mentee"))
        ]
        for layer, fields in (
            ("we_two", {name: some(random) for name in ("parked", "working", "mentee_steps")}),
            ("only_me", {"note": some(random)}),
        ):
            bytes_ = sealed.seal(key, "talk", number, mentor, layer, fields)
            rows[SealedText].append(
                {
                    "thing": "talk", "thing_id": number, "author_id": mentor, "layer": layer, "sealed_for": mentor,
                    "key_id": sealed.key_id(key), "sealed": bytes_, "written_at": at,
                }
            )  # fmt: skip
    for model, made in rows.items():
        pour(model, made)


def some(random: Random) -> str:
    return " ".join(random.choices(WORDS, k=LENGTH))


def pour(model: Any, rows: Any) -> None:
    # The tables themselves: rows of a joined class go into both of its tables by name.
    db.session.execute(insert(model.__table__), list(rows))


@contextmanager
def nothing_decrypted() -> Iterator[None]:
    """The same rows are read and as many words are drawn; only the cipher rests."""
    real = sealed.unseal
    words = " ".join((WORDS * 2)[:LENGTH])
    ready = {"we_two": {"parked": words, "working": words, "mentee_steps": words}, "only_me": {"note": words}}
    sealed.unseal = lambda key, text: ready[text.layer]  # type: ignore[assignment]
    try:
        yield
    finally:
        sealed.unseal = real


def ask_all(app: Flask, browsers: dict[str, FlaskClient], rounds: int, has_notes: bool) -> Found:
    seen: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
            seen.append(statement)

    with app.app_context():
        # Not around the requests: Flask-Login would keep the first one’s person.
        event.listen(db.engine, "before_cursor_execute", note)
    found: Found = {}

    def ask(name: str, who: str, path: str) -> None:
        seen.clear()
        started = time.process_time()
        answer = browsers[who].get(BASE + path)
        found.setdefault(name, []).append((time.process_time() - started, len(seen)))
        assert answer.status_code == 200, (path, answer.status_code)

    for _ in range(rounds):
        for name, (who, path) in PAGES.items():
            ask(name, who, path)
        if has_notes:
            ask(DECRYPTED, "dafydd", NOTES)
            with nothing_decrypted():
                ask(LEFT_OUT, "dafydd", NOTES)
    return found


def tell(found: Found) -> bool:
    """The table; answers whether everything promised holds."""
    print("| what | requests | statements | CPU ms, median | CPU ms, p99 |")
    print("|---|---:|---:|---:|---:|")
    for name, ones in found.items():
        print(f"| {name} | {len(ones)} | {most(ones)} | {part(ones, 0.5):.1f} | {part(ones, 0.99):.1f} |")
    fine = all(most(ones) <= 12 for ones in found.values())
    if DECRYPTED in found:
        more = part(found[DECRYPTED], 0.5) / part(found[LEFT_OUT], 0.5) - 1
        print(f"\nDecrypting adds {more:.1%} to a page of fifty notes, at the median.")
        fine = fine and more < 0.2
    return fine


def most(ones: list[tuple[float, int]]) -> int:
    return max(statements for _seconds, statements in ones)


def part(ones: list[tuple[float, int]], share: float) -> float:
    found = sorted(seconds for seconds, _statements in ones)
    return 1000 * found[min(len(found) - 1, int(len(found) * share))]


def made(folder: Path, talks: int) -> tuple[Flask, float]:
    app = create_app(
        replace(Settings(), instance=folder, environment="development", secure_cookies=False), testing=True
    )
    started = time.perf_counter()
    with app.test_request_context():
        Base.metadata.create_all(db.engine)
        fulltext.ensure_indexes()
        with fulltext.paused(), writing():
            cast.make_cast()
            fill(Random(5), talks, app.config["SETTINGS"].key("mentoring"))
            db.session.commit()
    return app, time.perf_counter() - started


def browser_of(app: Flask, who: str) -> FlaskClient:
    with app.app_context(), writing():
        token = start_session(cast.person_id(who), timedelta(hours=8), False, "a benchmark")
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    return browser


def main() -> None:
    choices = argparse.ArgumentParser(description=__doc__)
    choices.add_argument("--talks", type=int, default=8000)
    choices.add_argument("--rounds", type=int, default=40)
    asked = choices.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app, seconds = made(Path(folder), asked.talks)
        print(
            f"{MENTEES} mentees, {YEARS} years, {asked.talks} talks with notes, made in {seconds:.0f} s, {date.today()}\n"
        )
        browsers = {who: browser_of(app, who) for who in ("dafydd", "ines")}
        has_notes = any(rule.endpoint == "mentoring.notes" for rule in app.url_map.iter_rules())
        ask_all(app, browsers, 2, has_notes)
        gc.collect()
        gc.freeze()
        found = ask_all(app, browsers, asked.rounds, has_notes)
        sys.exit(0 if tell(found) else 1)


if __name__ == "__main__":
    main()
