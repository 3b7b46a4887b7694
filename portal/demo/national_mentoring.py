"""The pairs of a nation and the minutes of their talks. Nobody writes a private note here."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from portal.activities.models import Activity, Participation
from portal.demo.national_pour import Here, Nation, Row
from portal.mentoring.models import MentoringContact, Pairing, PairTalk

TALKS = 10


def pair_people(nation: Nation, pairs: int) -> None:
    nation.pour_together(
        row
        for network, part in nation.shares(pairs)
        for place, mentee in enumerate(_mentees(network)[:part])
        for row in _pair(nation, network, network.mentors[place % len(network.mentors)], mentee)
    )


def _mentees(network: Here) -> list[int]:
    return [one for one in network.members if one not in {*network.mentors, *network.coordinators}]


def _pair(nation: Nation, network: Here, mentor: int, mentee: int) -> Iterator[tuple[type, Row]]:
    began = nation.ago(nation.random.randint(250, 500))
    pairing = {
        "id": nation.next_id("pairing"),
        "network_id": network.id,
        "mentor_id": mentor,
        "mentee_id": mentee,
        "purpose": "The first two years",
        "rhythm": "Every three weeks",
        "monthly_minutes": 120,
        "started_on": began.date(),
        "paired_by": network.coordinators[0],
        "created_at": began,
    }
    yield Pairing, pairing
    for place in range(TALKS):
        at = began + (nation.now - began) * ((place + nation.random.random()) / TALKS)
        yield from _talk(nation, pairing, at)


def _talk(nation: Nation, pairing: Row, at: datetime) -> Iterator[tuple[type, Row]]:
    talk = {
        "id": nation.next_id("activity"),
        "kind": "mentoring_contact",
        "network_id": pairing["network_id"],
        "title": "Mentoring talk",
        "starts_at": at,
        "minutes": nation.random.choice((30, 45, 60)),
        "mode": "in_person",
        "held_at": at,
        "recorded_by": pairing["mentor_id"],
        "created_at": at,
    }
    yield Activity, talk
    focus = nation.random.choice(("planning", "practical-work", "questioning"))
    logged = {"focus": focus, "logged_by": pairing["mentor_id"]}
    yield MentoringContact, {"id": talk["id"], "pairing_id": pairing["id"], **logged}
    told = {"id": nation.next_id("pair_talk"), "contact_id": talk["id"], "pairing_id": pairing["id"]}
    yield PairTalk, told | {"confirmed_at": at + timedelta(days=1)}
    for capacity in ("mentor", "mentee"):
        yield Participation, _part(nation, talk, pairing[f"{capacity}_id"], capacity)


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
