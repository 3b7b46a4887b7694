"""What is mine: my next session, my packs, my hours, the talks that I am asked about."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from portal.activities.models import Activity, Participation
from portal.db import db
from portal.events.models import Booking, Event, Session
from portal.events.queries import next_session_of
from portal.mentoring.models import MentoringContact, Pairing, PairTalk
from portal.people.models import Person
from portal.resources.models import Pack
from portal.today.asked import unanswered
from portal.web import clock


@dataclass(frozen=True, slots=True)
class NextSession:
    at: datetime
    minutes: int
    title: str
    event_id: int
    place: str
    mode: str
    is_waiting: bool

    @property
    def is_on(self) -> bool:
        return self.at <= clock.now()


@dataclass(frozen=True, slots=True)
class MyPack:
    id: int
    title: str
    minutes: int
    is_draft: bool
    downloads: int
    uses: int


def next_session(network_id: int, person_id: int) -> NextSession | None:
    """The session that I hold or wait for a place in and that is next, or on now (one query)."""
    found = next_session_of(person_id, network_id)
    if found is None:
        return None
    line = found.line
    return NextSession(line.starts_at, line.minutes, line.title, line.event_id, line.place, line.mode, found.is_waiting)


def open_to_book(network_id: int, person_id: int) -> NextSession | None:
    """The next session that I have not booked yet (one query)."""
    mine = select(Booking.session_id).where(Booking.person_id == person_id, Booking.cancelled_at.is_(None))
    row = db.session.execute(
        select(Session.starts_at, Session.minutes, Event.title, Event.id, Session.place, Session.mode)
        .join(Event, Event.id == Session.event_id)
        .where(
            Session.network_id == network_id,
            Session.starts_at > clock.now(),
            Session.cancelled_at.is_(None),
            Event.published_at.is_not(None),
            Event.cancelled_at.is_(None),
            Event.deleted_at.is_(None),
            Session.id.not_in(mine),
        )
        .order_by(Session.starts_at)
        .limit(1)
    ).first()
    return NextSession(*row, False) if row else None


def my_hours(network_id: int, person_id: int, since: datetime) -> tuple[int, int]:
    """Minutes and sessions since a moment, from attendance and never from booking (one query)."""
    row = db.session.execute(
        select(func.coalesce(func.sum(Participation.minutes), 0), func.count())
        .join(Activity, Activity.id == Participation.activity_id)
        .where(
            Participation.person_id == person_id,
            Participation.minutes > 0,
            Activity.network_id == network_id,
            Activity.kind == "session",
            Activity.starts_at >= since,
            Activity.held_at.is_not(None),
            Activity.cancelled_at.is_(None),
        )
    ).one()
    return int(row[0] or 0), int(row[1])


def talks_to_confirm(network_id: int, person_id: int) -> list[tuple[int, datetime, int, str]]:
    """Talks that the other one wrote down and I have not confirmed, the newest first: id, when, minutes, by whom (one query).

    What nobody confirmed a year ago would else keep out what was written down this week.
    """
    rows = db.session.execute(
        select(PairTalk.id, MentoringContact.starts_at, MentoringContact.minutes, Person.name)
        .join(PairTalk, PairTalk.contact_id == MentoringContact.id)
        .join(Pairing, Pairing.id == PairTalk.pairing_id)
        .join(Person, Person.id == MentoringContact.logged_by)
        .where(*unanswered(network_id, person_id))
        .order_by(MentoringContact.starts_at.desc(), PairTalk.id.desc())
        .limit(5)
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def my_packs(network_id: int, person_id: int) -> list[MyPack]:
    """The packs that I keep here, newest change first (one query)."""
    rows = db.session.execute(
        select(Pack.id, Pack.title, Pack.minutes, Pack.shared_at.is_(None), Pack.downloads, Pack.uses_count)
        .where(
            Pack.network_id == network_id,
            Pack.owner_id == person_id,
            Pack.deleted_at.is_(None),
            Pack.retired_at.is_(None),
        )
        .order_by(Pack.changed_at.desc())
        .limit(4)
    )
    return [MyPack(*row) for row in rows]
