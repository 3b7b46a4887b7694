"""Reminders go to those who hold a place, a week and a day ahead, each once, and never at night."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.activities.operations import Mark
from portal.attendance.operations import mark_sheet
from portal.db import db
from portal.events.models import Session
from portal.events.operations_reminders import remind
from portal.mail.models import OutboxMail
from portal.mail.stopping import stop
from portal.web import clock
from tests import cast
from tests.events import planned


@pytest.fixture
def reminded(in_app):
    """Run the duty at a moment; whom it wrote to since the last time, and about what."""
    seen = set()

    def at(moment):
        clock.freeze(moment)
        with in_app():
            remind()
            rows = select(OutboxMail.id, OutboxMail.to_name, OutboxMail.subject).where(
                OutboxMail.kind.startswith("event-")
            )
            new = [row for row in db.session.execute(rows) if row.id not in seen]
        seen.update(row.id for row in new)
        return sorted((row.to_name.split()[0], row.subject.partition(":")[0].partition("?")[0]) for row in new)

    return at


@pytest.fixture
def session(in_app):
    with in_app():
        event = planned.event(capacity=2)
        planned.booked(event, "tobi", "leon", "dafydd")
        made = event.sessions[0]
        return made.id, made.starts_at


def noon(moment, days):
    return (moment - timedelta(days=days)).replace(hour=12)


def test_a_week_and_a_day_ahead_each_once(reminded, session):
    _id, starts_at = session
    assert reminded(noon(starts_at, 9)) == []
    assert reminded(noon(starts_at, 6)) == [("Leon", "In a week"), ("Tobi", "In a week")]
    assert reminded(noon(starts_at, 6)) == [] and reminded(noon(starts_at, 5)) == []
    assert reminded(starts_at - timedelta(hours=20)) == []
    assert reminded(starts_at - timedelta(hours=6)) == [("Leon", "Tomorrow"), ("Tobi", "Tomorrow")]


def test_who_stopped_reminders_gets_none(reminded, session, in_app):
    with in_app():
        stop(cast.person_id("tobi"), "event-reminder", None)
    assert reminded(noon(session[1], 6)) == [("Leon", "In a week")]


def test_who_is_not_marked_is_asked_and_who_is_is_not(reminded, session, in_app):
    session_id, starts_at = session
    clock.freeze(starts_at + timedelta(hours=2))
    with in_app():
        mark_sheet(
            db.session.get_one(Session, session_id),
            [Mark(cast.person_id("leon"), 90)],
            "Europe/London",
            cast.person_id("ines"),
        )
    assert reminded((starts_at + timedelta(days=1)).replace(hour=11)) == [("Tobi", "Were you there")]
    assert reminded((starts_at + timedelta(days=2)).replace(hour=11)) == []


def test_the_clock_set_back_reminds_nobody_twice(reminded, session):
    assert len(reminded(noon(session[1], 5))) == 2
    assert reminded(noon(session[1], 6)) == []
