"""Questions about one event: its page, its sessions, the record to act on."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from markupsafe import Markup
from sqlalchemy import exists, false, select
from sqlalchemy.orm import selectinload

from portal.activities.models import Participation
from portal.db import db
from portal.events import words
from portal.events.models import Event, Session
from portal.events.models_credit import EventCredit
from portal.events.queries_bookings import NO_PLACES, Places, places_of
from portal.people.models import Person
from portal.people.reach import open_to
from portal.web import clock
from portal.web.errors import NotHere


@dataclass(frozen=True, slots=True)
class EventPage:
    """What the page of an event shows."""

    id: int
    network_id: int
    title: str
    strapline: str
    about: str
    about_html: Markup
    for_whom: str
    cost: str
    getting_there: str
    owner_id: int
    owner: str
    is_public: bool
    published_at: datetime | None
    cancelled_at: datetime | None
    cancel_reason: str
    objectives: str
    books_whole: bool
    completed_share: int
    seats_per_school: int | None
    confirm_hours: int | None
    evaluation: str
    gives_credit: bool
    # Whether the reader may open the page of who puts it on; nobody on a public page.
    owner_is_open: bool

    def dates_to_book(self, sessions: "list[SessionPage]") -> list[tuple[int, str]]:
        """What can still be booked and is not mine yet, to choose from."""
        return [(one.id, words.date_and_hours(one)) for one in sessions if one.can_book and not one.places.mine]

    def is_full(self, ahead: "list[SessionPage]") -> bool:
        """Whether whoever books now waits: in a whole series one full date is enough, else all have to be full."""
        full = [one.is_full for one in ahead]
        return any(full) if self.books_whole else bool(full) and all(full)

    @property
    def is_draft(self) -> bool:
        return self.published_at is None

    @property
    def is_called_off(self) -> bool:
        return self.cancelled_at is not None

    @property
    def can_take_back(self) -> bool:
        """Calling off can be undone within a day."""
        return bool(self.cancelled_at and clock.now() - self.cancelled_at <= timedelta(days=1))


@dataclass(frozen=True, slots=True)
class SessionPage:
    """One session of the event, with its places."""

    id: int
    title: str
    starts_at: datetime
    minutes: int
    mode: str
    place: str
    capacity: int | None
    joining_link: str
    cancelled_at: datetime | None
    cancel_reason: str
    held_at: datetime | None
    attendance_closed_at: datetime | None
    sequence: int
    position: int
    places: Places = NO_PLACES

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def can_book(self) -> bool:
        return self.cancelled_at is None and self.starts_at > clock.now()

    @property
    def can_take_back(self) -> bool:
        """One date that was called off can be put back on within a day, as long as it lies ahead."""
        off = self.cancelled_at
        return bool(off and self.starts_at > clock.now() and clock.now() - off <= timedelta(days=1))

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= clock.now()

    @property
    def is_over(self) -> bool:
        return self.ends_at <= clock.now()

    @property
    def is_full(self) -> bool:
        return self.places.is_full(self.capacity)

    @property
    def places_left(self) -> int | None:
        return self.places.left(self.capacity)


_EVENT = (
    Event.id,
    Event.network_id,
    Event.title,
    Event.strapline,
    Event.about,
    Event.about_html,
    Event.for_whom,
    Event.cost,
    Event.getting_there,
    Event.owner_id,
    Person.name,
    Event.is_public,
    Event.published_at,
    Event.cancelled_at,
    Event.cancel_reason,
    Event.objectives,
    Event.books_whole,
    Event.completed_share,
    Event.seats_per_school,
    Event.confirm_hours,
    Event.evaluation,
    exists().where(EventCredit.event_id == Event.id, EventCredit.removed_at.is_(None)).label("gives_credit"),
)
_SESSION = (
    Session.id,
    Session.title,
    Session.starts_at,
    Session.minutes,
    Session.mode,
    Session.place,
    Session.capacity,
    Session.joining_link,
    Session.cancelled_at,
    Session.cancel_reason,
    Session.held_at,
    Session.attendance_closed_at,
    Session.sequence,
    Session.position,
)


def event_page(network_id: int, event_id: int, reader_id: int | None = None) -> EventPage:
    """An event of this network for reading, by a member or by anybody (one query). Raises NotHere."""
    row = db.session.execute(
        select(*_EVENT, open_to(reader_id) if reader_id else false())
        .join(Person, Person.id == Event.owner_id)
        .where(Event.id == event_id, Event.network_id == network_id, Event.deleted_at.is_(None))
    ).first()
    if row is None:
        raise NotHere
    values = list(row)
    # Made safe by web.prose when it was saved.
    values[5] = Markup(values[5])
    return EventPage(*values)


def sessions_of(event_id: int, person_id: int | None = None, with_links: bool = False) -> list[SessionPage]:
    """The sessions of an event in their order, with their places (two queries).

    The joining link comes along where this person has a place, or for all ``with_links``: nobody else gets it.
    """
    rows = db.session.execute(
        select(*_SESSION).where(Session.event_id == event_id).order_by(Session.starts_at, Session.id)
    ).all()
    places = places_of([row.id for row in rows], person_id)
    sessions = [_session_page(tuple(row), places[row.id]) for row in rows]
    return [one if with_links or one.places.mine == "placed" else replace(one, joining_link="") for one in sessions]


def event_in(network_id: int, event_id: int, deleted: bool = False) -> Event:
    """The record of an event with its sessions, to act on. Raises NotHere."""
    event = db.session.execute(
        select(Event)
        .options(selectinload(Event.sessions))
        .where(
            Event.id == event_id,
            Event.network_id == network_id,
            Event.deleted_at.is_not(None) if deleted else Event.deleted_at.is_(None),
        )
    ).scalar_one_or_none()
    if event is None:
        raise NotHere
    return event


def facilitators_of(session_id: int) -> frozenset[int]:
    """Who leads or presents a session, from the ledger."""
    rows = db.session.execute(
        select(Participation.person_id).where(
            Participation.activity_id == session_id, Participation.capacity.in_(("facilitator", "presenter"))
        )
    )
    return frozenset(rows.scalars())


def _session_page(row: tuple[Any, ...], places: Places) -> SessionPage:
    return replace(SessionPage(*row), places=places)
