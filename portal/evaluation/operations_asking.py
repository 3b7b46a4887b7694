"""The worker's part: evaluations are made when the last session is over, people are asked, and those who are silent twice more."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Row

from portal.db import db, operation, writing
from portal.evaluation import letters
from portal.evaluation.operations import follow_event, make_usual
from portal.evaluation.queries import last_end
from portal.evaluation.queries_due import (
    REMINDERS,
    Due,
    due_again,
    due_first,
    events_over,
    networks_by_day,
    surveys_before_asking,
)
from portal.events.models import Event
from portal.events.queries_letters import Sender, person_to_write, sender_of
from portal.mail.queries import has_stopped
from portal.surveys.models import Survey
from portal.surveys.operations_answers import invite
from portal.surveys.queries import invitation_of
from portal.web import clock
from portal.web.housekeeping import each_round

BATCH = 50


def ask_for_feedback() -> int:
    """All that is due, in small transactions; returns how many were asked. Done at each round of the worker."""
    now = clock.now()
    prepare(now)
    networks = networks_by_day()
    asked = _in_batches(due_first(now, networks), _ask_batch) if networks else 0
    for reminders in range(len(REMINDERS)) if networks else ():
        asked += _in_batches(due_again(now, networks, reminders), _remind_batch)
    return asked


def prepare(now: datetime) -> None:
    """An event that is over gets its evaluation; one that moved before anybody was asked takes it along."""
    over = [event.id for event in events_over(now) if (last_end(event) or now) < now]
    moved = [
        (survey.id, event.id) for survey, event in surveys_before_asking(now) if survey.opens_at != last_end(event)
    ]
    if over:
        with writing():
            _make(over)
    if moved:
        with writing():
            _move(moved)


@operation
def _make(event_ids: Sequence[int]) -> None:
    for event_id in event_ids:
        make_usual(db.session.get_one(Event, event_id))


@operation
def _move(pairs: Sequence[tuple[int, int]]) -> None:
    for survey_id, event_id in pairs:
        follow_event(db.session.get_one(Event, event_id), db.session.get_one(Survey, survey_id))


def _in_batches(query: Due, write: Callable[[Sequence[Row[int, int]]], int]) -> int:
    """Each batch is a transaction, and takes its people out of what is due."""
    asked = 0
    while db.session.execute(query.limit(1)).first():
        with writing():
            asked += write(db.session.execute(query.limit(BATCH)).all())
    return asked


@operation
def _ask_batch(rows: Sequence[Row[int, int]]) -> int:
    by_survey: dict[int, list[int]] = {}
    for survey_id, person_id in rows:
        by_survey.setdefault(survey_id, []).append(person_id)
    for survey_id, people in by_survey.items():
        survey, event, sender = _about(survey_id)
        for person_id in invite(survey, people):
            _write(survey, event, sender, person_id, 0)
    return len(rows)


@operation
def _remind_batch(rows: Sequence[Row[int, int]]) -> int:
    for survey_id, person_id in rows:
        survey, event, sender = _about(survey_id)
        invitation = invitation_of(survey_id, person_id)
        if invitation and not invitation.answered_on:
            # Noted for whoever stopped these too: she is not looked at again.
            invitation.reminders, invitation.reminded_at = invitation.reminders + 1, clock.now()
            _write(survey, event, sender, person_id, invitation.reminders)
    return len(rows)


def _about(survey_id: int) -> tuple[Survey, Event, Sender]:
    survey = db.session.get_one(Survey, survey_id)
    event = db.session.get_one(Event, survey.subject_id)
    return survey, event, sender_of(event)


def _write(survey: Survey, event: Event, sender: Sender, person_id: int, reminders: int) -> None:
    to = person_to_write(person_id)
    if to and not has_stopped(person_id, "event-feedback", event.network_id):
        letters.ask_for_feedback(survey, event, to, sender, reminders)


each_round(ask_for_feedback)
