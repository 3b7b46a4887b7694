"""Who waits for a coordinator, the longest first. Kinds that are told alike are asked for together."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import and_, exists, func, literal, or_, select, union_all

from portal.activities.models import Participation
from portal.attendance.models import AttendanceClaim
from portal.conversations.models import Topic, TopicRead
from portal.conversations.queries import rests_unanswered
from portal.db import Rows, db
from portal.events.models import Booking, Event, Session
from portal.kit.queries_problems import boxes_waiting
from portal.lending.queries_late import to_look_at
from portal.networks.models import JoinRequest
from portal.openings.models import OpeningInterest
from portal.openings.queries import interests_waiting
from portal.people.models import Person
from portal.today.asked import asked_rows, talks_asked
from portal.today.credit import open_approvals
from portal.today.mail import came_back
from portal.today.matching import wishes_waiting
from portal.today.mentoring import months_asked
from portal.today.packs import looks_waiting, reports_waiting
from portal.today.promises import promises_late
from portal.web import clock, dates

LOOK_BACK = timedelta(days=120)
MOST = 20
FEW_TALKS = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that somebody waits for: what kind, since when, about what, and how many where it counts."""

    kind: str
    since: datetime
    id: int
    title: str
    detail: str = ""
    count: int = 0
    parent_id: int = 0


@dataclass(frozen=True, slots=True)
class Unread:
    """A conversation that moved on since this person last read it."""

    id: int
    title: str
    last_by: str
    last_at: datetime


def waiting_in(network_id: int, today: date, rooms: Collection[str], me: int | None = None) -> list[Waiting]:
    """Everything that waits for a coordinator of this network, of the rooms that are open (five queries).

    With ``me`` also what she is asked for herself; without, what waits for all of them alike.
    """
    alike = [_join_requests(network_id), _own_words(network_id), _unanswered(network_id)]
    if "resources" in rooms:
        alike += [looks_waiting(network_id), reports_waiting(network_id, MOST)]
    if "mentoring" in rooms:
        alike.append(interests_waiting(network_id).order_by(OpeningInterest.said_at).limit(MOST))
    if "kit" in rooms:
        alike.append(boxes_waiting(network_id).order_by("since").limit(MOST))
    if "mentoring" in rooms:
        alike += [months_asked(network_id, MOST), promises_late(network_id, today, MOST)]
        alike += wishes_waiting(network_id)
        alike += [*asked_rows(network_id, me), talks_asked(network_id, me, FEW_TALKS)] if me else []
    # Each part is ordered and cut for itself.
    together = union_all(*(select(part.subquery()) for part in alike))
    found = [_in_words(Waiting(*row)) for row in db.session.execute(together)]
    found += _open_sheets(network_id)
    found += (Waiting("mail", *one) for one in came_back(network_id, MOST))
    found += (Waiting("credit", *one) for one in open_approvals(network_id, MOST))
    if "kit" in rooms:
        found += _boxes(network_id, today)
    return sorted(found, key=lambda one: one.since)


def _in_words(one: Waiting) -> Waiting:
    """A month comes from the database as its first day, a promise with its day before it: it waits since then."""
    if one.kind == "month":
        return replace(one, detail=dates.month(date.fromisoformat(one.detail)))
    if one.kind == "promise":
        day, _blank, promised = one.detail.partition(" ")
        return replace(one, since=datetime.combine(date.fromisoformat(day), time(12), UTC), detail=promised)
    return one


def _boxes(network_id: int, today: date) -> Iterator[Waiting]:
    """Boxes that somebody asks for, and those that should be back: since the morning after they were due."""
    for one in to_look_at(network_id, today, MOST):
        if one.approved_at is None:
            yield Waiting("loan", one.requested_at, one.id, one.title, one.name)
        else:
            due = datetime.combine(one.ends_on, time(), UTC)
            yield Waiting("late", due, one.id, one.title, one.name, (today - one.ends_on).days)


def _join_requests(network_id: int) -> Rows:
    return (
        select(
            literal("join"), JoinRequest.asked_at, JoinRequest.id, Person.name, JoinRequest.note, literal(0), literal(0)
        )
        .join(Person, Person.id == JoinRequest.person_id)
        .where(JoinRequest.network_id == network_id, JoinRequest.decided_at.is_(None))
        .order_by(JoinRequest.asked_at)
        .limit(MOST)
    )


def _open_sheets(network_id: int) -> Iterator[Waiting]:
    """Sessions that are over and whose sheet is not closed, with how many of those booked are not marked yet.

    Whoever signed in needs no mark: closing counts her.
    """
    now = clock.now()
    marked = exists().where(
        Participation.activity_id == Session.id,
        Participation.person_id == Booking.person_id,
        or_(Participation.minutes.is_not(None), Participation.arrived_at.is_not(None)),
    )
    unmarked = func.count(Booking.id).label("unmarked")
    held_place = and_(
        Booking.session_id == Session.id,
        Booking.cancelled_at.is_(None),
        Booking.waiting_since.is_(None),
        ~marked,
    )
    rows = db.session.execute(
        select(Session.starts_at, Session.id, Event.title, unmarked, Event.id, Session.minutes)
        .join(Event, Event.id == Session.event_id)
        .outerjoin(Booking, held_place)
        .where(
            Session.network_id == network_id,
            Session.starts_at < now,
            Session.starts_at > now - LOOK_BACK,
            Session.cancelled_at.is_(None),
            Session.attendance_closed_at.is_(None),
            Event.published_at.is_not(None),
            Event.deleted_at.is_(None),
        )
        .group_by(Session.id, Session.starts_at, Event.title, Event.id, Session.minutes)
        .order_by(Session.starts_at)
        .limit(MOST)
    )
    return (
        Waiting("sheet", at, id, title, "", int(count), event_id)
        for at, id, title, count, event_id, minutes in rows
        if at + timedelta(minutes=minutes) <= now
    )


def _own_words(network_id: int) -> Rows:
    """Who says of herself when she was there, where the sheet no longer takes it."""
    return (
        select(literal("word"), AttendanceClaim.said_at, Session.id, Person.name, Event.title, literal(0), Event.id)
        .join(Session, Session.id == AttendanceClaim.session_id)
        .join(Event, Event.id == Session.event_id)
        .join(Person, Person.id == AttendanceClaim.person_id)
        .where(
            Session.network_id == network_id,
            AttendanceClaim.answered_at.is_(None),
            Person.erased_at.is_(None),
            Event.published_at.is_not(None),
            Event.deleted_at.is_(None),
        )
    )


def _unanswered(network_id: int) -> Rows:
    return (
        select(literal("topic"), Topic.created_at, Topic.id, Topic.title, Person.name, literal(0), literal(0))
        .join(Person, Person.id == Topic.author_id)
        .where(Topic.network_id == network_id, rests_unanswered(clock.now()))
        .order_by(Topic.created_at)
        .limit(MOST)
    )


def unread_topics(network_id: int, person_id: int, limit: int = 5) -> list[Unread]:
    """Conversations with something newer than this person has read (one query)."""
    rows = db.session.execute(
        select(Topic.id, Topic.title, Person.name, Topic.last_post_at)
        .join(Person, Person.id == Topic.last_post_by)
        .outerjoin(TopicRead, and_(TopicRead.topic_id == Topic.id, TopicRead.person_id == person_id))
        .where(
            Topic.network_id == network_id,
            Topic.deleted_at.is_(None),
            Topic.last_post_by != person_id,
            Topic.last_post_at > clock.now() - LOOK_BACK,
            or_(TopicRead.read_at.is_(None), TopicRead.read_at < Topic.last_post_at),
        )
        .order_by(Topic.last_post_at.desc())
        .limit(limit)
    )
    return [Unread(*row) for row in rows]
