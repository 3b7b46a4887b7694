"""Who would mentor and who still waits in each network of a nation, and the visits of its coordinators."""

from collections.abc import Iterator
from datetime import timedelta

from portal.activities.models import Activity, Participation
from portal.demo.national_mentoring import MANY_MENTEES, mentees_of, wish
from portal.demo.national_pour import Here, Nation, Row
from portal.matching.models import MatchProposal, MentorAsk, MentorOffer
from portal.support.models import SupportVisit

Rows = Iterator[tuple[type, Row]]
# How many wait in each network, and of how many of these two people are being asked.
WAITING, ASKED = 12, 4
TOPICS = ("practical-work", "curriculum", "kit", "devices", "club", "leadership", "first-contact")


def offer_and_ask(nation: Nation) -> None:
    nation.pour_together(row for network in nation.networks for row in _matching(nation, network))


def _matching(nation: Nation, network: Here) -> Rows:
    for mentor in network.mentors:
        yield MentorOffer, _offer(nation, network, mentor)
    # From the other end than the pairs.
    waiting = mentees_of(network)[-WAITING:]
    for place, person in enumerate(waiting):
        asked, ask = nation.ago(nation.random.randint(1, 40)), nation.next_id("mentor_ask")
        where = {"id": ask, "network_id": network.id, "person_id": person, "pairing_id": None}
        yield MentorAsk, {**where, "asked_at": asked, "paused_at": None, "ended_at": None, **wish(nation)}
        if place < ASKED:
            mentor = network.mentors[-1 - place % len(network.mentors)]
            yield MatchProposal, _proposal(nation, network, ask, mentor, person)


def _offer(nation: Nation, network: Here, mentor: int) -> Row:
    said = wish(nation)
    is_many = network.id == 1 and mentor == network.mentors[0]
    return {
        **{name: said[name] for name in ("subjects", "phases", "languages", "days", "travels_km")},
        "network_id": network.id,
        "person_id": mentor,
        "years_teaching": nation.random.randint(4, 30),
        "trained_on": nation.ago(nation.random.randint(20, 900)).date(),
        "most_mentees": MANY_MENTEES if is_many else nation.random.randint(2, 5),
        "says": nation.words.sentence(),
        "offered_at": nation.ago(nation.random.randint(20, 900)),
    }


def _proposal(nation: Nation, network: Here, ask: int, mentor: int, mentee: int) -> Row:
    at = nation.ago(nation.random.randint(1, 20))
    return {
        "network_id": network.id,
        "ask_id": ask,
        "mentor_id": mentor,
        "mentee_id": mentee,
        "purpose": nation.words.sentence()[:200],
        "every_days": 14,
        "starts_on": (nation.now + timedelta(days=14)).date(),
        "proposed_by": network.coordinators[0],
        "proposed_at": at,
        "mentor_accepted_at": at + timedelta(hours=5) if nation.random.random() < 0.5 else None,
    }


def visit_schools(nation: Nation, total: int) -> None:
    nation.pour_together(
        row for network, part in nation.shares(total) for _n in range(part) for row in _visit(nation, network)
    )


def _visit(nation: Nation, network: Here) -> Rows:
    random, at = nation.random, nation.some_time_ago(1090)
    by, kind = random.choice(network.coordinators), random.choice(("visit", "visit", "technical"))
    visit = {
        "id": nation.next_id("activity"),
        "kind": "support_visit",
        "network_id": network.id,
        "title": "Technical help" if kind == "technical" else "Support visit",
        "starts_at": at,
        "minutes": random.choice((15, 30, 45, 60, 90)),
        "mode": random.choice(("in_person", "phone", "online")),
        "held_at": at,
        "recorded_by": by,
        "created_at": at,
    }
    yield Activity, visit
    promised = random.random() < 0.3
    kept = promised and random.random() < 0.9
    yield (
        SupportVisit,
        {
            "id": visit["id"],
            "organisation_id": random.choice(network.organisations),
            "support_kind": kind,
            "topics": random.sample(TOPICS, 2),
            "note": nation.words.sentence(),
            "next_step": nation.words.sentence()[:300] if promised else "",
            "next_on": (at + timedelta(days=14)).date() if promised else None,
            "next_done_at": at + timedelta(days=10) if kept else None,
        },
    )
    yield Participation, {
        "activity_id": visit["id"], "person_id": by, "organisation_id": nation.works_at[by], "capacity": "facilitator",
        "minutes": visit["minutes"], "recorded_by": by, "recorded_at": at,
    }  # fmt: skip
