"""Whose names a phone or the kiosk may offer: those of this session, as little of each as tells them apart."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Integer, String, and_, func, or_, select
from sqlalchemy.sql.expression import column, table

from portal.activities.models import Participation
from portal.db import db
from portal.events.models import Booking, Session
from portal.networks.models import Membership
from portal.people.models import Person
from portal.people.names import fold_name

_organisation = table("organisation", column("id", Integer), column("name", String))
MOST = 2000
# So few are shown at the kiosk: who sees more types one more letter.
MOST_FOUND = 8


@dataclass(frozen=True, slots=True)
class Face:
    """One person of the session. ``shown`` is what a phone shows: "Tobi L."."""

    person_id: int
    name: str
    sort_name: str
    school: str
    organisation_id: int | None
    booked_as: str
    is_inside: bool
    shown: str = ""

    @property
    def capacity(self) -> str:
        """As what somebody without a row arrives."""
        return "observer" if self.booked_as == "observer" else "participant"

    @property
    def find(self) -> str:
        """The name as it is searched."""
        return fold_name(self.name)


def faces_of(session_id: int, person_id: int | None = None) -> list[Face]:
    """Everybody who booked, waits for a place or is in the ledger, by given name; or one of them (one query)."""
    booking = and_(Booking.person_id == Person.id, Booking.session_id == session_id, Booking.cancelled_at.is_(None))
    there = and_(Participation.person_id == Person.id, Participation.activity_id == session_id)
    school = func.coalesce(Participation.organisation_id, Booking.organisation_id)
    inside = and_(Participation.arrived_at.is_not(None), Participation.left_at.is_(None))
    rows = db.session.execute(
        select(
            Person.id,
            Person.name,
            Person.sort_name,
            func.coalesce(_organisation.c.name, Booking.organisation_typed, ""),
            school,
            func.coalesce(Booking.kind, ""),
            func.coalesce(inside, False),
        )
        .select_from(Person)
        .outerjoin(Booking, booking)
        .outerjoin(Participation, there)
        .outerjoin(_organisation, _organisation.c.id == school)
        .where(*_whom(session_id, person_id))
        .order_by(Person.name, Person.id)
        .limit(MOST)
    )
    return _told_apart([_face(tuple(row)) for row in rows])


def _whom(session_id: int, person_id: int | None) -> Iterable[Any]:
    booked = select(Booking.person_id).where(Booking.session_id == session_id, Booking.cancelled_at.is_(None))
    noted = select(Participation.person_id).where(Participation.activity_id == session_id)
    yield or_(Person.id.in_(booked), Person.id.in_(noted))
    if person_id is not None:
        yield Person.id == person_id


def _face(row: tuple[Any, ...]) -> Face:
    person_id, name, sort_name, school, organisation_id, kind, inside = row
    return Face(person_id, name, sort_name, school, organisation_id, kind, bool(inside), _short(sort_name, 1))


def _short(sorted_name: str, letters: int) -> str:
    """ "Larkhill, Tobi" as "Tobi L."; a single word as it is."""
    family, comma, given = sorted_name.partition(", ")
    if not comma:
        return sorted_name
    first = given.split()[0]
    return f"{first} {family}" if letters >= len(family) else f"{first} {family[:letters]}."


def _told_apart(faces: list[Face]) -> list[Face]:
    """More letters of the family name where two of one school would look alike; whole namesakes stay alike."""
    for letters in range(2, 20):
        seen = Counter((face.shown, face.school) for face in faces)
        if max(seen.values(), default=0) < 2:
            break
        faces = [
            replace(face, shown=_short(face.sort_name, letters)) if seen[face.shown, face.school] > 1 else face
            for face in faces
        ]
    return faces


def found_among(faces: list[Face], typed: str) -> list[Face]:
    """Those of whom each typed word begins a word of the name, by surname. Nobody for less than two letters."""
    words = fold_name(typed).split() if typed.strip() else []
    if len("".join(words)) < 2:
        return []
    found = [face for face in faces if all(any(part.startswith(w) for part in face.find.split()) for w in words)]
    return sorted(found, key=lambda face: face.sort_name.casefold())


def face_named(session_id: int, name: str, school: str) -> Face | None:
    """The only person of this session with that name, and that school if one is given: she overlooked the list."""
    wanted, at = fold_name(name), school.casefold()
    found = [face for face in faces_of(session_id) if face.find == wanted and (not at or face.school.casefold() == at)]
    return found[0] if len(found) == 1 else None


def observes(session: Session, person_id: int) -> bool:
    """Whether she is an observer of the network, who is counted apart though she did not book."""
    query = select(Membership.id).where(
        Membership.network_id == session.network_id,
        Membership.person_id == person_id,
        Membership.ended_at.is_(None),
        Membership.role == "observer",
    )
    return db.session.execute(query).first() is not None
