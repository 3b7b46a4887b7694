"""Who is due for a mail: asked in the evening after the last session, once more after three days and after seven.

Each query starts from the few surveys that are open now, in networks where it is day.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, exists, or_, select, union
from sqlalchemy.orm import aliased, selectinload

from portal.activities.models import Participation
from portal.db import db
from portal.evaluation.queries import NOT_TAKING_PART, PURPOSE, SUBJECT, held_and_unmarked, is_asked
from portal.events.models import Booking, Event, Session
from portal.networks.models import Network
from portal.people.models import EmailAddress, Person
from portal.surveys.models import Survey, SurveyInvitation
from portal.web import clock

# Not while people are putting on their coats.
AFTER = timedelta(minutes=15)
# What ended before that is asked about no more: a portal that was off for a week writes to nobody about last month.
AT_MOST = timedelta(days=5)
REMINDERS = (timedelta(days=3), timedelta(days=7))
BETWEEN = timedelta(days=3)
# Nobody's telephone rings at night.
FROM_HOUR, TO_HOUR = 8, 21
Due: TypeAlias = "Select[int, int] | CompoundSelect[int, int]"


def networks_by_day() -> list[int]:
    """The networks where it is neither night nor early morning, and whose events are open (one query)."""
    now = clock.now()
    rows = db.session.execute(select(Network.id, Network.time_zone, Network.rooms).where(Network.closed_at.is_(None)))
    return [
        network_id
        for network_id, zone, rooms in rows
        if "events" in rooms and FROM_HOUR <= clock.local(now, zone).hour < TO_HOUR
    ]


def takes_place() -> tuple[ColumnElement[bool], ...]:
    return (
        Event.published_at.is_not(None),
        Event.deleted_at.is_(None),
        Event.cancelled_at.is_(None),
        Event.evaluation != "none",
    )


def events_over(now: datetime) -> list[Event]:
    """Events with a session that began in the last days and without an evaluation, with their sessions (two queries)."""
    has_one = exists().where(Survey.subject_kind == SUBJECT, Survey.subject_id == Event.id, Survey.purpose == PURPOSE)
    begun = (
        select(Session.event_id)
        .where(Session.starts_at > now - AT_MOST, Session.starts_at < now, Session.cancelled_at.is_(None))
        .distinct()
    )
    query = (
        select(Event)
        .options(selectinload(Event.sessions))
        .where(Event.id.in_(begun), *takes_place(), ~has_one)
        .order_by(Event.id)
    )
    return list(db.session.execute(query).scalars())


def surveys_before_asking(now: datetime) -> list[tuple[Survey, Event]]:
    """Evaluations of which nobody was asked yet, with their events: where an event moves, they move along."""
    asked = exists().where(SurveyInvitation.survey_id == Survey.id)
    query = (
        select(Survey, Event)
        .join(Event, and_(Survey.subject_kind == SUBJECT, Event.id == Survey.subject_id))
        .options(selectinload(Event.sessions))
        .where(Survey.purpose == PURPOSE, Survey.closes_at > now, *takes_place(), ~asked)
        .order_by(Survey.id)
    )
    return [(survey, event) for survey, event in db.session.execute(query)]


def due_first(now: datetime, network_ids: Sequence[int]) -> Due:
    """(survey, person): was there, or had a place while nobody has marked her, and was not asked yet."""
    came = (
        _open(now, network_ids, Participation.person_id)
        .join(Participation, Participation.activity_id == Session.id)
        .where(Participation.minutes > 0, Participation.capacity.not_in(NOT_TAKING_PART), speaks_for_herself())
    )
    held = (
        _open(now, network_ids, Booking.person_id)
        .join(Booking, Booking.session_id == Session.id)
        .where(*held_and_unmarked())
    )
    both = [_reachable(query, column) for query, column in ((came, Participation.person_id), (held, Booking.person_id))]
    return union(*both)


def speaks_for_herself() -> ColumnElement[bool]:
    """Whoever was only written down, by a coordinator on a sheet, gets no mail: it takes an act of her own.

    She has come in, has booked for the event, or signed herself in. For a query that joins event, participation and person.
    """
    theirs = aliased(Session, flat=True)
    booked = (
        exists()
        .select_from(theirs)
        .where(
            Booking.session_id == theirs.id, Booking.person_id == Participation.person_id, theirs.event_id == Event.id
        )
    )
    signed_in = Participation.how_recorded.in_(("code", "kiosk", "self"))
    return or_(Person.admitted_at.is_not(None), signed_in, booked)


def _open(now: datetime, network_ids: Sequence[int], person_id: Any) -> Any:
    invited = exists().where(SurveyInvitation.survey_id == Survey.id, SurveyInvitation.person_id == person_id)
    return (
        select(Survey.id.label("survey_id"), person_id.label("person_id"))
        .join(Event, and_(Survey.subject_kind == SUBJECT, Event.id == Survey.subject_id))
        .join(Session, Session.event_id == Event.id)
        .where(*_is_open(now, network_ids), Survey.opens_at <= now - AFTER, *takes_place(), ~invited)
        .where(Session.cancelled_at.is_(None))
    )


def _is_open(now: datetime, network_ids: Sequence[int]) -> tuple[ColumnElement[bool], ...]:
    return (Survey.network_id.in_(network_ids), Survey.purpose == PURPOSE, Survey.closes_at > now)


def _reachable(query: Any, person_id: Any) -> Any:
    own = (EmailAddress.person_id == Person.id, EmailAddress.is_primary, EmailAddress.bounced_at.is_(None))
    return query.join(Person, Person.id == person_id).where(Person.erased_at.is_(None), exists().where(*own))


def due_again(now: datetime, network_ids: Sequence[int], reminders: int) -> Due:
    """(survey, person): asked three days ago (or seven), silent since, and still one of those whom it is for."""
    again = and_(
        SurveyInvitation.answered_on.is_(None),
        SurveyInvitation.excused_on.is_(None),
        SurveyInvitation.reminders == reminders,
        SurveyInvitation.invited_at <= now - REMINDERS[reminders],
    )
    # After a standstill of the worker both would be due at once.
    rested = (SurveyInvitation.reminded_at.is_(None)) | (SurveyInvitation.reminded_at <= now - BETWEEN)
    query = (
        select(Survey.id.label("survey_id"), SurveyInvitation.person_id)
        .join(SurveyInvitation, SurveyInvitation.survey_id == Survey.id)
        .join(Event, and_(Survey.subject_kind == SUBJECT, Event.id == Survey.subject_id))
        .where(*_is_open(now, network_ids), *takes_place(), again, rested)
        .where(is_asked(Survey.subject_id, SurveyInvitation.person_id))
    )
    return _reachable(query, SurveyInvitation.person_id).order_by(Survey.id, SurveyInvitation.person_id)
