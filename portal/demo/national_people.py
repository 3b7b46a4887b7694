"""The people of a nation: the cast that everybody knows, then the others, each with an address, a place and words."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from portal.db import db
from portal.demo.ground import CAST, ROLES
from portal.demo.national_ground import BEGAN
from portal.demo.national_pour import Here, Nation, Row
from portal.demo.story import read
from portal.networks.models import Membership
from portal.people.models import Affiliation, EmailAddress, Person, PersonWord
from portal.people.names import fold_address, sort_name
from portal.vocabulary.models import Word

ADMITTED = 0.96


class Crowd:
    """Makes one person after the other."""

    def __init__(self, nation: Nation) -> None:
        self.nation, self.random = nation, nation.random
        self.words = _words("subject", "phase")
        self.roles = _words("role")

    def person(self, network: Here | None, handle: str, name: str, role: str) -> Iterator[tuple[type, Row]]:
        number = self.nation.next_id("person")
        came = self.nation.ago(30 + self.random.random() * BEGAN * 0.9)
        admitted = came if handle or self.random.random() < ADMITTED else None
        yield Person, self.record(number, handle, name, came, admitted)
        address = f"{handle}@tarn-and-tide.example" if handle else f"p{number}@all-the-coasts.example"
        named = {"address": address, "folded": fold_address(address)}
        yield EmailAddress, {"person_id": number, **named, "is_primary": True, "verified_at": admitted}
        works = self.random.choice((network or self.nation.networks[0]).organisations)
        part = {"organisation_id": works, "role_id": self.random.choice(self.roles), "started_on": came.date()}
        yield Affiliation, {"person_id": number, **part}
        for word in self.random.sample(self.words, 2):
            yield PersonWord, {"person_id": number, "word_id": word}
        self.nation.names[number], self.nation.works_at[number] = name, works
        if network:
            yield Membership, {"network_id": network.id, "person_id": number, "role": role, "started_at": came}
            _stands(network, number, role if admitted else "")

    def record(self, number: int, handle: str, name: str, came: datetime, admitted: datetime | None) -> Row:
        return {
            "id": number,
            "name": name,
            "sort_name": sort_name(name),
            "knows_about": self.nation.words.thing() if self.random.random() < 0.4 else "",
            "listing": {},
            "created_at": came,
            "admitted_at": admitted,
            "how_added": "invited" if admitted else "import",
            "is_administrator": handle == "ravi",
        }

    def role(self, place: int) -> str:
        return "coordinator" if place in (1, 2) else self.random.choice(["member"] * 17 + ["mentor"] * 2 + ["observer"])


def bring_people(nation: Nation, total: int) -> None:
    """``total`` people, network by network; Ines, Tobi, Dafydd and Ravi are who they are in the story."""
    nation.pour_together(_people(nation, total))


def _people(nation: Nation, total: int) -> Iterator[tuple[type, Row]]:
    crowd = Crowd(nation)
    cast = {slug: [row for row in part["rows"] if row[0] in CAST] for slug, part in read("people").items()}
    known = {1: cast["tarn-and-tide"], 2: cast["fell-and-furrow"]}
    elsewhere = [row for rows in cast.values() for row in rows if row[6] not in ROLES]
    for network, part in nation.shares(total - len(elsewhere)):
        inside = [row for row in known.get(network.id, []) if row[6] in ROLES]
        for row in inside:
            yield from crowd.person(network, row[0], row[1], ROLES[row[6]])
        for place in range(len(inside), part):
            yield from crowd.person(network, "", nation.words.name(), crowd.role(place))
    for row in elsewhere:
        yield from crowd.person(None, row[0], row[1], "")


def _words(*kinds: str) -> list[int]:
    return list(db.session.execute(select(Word.id).where(Word.kind.in_(kinds)).order_by(Word.id)).scalars())


def _stands(network: Here, number: int, role: str) -> None:
    if role in ("member", "mentor", "coordinator"):
        network.members.append(number)
    if role == "coordinator":
        network.coordinators.append(number)
    if role == "mentor":
        network.mentors.append(number)
