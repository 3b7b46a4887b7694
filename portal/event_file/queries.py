"""One event with all that its file needs of the sheets: the record, and a line for each person at each session."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, String, and_, func, or_, select, union
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.expression import column, table

from portal.activities.models import Activity, Participation
from portal.db import Rows, db
from portal.events.models import Booking, Event, Session
from portal.events.queries_bookings import placed
from portal.people.models import Person
from portal.web.errors import NotHere

_organisation = table("organisation", column("id", Integer), column("name", String))
_session = Session.__table__.c
MOST = 20_000


@dataclass(frozen=True, slots=True)
class SignIn:
    """One person at one session. ``kind`` is empty where she had not booked; ``minutes`` None is not marked, 0 not here."""

    session_id: int
    starts_at: datetime
    person_id: int
    name: str
    sort_name: str
    school: str
    kind: str
    minutes: int | None
    capacity: str
    arrived_at: datetime | None
    left_at: datetime | None
    how: str

    @property
    def was_there(self) -> bool:
        return bool(self.minutes)

    @property
    def is_observer(self) -> bool:
        return self.capacity == "observer" or (not self.capacity and self.kind == "observer")

    @property
    def leads(self) -> bool:
        return self.capacity in ("facilitator", "presenter")


def event_to_file(network_id: int, event_id: int) -> Event:
    """The record of an event with its sessions, in one statement. Raises NotHere."""
    query = (
        select(Event)
        .options(joinedload(Event.sessions))
        .where(Event.id == event_id, Event.network_id == network_id, Event.deleted_at.is_(None))
    )
    event = db.session.execute(query).unique().scalar_one_or_none()
    if event is None:
        raise NotHere
    return event


def sign_in_of(event_id: int) -> Rows:
    """Everybody who held a place or is on a sheet, session by session, as a select for a listing.

    Sessions that were called off are left out. Source: what an audit asks of the sign-in (practice.md 7.3: Illinois
    wants arrival and departure, Texas the list of attendees, Washington who signed).
    """
    of_event = and_(_session.id == Activity.id, _session.event_id == event_id)
    who = _booked_or_marked(event_id)
    school = func.coalesce(Participation.organisation_id, Booking.organisation_id)
    return (
        select(
            who.c.session_id,
            Activity.starts_at,
            Person.id.label("person_id"),
            Person.name,
            Person.sort_name,
            func.coalesce(_organisation.c.name, Booking.organisation_typed, "").label("school"),
            func.coalesce(Booking.kind, "").label("kind"),
            Participation.minutes,
            func.coalesce(Participation.capacity, "").label("capacity"),
            Participation.arrived_at,
            Participation.left_at,
            func.coalesce(Participation.how_recorded, "").label("how"),
        )
        .select_from(who)
        .join(Activity, Activity.id == who.c.session_id)
        .join(Session.__table__, of_event)
        .join(Person, Person.id == who.c.person_id)
        .outerjoin(Booking, and_(Booking.session_id == who.c.session_id, Booking.person_id == Person.id, placed))
        .outerjoin(
            Participation,
            and_(Participation.activity_id == who.c.session_id, Participation.person_id == Person.id),
        )
        .outerjoin(_organisation, _organisation.c.id == school)
        .where(Activity.cancelled_at.is_(None), or_(Booking.id.is_not(None), Participation.id.is_not(None)))
    )


def sign_in(event_id: int) -> list[SignIn]:
    """The same as rows, by session and then by name (one query)."""
    ordered = sign_in_of(event_id).order_by(Activity.starts_at, Activity.id, Person.sort_name, Person.id)
    return as_lines(db.session.execute(ordered.limit(MOST)))


def as_lines(rows: Iterable[Any]) -> list[SignIn]:
    return [SignIn(*row) for row in rows]


def _booked_or_marked(event_id: int) -> Any:
    """Session and person, each pair once."""
    booked = select(Booking.session_id.label("session_id"), Booking.person_id.label("person_id"))
    marked = select(Participation.activity_id, Participation.person_id)
    return union(
        booked.where(placed, _in(Booking.session_id, event_id)),
        marked.where(_in(Participation.activity_id, event_id)),
    ).subquery()


def _in(session_id: Any, event_id: int) -> Any:
    return session_id.in_(select(_session.id).where(_session.event_id == event_id))
