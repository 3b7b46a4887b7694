"""Who comes, for the coordinator: by kind, by school, what they asked us to know, and who usually comes and is silent."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Integer, String, and_, case, exists, func, or_, select
from sqlalchemy.sql.expression import column, table

from portal.activities.counted_rows import Span, held, was_there
from portal.activities.models import Activity, Participation
from portal.db import db
from portal.events.models import Booking, Session
from portal.events.queries_bookings import offered, placed, waits
from portal.networks.models import Membership
from portal.people.models import Person
from portal.web import clock

_organisation = table("organisation", column("id", Integer), column("name", String))
_session = Session.__table__.c
YEAR, OFTEN, MOST_USUAL, MOST_EVENTS = timedelta(days=365), 2, 12, 10


@dataclass(frozen=True, slots=True)
class School:
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class Coming:
    """Schools, the largest first, and how many come as what."""

    schools: list[School]
    kinds: dict[str, int]


@dataclass(frozen=True, slots=True)
class SchoolCount:
    """How many people of a school hold a place in any date of the event, and how many of it wait."""

    name: str
    placed: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What one person asked for, and the numbers of the dates that it is for."""

    name: str
    needs: str
    dates: list[int]


@dataclass(frozen=True, slots=True)
class Usual:
    """Members who came often in the last year and have not answered yet: the most faithful first, and how many in all."""

    people: list[tuple[int, str, int]]
    total: int
    # Events of that year, newest first, for a letter to people who came to any of them.
    event_ids: list[int]

    @property
    def answers(self) -> list[str]:
        """The same as the rules of letters write them."""
        return [f"e{event_id}" for event_id in self.event_ids]


def coming(event_id: int) -> Coming:
    """Who holds a place in any date of an event, each person once: by school, and members, guests, observers (one query)."""
    name = func.coalesce(_organisation.c.name, Booking.organisation_typed)
    rows = db.session.execute(
        select(name, Booking.kind, func.count(func.distinct(Booking.person_id)))
        .select_from(Booking)
        .join(Session.__table__, _session.id == Booking.session_id)
        .outerjoin(_organisation, _organisation.c.id == Booking.organisation_id)
        .where(_session.event_id == event_id, placed)
        .group_by(name, Booking.kind)
    )
    schools: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for school, kind, people in rows:
        schools[school] += people
        kinds[kind] += people
    by_size = sorted(schools.items(), key=lambda one: (-one[1], one[0]))
    return Coming([School(*one) for one in by_size], dict(kinds))


def count_by_school(event_id: int) -> list[SchoolCount]:
    """Places and waiting people of each school, each person once (one query)."""
    name = func.coalesce(_organisation.c.name, Booking.organisation_typed)
    has_place = func.count(func.distinct(case((or_(placed, offered), Booking.person_id))))
    rows = db.session.execute(
        select(name, has_place, func.count(func.distinct(case((waits, Booking.person_id)))))
        .select_from(Booking)
        .join(Session.__table__, _session.id == Booking.session_id)
        .outerjoin(_organisation, _organisation.c.id == Booking.organisation_id)
        .where(_session.event_id == event_id, Booking.cancelled_at.is_(None))
        .group_by(name)
        .order_by(has_place.desc(), name)
    )
    return [SchoolCount(*row) for row in rows]


def needs_of(event_id: int) -> list[Wish]:
    """Who asked us to know something, by name, the same words for several dates once; for the list on paper (one query)."""
    rows = db.session.execute(
        select(Booking.person_id, Person.name, Booking.needs, _session.position)
        .select_from(Booking)
        .join(Session.__table__, _session.id == Booking.session_id)
        .join(Person, Person.id == Booking.person_id)
        .where(_session.event_id == event_id, Booking.needs != "", or_(placed, offered))
        .order_by(Person.sort_name, Booking.person_id, _session.position)
    )
    found: dict[tuple[int, str], Wish] = {}
    for person_id, name, needs, position in rows:
        found.setdefault((person_id, needs), Wish(name, needs, [])).dates.append(position)
    return list(found.values())


def usual_and_silent(network_id: int, event_id: int) -> Usual:
    """Members who were at two sessions or more within a year and neither booked this event nor said no (two queries)."""
    now = clock.now()
    came = (*held(Span((network_id,), now - YEAR, now)), *was_there(), Participation.activity_id == Activity.id)
    times = func.count(func.distinct(Activity.id))
    answered = exists().where(
        Booking.person_id == Person.id, Booking.session_id == _session.id, _session.event_id == event_id
    )
    member = and_(Membership.person_id == Person.id, Membership.network_id == network_id, Membership.ended_at.is_(None))
    rows = db.session.execute(
        select(Person.id, Person.name, times, func.count().over())
        .join(Membership, member)
        .join(Participation, Participation.person_id == Person.id)
        .join(Activity, Activity.id == Participation.activity_id)
        .where(*came, Person.erased_at.is_(None), ~answered)
        .group_by(Person.id, Person.name, Person.sort_name)
        .having(times >= OFTEN)
        .order_by(times.desc(), Person.sort_name)
        .limit(MOST_USUAL)
    ).all()
    people = [(row[0], row[1], row[2]) for row in rows]
    return Usual(people, rows[0][3] if rows else 0, _events_of_the_year(network_id, event_id, came) if rows else [])


def _events_of_the_year(network_id: int, event_id: int, came: tuple[Any, ...]) -> list[int]:
    last = func.max(Activity.starts_at)
    rows = db.session.execute(
        select(_session.event_id)
        .join(Activity, Activity.id == _session.id)
        .join(Participation, Participation.activity_id == Activity.id)
        .where(*came, _session.event_id != event_id)
        .group_by(_session.event_id)
        .order_by(last.desc())
        .limit(MOST_EVENTS)
    )
    return list(rows.scalars())
