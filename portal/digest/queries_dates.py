"""Dates for a digest: what is ahead in some networks, and what each of a hundred people holds there."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select

from portal.activities.models import Activity
from portal.db import db
from portal.digest.queries_talks import NextMeeting, NextTalk, next_meetings, next_talks
from portal.events.models import Booking, Event, Session, SessionNotice
from portal.events.queries_bookings import NO_PLACES, Places, places_of
from portal.mail.models import OutboxMail
from portal.web import clock

# Further ahead nobody plans an evening.
AHEAD = timedelta(days=90)
# A mail about a session is written in the same act that calls it off.
SAME_ACT = timedelta(minutes=5)
CALLED_OFF = ("event-called-off", "session-called-off")


@dataclass(frozen=True, slots=True)
class SessionAhead:
    """A published session that is to come, in its newest state."""

    id: int
    event_id: int
    network_id: int
    title: str
    starts_at: datetime
    minutes: int
    mode: str
    place: str
    capacity: int | None
    owner_id: int
    cancelled_at: datetime | None
    cancel_reason: str


@dataclass
class Dates:
    """All of it for one batch of readers."""

    sessions: dict[int, list[SessionAhead]] = field(default_factory=dict)
    places: dict[int, Places] = field(default_factory=dict)
    held: dict[int, dict[int, str]] = field(default_factory=dict)
    told_off: dict[int, list[datetime]] = field(default_factory=dict)
    reminded: frozenset[tuple[int, int, datetime]] = frozenset()
    talks: dict[int, list[NextTalk]] = field(default_factory=dict)
    meetings: dict[int, list[NextMeeting]] = field(default_factory=dict)

    def places_in(self, session_id: int) -> Places:
        return self.places.get(session_id, NO_PLACES)

    def was_told_off(self, person_id: int, at: datetime) -> bool:
        """Whether the mail that a session is called off went to her."""
        return any(abs(told - at) <= SAME_ACT for told in self.told_off.get(person_id, ()))


def dates_for(person_ids: Collection[int], event_networks: Collection[int], pair_networks: Collection[int]) -> Dates:
    """Sessions, places, bookings, what was called off, next talks and meetings (seven queries at most)."""
    ahead = sessions_ahead(event_networks)
    by_network: dict[int, list[SessionAhead]] = defaultdict(list)
    for one in ahead:
        by_network[one.network_id].append(one)
    held = held_by(person_ids) if ahead else {}
    return Dates(
        dict(by_network),
        places_of([one.id for one in ahead if one.capacity is not None], None),
        held,
        told_off(person_ids) if held and any(one.cancelled_at for one in ahead) else {},
        reminded(person_ids) if held else frozenset(),
        next_talks(person_ids, pair_networks),
        next_meetings(person_ids, pair_networks),
    )


def sessions_ahead(network_ids: Collection[int]) -> list[SessionAhead]:
    """Published sessions to come, the first one first; those called off too (one query)."""
    now = clock.now()
    session, activity = Session.__table__, Activity.__table__
    rows = db.session.execute(
        select(
            session.c.id,
            session.c.event_id,
            activity.c.network_id,
            Event.title,
            activity.c.starts_at,
            activity.c.minutes,
            activity.c.mode,
            activity.c.place,
            session.c.capacity,
            Event.owner_id,
            func.coalesce(activity.c.cancelled_at, Event.cancelled_at),
            func.coalesce(func.nullif(activity.c.cancel_reason, ""), Event.cancel_reason),
        )
        .select_from(activity)
        .join(session, session.c.id == activity.c.id)
        .join(Event, Event.id == session.c.event_id)
        .where(
            activity.c.network_id.in_(network_ids),
            activity.c.starts_at > now,
            activity.c.starts_at < now + AHEAD,
            Event.published_at.is_not(None),
            Event.deleted_at.is_(None),
        )
        .order_by(activity.c.starts_at, activity.c.id)
    )
    return [SessionAhead(*row) for row in rows]


def held_by(person_ids: Collection[int]) -> dict[int, dict[int, str]]:
    """Person → session ahead → how she stands to it; who gave a place back has answered (one query)."""
    activity = Activity.__table__
    rows = db.session.execute(
        select(Booking.person_id, Booking.session_id, Booking.waiting_since, Booking.cancelled_at)
        .join(activity, activity.c.id == Booking.session_id)
        .where(Booking.person_id.in_(person_ids), activity.c.starts_at > clock.now())
        # The open one last: it is what counts.
        .order_by(Booking.cancelled_at.is_(None), Booking.id)
    )
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for person_id, session_id, waiting_since, cancelled_at in rows:
        found[person_id][session_id] = "left" if cancelled_at else "waiting" if waiting_since else "placed"
    return dict(found)


def told_off(person_ids: Collection[int]) -> dict[int, list[datetime]]:
    """When each was written to that something is called off, unless that mail never left (one query)."""
    rows = db.session.execute(
        select(OutboxMail.person_id, OutboxMail.queued_at).where(
            OutboxMail.person_id.in_(person_ids),
            OutboxMail.kind.in_(CALLED_OFF),
            OutboxMail.failed_at.is_(None),
            OutboxMail.queued_at > clock.now() - AHEAD,
        )
    )
    found: dict[int, list[datetime]] = defaultdict(list)
    for person_id, at in rows:
        found[person_id or 0].append(at)
    return dict(found)


def reminded(person_ids: Collection[int]) -> frozenset[tuple[int, int, datetime]]:
    """(person, session, date) of every date to come of which a mail of its own has reminded somebody (one query)."""
    rows = db.session.execute(
        select(SessionNotice.person_id, SessionNotice.session_id, SessionNotice.starts_at).where(
            SessionNotice.person_id.in_(person_ids), SessionNotice.starts_at > clock.now()
        )
    )
    return frozenset((person_id, session_id, starts_at) for person_id, session_id, starts_at in rows)


def by_event(sessions: Sequence[SessionAhead]) -> dict[int, list[SessionAhead]]:
    """Sessions of one event are one thing; in the order of their first dates."""
    found: dict[int, list[SessionAhead]] = defaultdict(list)
    for one in sessions:
        found[one.event_id].append(one)
    return dict(found)
