"""Did you try it: whom to ask, what she said, and what it comes to for one event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, exists, func, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.expression import column, table

from portal.activities.models import Participation, Use
from portal.activities.queries import affiliations_at
from portal.db import db
from portal.evaluation.models import FollowUp
from portal.evaluation.queries import NOT_TAKING_PART, PURPOSE, SUBJECT
from portal.evaluation.queries_due import speaks_for_herself, takes_place
from portal.events.models import Event, Session
from portal.people.models import EmailAddress, Person
from portal.surveys.models import Survey, SurveyInvitation

_school = table("organisation", column("id", Integer), column("name", String))
FINAL = ("yes", "no")
# Time enough to try it, soon enough to remember. A portal that was off asks about nothing that is older.
AFTER, AT_MOST = timedelta(weeks=6), timedelta(weeks=8)


def due_follow_up(now: datetime, network_ids: Sequence[int]) -> Select[int, int]:
    """(event, person): took part in an event that ended six weeks ago, was not asked yet and has not told of a use."""
    later = aliased(Session, flat=True)
    not_over = (later.event_id == Event.id, later.cancelled_at.is_(None), later.starts_at > now - AFTER)
    goes_on = exists().select_from(later).where(*not_over)
    asked = exists().where(FollowUp.event_id == Event.id, FollowUp.person_id == Participation.person_id)
    told = exists().where(
        Use.subject_kind == SUBJECT, Use.subject_id == Event.id, Use.person_id == Participation.person_id
    )
    return (
        select(Event.id, Participation.person_id)
        .join(Session, Session.event_id == Event.id)
        .join(Participation, Participation.activity_id == Session.id)
        .join(Person, Person.id == Participation.person_id)
        .where(
            Event.network_id.in_(network_ids),
            Session.starts_at <= now - AFTER,
            Session.starts_at > now - AT_MOST,
            Session.cancelled_at.is_(None),
            Participation.minutes > 0,
            Participation.capacity.not_in(NOT_TAKING_PART),
            Person.erased_at.is_(None),
            exists().where(EmailAddress.person_id == Person.id, EmailAddress.is_primary),
            *takes_place(),
            speaks_for_herself(),
            ~goes_on,
            ~asked,
            ~told,
            ~_was_not_there(),
        )
        .distinct()
        .order_by(Event.id, Participation.person_id)
    )


def _was_not_there() -> ColumnElement[bool]:
    """She said so in the evaluation. For a query that joins event and participation."""
    return exists().where(
        SurveyInvitation.survey_id == Survey.id,
        SurveyInvitation.person_id == Participation.person_id,
        SurveyInvitation.excused_on.is_not(None),
        Survey.subject_kind == SUBJECT,
        Survey.subject_id == Event.id,
        Survey.purpose == PURPOSE,
    )


def due_once_more(now: datetime, network_ids: Sequence[int]) -> Select[int, int]:
    """(event, person): said "not yet" a month ago."""
    return (
        select(FollowUp.event_id, FollowUp.person_id)
        .join(Event, Event.id == FollowUp.event_id)
        .join(Person, Person.id == FollowUp.person_id)
        .where(
            FollowUp.ask_again_at <= now,
            Event.network_id.in_(network_ids),
            Person.erased_at.is_(None),
            Event.deleted_at.is_(None),
        )
        .order_by(FollowUp.event_id, FollowUp.person_id)
    )


def follow_up_of(event_id: int, person_id: int) -> FollowUp | None:
    return db.session.get(FollowUp, (event_id, person_id))


def organisation_then(event_id: int, person_id: int, moment: datetime) -> int | None:
    """Where she worked on that day; else where she came from to the event."""
    worked = affiliations_at([person_id], moment).get(person_id)
    if worked:
        return worked
    query = (
        select(Participation.organisation_id)
        .join(Session, Session.id == Participation.activity_id)
        .where(
            Session.event_id == event_id,
            Participation.person_id == person_id,
            Participation.organisation_id.is_not(None),
        )
    )
    return db.session.execute(query.limit(1)).scalar()


def _stands(event_id: int) -> tuple[ColumnElement[bool], ...]:
    return (Use.subject_kind == SUBJECT, Use.subject_id == event_id, Use.withdrawn_at.is_(None))


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of an event in class. ``students`` adds up what was counted in ``counted`` of the ``tried`` returns."""

    asked: int = 0
    told: int = 0
    tried: int = 0
    classes: int = 0
    students: int = 0
    counted: int = 0


def tried_after(event_id: int) -> Tried:
    """How many were asked, answered, tried it, and with how many (one query). Silence is not "no"."""
    asked = select(func.count()).select_from(FollowUp).where(FollowUp.event_id == event_id)
    told = asked.where(FollowUp.answer.in_(FINAL))
    row = db.session.execute(
        select(
            asked.scalar_subquery(), told.scalar_subquery(), func.count(), func.sum(Use.classes),
            func.sum(Use.students), func.count(Use.students),
        ).where(*_stands(event_id))
    ).one()  # fmt: skip
    return Tried(*(int(value or 0) for value in row))


def followed_up(event_id: int) -> tuple[Tried, list[Any], list[str]]:
    """The same with its rows: each use that stands, and why others did not, without names (two queries)."""
    answers = db.session.execute(select(FollowUp.answer, FollowUp.why_not).where(FollowUp.event_id == event_id)).all()
    uses = returns_of(event_id)
    counted = [use.students for use in uses if use.students is not None]
    tried = Tried(
        asked=len(answers),
        told=sum(row.answer in FINAL for row in answers),
        tried=len(uses),
        classes=sum(use.classes for use in uses),
        students=sum(counted),
        counted=len(counted),
    )
    # In the order of the alphabet, which says nothing about who wrote what.
    reasons = sorted((row.why_not for row in answers if row.answer == "no" and row.why_not), key=str.casefold)
    return tried, uses, reasons


def returns_of(event_id: int) -> list[Any]:
    """Each use that stands, the newest first, with who and where; for the coordinators (one query)."""
    return list(
        db.session.execute(
            select(
                Use.used_on, Use.classes, Use.students, Use.what_changed, Use.quote, Use.quote_allowed,
                Person.name.label("person"), _school.c.name.label("school"),
            )
            .join(Person, Person.id == Use.person_id)
            .outerjoin(_school, _school.c.id == Use.organisation_id)
            .where(*_stands(event_id))
            .order_by(Use.used_on.desc(), Use.id.desc())
        )
    )  # fmt: skip
