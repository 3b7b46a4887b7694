"""What is mine: my next session, my packs, my hours, my mentor's next date."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from portal.activities.models import Activity, Participation
from portal.db import db
from portal.events.models import Booking, Event, Session
from portal.events.queries import next_session_of
from portal.mentoring.models import MentoringContact, Pairing, PairTalk
from portal.mentoring.standing_words import kindly
from portal.people.models import Person
from portal.programmes.rules import silent_days
from portal.resources.models import Pack
from portal.today.asked import unanswered
from portal.today.mentoring import silent_after
from portal.web import clock

LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


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
class MyPair:
    """A pair as one of the two sees it."""

    id: int
    other: str
    i_mentor: bool
    next_at: datetime | None
    last_at: datetime | None
    # For the mentor alone: a kind sentence once it is quiet for longer than the rule.
    kindly: str = ""


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


def my_pairs(network_id: int, person_id: int, today: date, time_zone: str = "UTC") -> list[MyPair]:
    """My open pairs with the last and the next date: those in which I am helped first, then the next date (one query)."""
    mentor, mentee = aliased(Person), aliased(Person)
    live = (PairTalk.pairing_id == Pairing.id) & MentoringContact.deleted_at.is_(None)
    talks = select(func.max(MentoringContact.starts_at)).join(PairTalk, PairTalk.contact_id == MentoringContact.id)
    last_at = talks.where(live, MentoringContact.contact_kind != "support").correlate(Pairing).scalar_subquery()
    next_at = (
        select(func.min(MentoringContact.next_at))
        .join(PairTalk, PairTalk.contact_id == MentoringContact.id)
        .where(live, MentoringContact.next_at >= clock.now())
        .correlate(Pairing)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Pairing, mentor.name, mentee.name, next_at, last_at, silent_after(today))
        .join(mentor, mentor.id == Pairing.mentor_id)
        .join(mentee, mentee.id == Pairing.mentee_id)
        .where(
            Pairing.network_id == network_id,
            or_(Pairing.mentor_id == person_id, Pairing.mentee_id == person_id),
            or_(Pairing.ended_on.is_(None), Pairing.ended_on > today),
        )
        .order_by(Pairing.id)
    )
    found = [_pair(*row, person_id, today, time_zone) for row in rows]
    return sorted(found, key=lambda one: (one.i_mentor, one.next_at is None, one.next_at or one.last_at or LONG_AGO))


def _pair(
    pairing: Pairing,
    mentor: str,
    mentee: str,
    next_at: datetime | None,
    last_at: datetime | None,
    after: int,
    me: int,
    today: date,
    time_zone: str,
) -> MyPair:
    """Nothing is said to the mentee about the mentor."""
    if pairing.mentor_id != me:
        return MyPair(pairing.id, mentor, False, next_at, last_at)
    last_on = clock.local(last_at, time_zone).date() if last_at else None
    silent = silent_days(after, pairing.started_on, last_on, today)
    said = kindly(mentee.split()[0], last_on, silent) if next_at is None else ""
    return MyPair(pairing.id, mentee, True, next_at, last_at, said)


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
