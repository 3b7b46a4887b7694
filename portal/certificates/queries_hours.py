"""The hours of one event, as the ledger has them: what took place, who was there, and as what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Integer, String, select
from sqlalchemy.sql.expression import column, table

from portal.activities.models import Participation
from portal.db import db
from portal.events.credit_rules import Presence
from portal.events.models import Event, Session
from portal.people.models import Person

_organisation = table("organisation", column("id", Integer), column("name", String))
MOST = 20_000


@dataclass(frozen=True, slots=True)
class Attender:
    """Somebody with minutes in the event."""

    person_id: int
    name: str
    sort_name: str
    locale: str | None


@dataclass(frozen=True, slots=True)
class EventHours:
    """What took place of an event, and who was there.

    ``there`` is by person and by what she was there as, so that the session that somebody watched and the one she took
    part in are told apart.
    """

    held: list[Session]
    people: dict[int, Attender] = field(default_factory=dict)
    there: dict[tuple[int, str], dict[int, Presence]] = field(default_factory=dict)
    leaders: list[tuple[str, str]] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        """How long all of it lasted."""
        return sum(session.minutes for session in self.held)

    def of(self, person_id: int) -> Mapping[str, dict[int, Presence]]:
        return {capacity: there for (who, capacity), there in self.there.items() if who == person_id}


def open_sheets(event: Event) -> list[Session]:
    """Its sessions that still keep certificates waiting: ahead, or over with an open sheet."""
    return [one for one in event.sessions if one.cancelled_at is None and not one.attendance_closed_at]


def held_sessions(event: Event) -> list[Session]:
    """Those that took place, in order: somebody was marked as having come."""
    held = [one for one in event.sessions if one.cancelled_at is None and one.held_at is not None]
    return sorted(held, key=lambda one: (one.starts_at, one.id))


def hours_of_event(event: Event, person_id: int | None = None) -> EventHours:
    """Everybody with minutes in what took place, by name; those who were forgotten are left out (one query)."""
    held = held_sessions(event)
    found = EventHours(held)
    for row in _rows([one.id for one in held], person_id):
        who = Attender(row.person_id, row.name, row.sort_name, row.locale)
        presence = Presence(row.minutes, row.arrived_at, row.left_at)
        if row.capacity in ("facilitator", "presenter") and (row.name, row.school or "") not in found.leaders:
            found.leaders.append((row.name, row.school or ""))
        if person_id in (None, row.person_id):
            found.people[who.person_id] = who
            found.there.setdefault((who.person_id, _capacity(row.capacity)), {})[row.activity_id] = presence
    return found


def _rows(session_ids: list[int], person_id: int | None) -> list[Any]:
    """For one person the leaders come along, since every certificate names them."""
    there = (Participation.activity_id.in_(session_ids), Participation.minutes > 0, Person.erased_at.is_(None))
    query = (
        select(
            Participation.activity_id,
            Participation.person_id,
            Participation.capacity,
            Participation.minutes,
            Participation.arrived_at,
            Participation.left_at,
            Person.name,
            Person.sort_name,
            Person.locale,
            _organisation.c.name.label("school"),
        )
        .select_from(Participation)
        .join(Person, Person.id == Participation.person_id)
        .outerjoin(_organisation, _organisation.c.id == Participation.organisation_id)
        .where(*there)
    )
    if person_id is not None:
        leads = Participation.capacity.in_(("facilitator", "presenter"))
        query = query.where((Participation.person_id == person_id) | leads)
    return list(db.session.execute(query.order_by(Person.sort_name, Person.id, Participation.activity_id).limit(MOST)))


def _capacity(capacity: str) -> str:
    """What a certificate knows: whoever neither watched, led nor presented took part."""
    return capacity if capacity in ("observer", "facilitator", "presenter") else "participant"
