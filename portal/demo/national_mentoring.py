"""The pairs of a nation and the minutes of their talks. Nobody writes a private note here.

One mentor is in it who has mentored forty people for five years: Dafydd, in the first network.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.activities.models import Activity, Participation
from portal.coaching.models import CoachingCycle
from portal.demo.national_pour import Here, Nation, Row
from portal.demo.national_programmes import HOURS, INDUCTION, PLACEMENT, Programmes, ask_of_pairs
from portal.matching.models import MentorAsk
from portal.mentoring.models import (
    ContactActivity,
    ContactStandard,
    MentoringContact,
    Pairing,
    PairMonth,
    PairProgramme,
    PairTalk,
    PairTalkProgramme,
)

Rows = Iterator[tuple[type, Row]]
# A pair of the nation talks so often in all; a pair of the busiest mentor once in nine days, for five years.
TALKS, MANY_TALKS = (8, 36), 200
MANY_MENTEES, MANY_DAYS = 40, 1825
# Of a hundred pairs so many have ended; of a hundred talks so many were said by both, and so many were groups.
ENDED, AGREED, GROUPS = 20, 82, 8
KINDS = ("one_to_one",) * 9 + ("support",)
DID = ("planning", "student-work", "observing", "after-observation", "problem", "reflecting", "goals", "resources")
# What the pairs of a mentor come under: by their place.
UNDER = ((INDUCTION,), (INDUCTION, HOURS), (PLACEMENT, INDUCTION), (HOURS,), ())


@dataclass(frozen=True)
class Book:
    """A pair with what its talks count for, and when it began and ended or is now."""

    row: Row
    programmes: tuple[int, ...]
    began: datetime
    until: datetime
    talks: int


def pair_people(nation: Nation, pairs: int) -> None:
    programmes = ask_of_pairs(nation)
    nation.pour_together(
        row for network, part in nation.shares(pairs) for row in _network(nation, network, part, programmes)
    )


def _network(nation: Nation, network: Here, part: int, programmes: Programmes) -> Rows:
    mentees = mentees_of(network)
    many = MANY_MENTEES if network.id == 1 else 0
    books: dict[int, list[Book]] = {mentor: [] for mentor in network.mentors}
    for place, mentee in enumerate(mentees[: many + part]):
        # The first of the first network has so many that nobody else gets those.
        mentor = network.mentors[0] if place < many else network.mentors[place % len(network.mentors)]
        book = _book(nation, network, programmes, (mentor, mentee), place < many, place)
        books[mentor].append(book)
        yield from _begun(nation, book)
    for of_mentor in books.values():
        for number, book in enumerate(of_mentor):
            yield from _talks(nation, book, of_mentor[number + 1 : number + 3], programmes.lines)


def mentees_of(network: Here) -> list[int]:
    others = {*network.mentors, *network.coordinators}
    return [one for one in network.members if one not in others]


def _book(
    nation: Nation, network: Here, programmes: Programmes, two: tuple[int, int], is_of_many: bool, place: int
) -> Book:
    random = nation.random
    began = nation.ago(MANY_DAYS if is_of_many else random.randint(30, 720))
    ended = None if is_of_many or random.random() >= ENDED / 100 else began + (nation.now - began) * 0.8
    row = {
        "id": nation.next_id("pairing"),
        "network_id": network.id,
        "mentor_id": two[0],
        "mentee_id": two[1],
        "purpose": "The first two years",
        "rhythm": "Every three weeks",
        "every_days": random.choice((None, 7, 14, 21)),
        "monthly_minutes": 120,
        "started_on": began.date(),
        "ended_on": ended.date() if ended else None,
        "paired_by": network.coordinators[0],
        "created_at": began,
    }
    under = UNDER[1] if is_of_many else UNDER[place % len(UNDER)]
    counts_for = tuple(programmes.of[network.id][one] for one in under)
    talks = MANY_TALKS if is_of_many else random.randint(*TALKS)
    return Book(row, counts_for, began, ended or nation.now, talks)


def _begun(nation: Nation, book: Book) -> Rows:
    """The pair, the wish that it answered, what it counts for, and a month that somebody wants opened again."""
    random, pair = nation.random, book.row
    yield Pairing, pair
    for one in book.programmes:
        yield PairProgramme, {"pairing_id": pair["id"], "programme_id": one, "since": pair["started_on"]}
    asked = book.began - timedelta(days=random.randint(2, 45))
    where = {
        "id": nation.next_id("mentor_ask"),
        "network_id": pair["network_id"],
        "person_id": pair["mentee_id"],
        "pairing_id": pair["id"],
    }
    yield MentorAsk, {**where, "asked_at": asked, "paused_at": None, "ended_at": book.began, **wish(nation)}
    if random.random() < 0.25:
        cycle = {"pairing_id": pair["id"], "number": 1, "begun_at": book.began, "begun_by": pair["mentor_id"]}
        closed = {"result": random.choice(("met", "partly")), "closed_at": book.began + (book.until - book.began) / 2}
        yield CoachingCycle, cycle | closed
    if random.random() < 0.02:
        month = (nation.now - timedelta(days=75)).date().replace(day=1)
        who = {"asked_at": nation.ago(2), "asked_by": pair["mentee_id"]}
        yield PairMonth, {"pairing_id": pair["id"], "month": month, **who}


def wish(nation: Nation) -> Row:
    random = nation.random
    return {
        "subjects": [random.choice(("physics", "biology", "chemistry", "mathematics", "computing"))],
        "phases": [random.choice(("primary", "secondary", "post-16"))],
        "languages": ["en"],
        "days": sorted(random.sample(range(5), 2)),
        "needs": random.sample(("classroom", "planning", "labs", "assessment", "workload"), 3),
        "year_of_teaching": random.randint(1, 4),
        "travels_km": random.choice((None, 10, 25)),
    }


def _talks(nation: Nation, book: Book, others: Sequence[Book], lines: Sequence[int]) -> Rows:
    """Spread over the pair's time; a group stands in the books of the next pairs of the same mentor too."""
    random = nation.random
    for place in range(book.talks):
        at = book.began + (book.until - book.began) * ((place + random.random()) / book.talks)
        along = [one for one in others if one.began <= at <= one.until] if random.random() < GROUPS / 100 else []
        kind = "group" if along else random.choice(KINDS)
        yield from _talk(nation, [book, *along], at, kind, lines)


def _talk(nation: Nation, books: Sequence[Book], at: datetime, kind: str, lines: Sequence[int]) -> Rows:
    random, pair = nation.random, books[0].row
    talk = {
        "id": nation.next_id("activity"),
        "kind": "mentoring_contact",
        "network_id": pair["network_id"],
        "title": "Mentoring talk",
        "starts_at": at,
        "minutes": random.choice((10, 20, 30, 45, 60)),
        "mode": random.choice(("in_person", "in_person", "online", "phone")),
        "held_at": at,
        "recorded_by": pair["mentor_id"],
        "created_at": at,
    }
    yield Activity, talk
    focus = random.choice(("planning", "practical-work", "questioning"))
    logged = {"focus": focus, "logged_by": pair["mentor_id"], "contact_kind": kind}
    next_at = at + timedelta(days=14) if random.random() < 0.5 else None
    yield MentoringContact, {"id": talk["id"], "pairing_id": pair["id"], "next_at": next_at, **logged}
    for code in random.sample(DID, random.randint(0, 2)):
        yield ContactActivity, {"contact_id": talk["id"], "code": code}
    if random.random() < 0.5:
        yield ContactStandard, {"contact_id": talk["id"], "line_id": random.choice(lines)}
    for book in books:
        yield from _in_book(nation, book, talk, kind)
    yield Participation, _part(nation, talk, pair["mentor_id"], "mentor")
    for book in books if kind != "support" else ():
        yield Participation, _part(nation, talk, book.row["mentee_id"], "mentee")


def _in_book(nation: Nation, book: Book, talk: Row, kind: str) -> Rows:
    told, at = nation.next_id("pair_talk"), talk["starts_at"]
    says_so = kind != "support" and nation.random.random() < AGREED / 100
    agreed = {"asked_at": at + timedelta(hours=20), "confirmed_at": at + timedelta(days=1) if says_so else None}
    yield PairTalk, {"id": told, "contact_id": talk["id"], "pairing_id": book.row["id"], **agreed}
    for one in book.programmes:
        yield PairTalkProgramme, {"pair_talk_id": told, "programme_id": one}


def _part(nation: Nation, talk: Row, person: int, capacity: str) -> Row:
    return {
        "activity_id": talk["id"],
        "person_id": person,
        "organisation_id": nation.works_at[person],
        "capacity": capacity,
        "minutes": talk["minutes"],
        "recorded_by": talk["recorded_by"],
        "recorded_at": talk["starts_at"],
    }
