"""A nation of networks, made in bulk and the same each time, to measure how pages behave at scale.

Only the dates move: they are told from now, so that Today has a week in it.
"""

import time
from collections.abc import Callable
from random import Random

import click

from portal import fulltext
from portal.db import writing
from portal.demo.national_events import hold_events
from portal.demo.national_ground import lay_foundations, place_organisations
from portal.demo.national_kits import make_kits
from portal.demo.national_mentoring import pair_people
from portal.demo.national_packs import make_packs
from portal.demo.national_people import bring_people
from portal.demo.national_pour import Nation
from portal.demo.national_support import offer_and_ask, visit_schools
from portal.demo.national_talk import talk
from portal.demo.national_words import Words
from portal.web import clock

# What a country with fifty networks has after some years (two countries' programmes, roughly).
ORGANISATIONS, PEOPLE, TOPICS, POSTS = 7_000, 8_500, 25_000, 200_000
PACKS, EVENTS, BOOKINGS, PAIRS = 20_000, 5_000, 100_000, 1_500
KITS, LOANS, VISITS = 1_000, 12_000, 6_000


def make_nation(seed: int = 7) -> dict[str, int]:
    """Fill an empty database, telling the time that each part takes; returns how many rows each table got."""
    random = Random(seed)
    nation = Nation(random, clock.now(), Words(random))
    fulltext.set_aside()
    with writing():
        _timed("words and networks", lambda: lay_foundations(nation))
        _timed("organisations", lambda: place_organisations(nation, ORGANISATIONS))
        _timed("people", lambda: bring_people(nation, PEOPLE))
        _timed("conversations", lambda: talk(nation, TOPICS, POSTS))
        _timed("packs", lambda: make_packs(nation, PACKS))
        _timed("events", lambda: hold_events(nation, EVENTS, BOOKINGS))
        _timed("boxes", lambda: make_kits(nation, KITS, LOANS))
        _timed("mentoring", lambda: pair_people(nation, PAIRS))
        _timed("offers and wishes", lambda: offer_and_ask(nation))
        _timed("visits", lambda: visit_schools(nation, VISITS))
    _timed("search indexes", fulltext.ensure_indexes)
    return dict(nation.counted)


def _timed(part: str, make: Callable[[], object]) -> None:
    started = time.monotonic()
    make()
    click.echo(f"  {part}: {time.monotonic() - started:.1f} s")
