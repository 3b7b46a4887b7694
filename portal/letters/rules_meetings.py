"""Meetings: came, booked, answered, stayed away. Without a mark on the sheet nobody knows, and nothing is guessed."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, and_, or_, select

from portal.activities.models import Activity, Participation
from portal.db import db
from portal.evaluation.queries import PURPOSE, SUBJECT
from portal.events.models import Booking, Event, Session
from portal.letters.conditions import took_part, true_of_her
from portal.letters.rules import Part, Rule, Span, declare
from portal.people.models import Person
from portal.surveys.models import Survey, SurveyInvitation
from portal.web.dates import short_day
from portal.web.numbers import number_of

MOST_SESSIONS = 80


def _sessions(span: Span, answer: str) -> Select[int]:
    """The ids of the sessions of an answer: ``e12`` is all of an event, ``s34`` one session. Ours only."""
    number = number_of(answer[1:])
    which = Session.event_id == number if answer[:1] == "e" else Session.id == number
    return (
        select(Session.id)
        .join(Event, Event.id == Session.event_id)
        .where(which, Event.network_id.in_(span.network_ids), Event.deleted_at.is_(None))
    )


def _came(span: Span, answer: str) -> ColumnElement[bool]:
    return took_part(Activity.id.in_(_sessions(span, answer)))


def _booked(span: Span, answer: str) -> ColumnElement[bool]:
    """She holds a place or waits for one."""
    return true_of_her(
        Booking.person_id == Person.id, Booking.cancelled_at.is_(None), Booking.session_id.in_(_sessions(span, answer))
    )


def _answered(span: Span, answer: str) -> ColumnElement[bool]:
    """She booked, gave a place back, or said that she can't come: whichever, she needs no invitation."""
    return true_of_her(Booking.person_id == Person.id, Booking.session_id.in_(_sessions(span, answer)))


def _stayed_away(span: Span, answer: str) -> ColumnElement[bool]:
    """She held a place and is marked as not there. Without a mark nobody knows, and nothing is guessed."""
    return true_of_her(
        Booking.person_id == Person.id,
        Booking.cancelled_at.is_(None),
        Booking.waiting_since.is_(None),
        Booking.session_id.in_(_sessions(span, answer)),
        Participation.activity_id == Booking.session_id,
        Participation.person_id == Person.id,
        Participation.minutes == 0,
    )


def _not_evaluated(span: Span, answer: str) -> ColumnElement[bool]:
    """She took part, and neither answered the evaluation nor said that she was not there. What she answered nobody asks."""
    of_event = (
        Survey.subject_kind == SUBJECT,
        Survey.purpose == PURPOSE,
        Survey.subject_id.in_(select(Session.event_id).where(Session.id.in_(_sessions(span, answer)))),
    )
    done = or_(SurveyInvitation.answered_on.is_not(None), SurveyInvitation.excused_on.is_not(None))
    hers = (SurveyInvitation.survey_id == Survey.id, SurveyInvitation.person_id == Person.id, done)
    asks = true_of_her(*of_event, Event.id == Survey.subject_id, Event.evaluation != "none")
    return and_(took_part(Activity.id.in_(_sessions(span, answer))), asks, ~true_of_her(*of_event, *hers))


def _events(span: Span, answers: Sequence[str]) -> Mapping[str, str]:
    """The published events of late and ahead with their dates, and each session where there are several; newest first."""
    found = span.once("events", lambda: _named(_event_rows(span)))
    missing = [one for one in answers if one not in found]
    return {**found, **_named(_event_rows(span, missing))} if missing else found


def _named(rows: Sequence[Any]) -> dict[str, str]:
    by_event: dict[int, list[Any]] = {}
    for row in rows:
        by_event.setdefault(row.event_id, []).append(row)
    found: dict[str, str] = {}
    for event_id, sessions in by_event.items():
        first = sessions[-1]
        found[f"e{event_id}"] = _("“%(title)s”, %(day)s", title=first.title, day=short_day(first.starts_at))
        for row in reversed(sessions if len(sessions) > 1 else []):
            found[f"s{row.id}"] = _(
                "“%(title)s”, session %(number)s, %(day)s",
                title=row.title,
                number=row.position,
                day=short_day(row.starts_at),
            )
    return found


def _event_rows(span: Span, answers: Sequence[str] = ()) -> list[Any]:
    ours = (
        select(Session.id, Session.event_id, Session.position, Session.starts_at, Event.title)
        .join(Event, Event.id == Session.event_id)
        .where(Event.network_id.in_(span.network_ids), Event.deleted_at.is_(None), Event.published_at.is_not(None))
        .order_by(Session.starts_at.desc(), Session.id.desc())
    )
    if answers:
        asked = or_(*(Session.id.in_(_sessions(span, one)) for one in answers))
        return list(db.session.execute(ours.where(Session.event_id.in_(select(Session.event_id).where(asked)))))
    return list(db.session.execute(ours.limit(MOST_SESSIONS)))


def _about_events(key: str, label: Any, sentence: Any, holds: Any, negative: bool = False) -> Rule:
    return Rule(key, label, sentence, holds, _events, Part.CAME, negative=negative, room="events")


for _rule in (
    _about_events("came", _l("Came to"), _l("came to %(what)s"), _came),
    _about_events("missed", _l("Did not come to"), _l("did not come to %(what)s"), _came, negative=True),
    _about_events("booked", _l("Booked for"), _l("booked for %(what)s"), _booked),
    _about_events("unbooked", _l("Not booked for"), _l("has not booked for %(what)s"), _booked, negative=True),
    _about_events(
        "silent",
        _l("Has not answered about"),
        _l("has neither booked nor said no to %(what)s"),
        _answered,
        negative=True,
    ),
    _about_events(
        "unevaluated",
        _l("Came, and has not said how it was"),
        _l("came to %(what)s and has not said how it was"),
        _not_evaluated,
    ),
    _about_events("away", _l("Booked and did not come to"), _l("booked for %(what)s and was not there"), _stayed_away),
):
    declare(_rule)
