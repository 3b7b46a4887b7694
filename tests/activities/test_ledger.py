"""The ledger itself: marks, corrections, and what it refuses."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from portal.activities.models import Activity, Participation
from portal.activities.operations import Mark, record_attendance
from portal.activities.queries import affiliations_at, minutes_of
from portal.db import db
from portal.people.models import Affiliation
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast
from tests.events import planned


@pytest.fixture
def session(in_app):
    with in_app():
        one = planned.event().sessions[0]
        clock.freeze(planned.NEXT_THURSDAY)
        yield one


def test_marks_are_new_once_and_corrections_after(session):
    ines, tobi = cast.person_id("ines"), cast.person_id("tobi")
    first = record_attendance(session.id, [Mark(tobi, 90)], ines)
    again = record_attendance(session.id, [Mark(tobi, 90)], ines)
    changed = record_attendance(session.id, [Mark(tobi, 45)], ines)
    assert [(one.new, one.corrected) for one in (first, again, changed)] == [(1, 0), (0, 0), (0, 1)]
    assert minutes_of(session.id) == {tobi: 45}


@pytest.mark.parametrize("mark", [{"minutes": -1}, {"minutes": 1441}, {"minutes": 90, "capacity": "king"}])
def test_nonsense_is_refused_and_nothing_is_written(session, mark):
    session_id = session.id
    with pytest.raises(DomainError):
        record_attendance(session_id, [Mark(cast.person_id("leon"), 90), Mark(cast.person_id("tobi"), **mark)], 1)
    assert db.session.execute(select(Participation)).first() is None


def test_nobody_was_at_what_was_called_off(session):
    db.session.get(Activity, session.id).cancelled_at = clock.now()
    with pytest.raises(DomainError):
        record_attendance(session.id, [Mark(cast.person_id("tobi"), 90)], 1)


def test_the_school_is_the_one_of_that_day(session):
    tobi = cast.person_id("tobi")
    old = db.session.execute(select(Affiliation).where(Affiliation.person_id == tobi)).scalar_one()
    old.ended_on = datetime(2026, 10, 31, tzinfo=UTC).date()
    new = Affiliation(
        person_id=tobi, organisation_id=old.organisation_id + 1, started_on=datetime(2026, 11, 1, tzinfo=UTC).date()
    )
    db.session.add(new)
    db.session.flush()
    assert affiliations_at([tobi], datetime(2026, 10, 1, tzinfo=UTC)) == {tobi: old.organisation_id}
    assert affiliations_at([tobi], planned.NEXT_THURSDAY) == {tobi: new.organisation_id}
