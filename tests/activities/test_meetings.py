"""A meeting in the ledger, as the rooms that log meetings write it down and put it right."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.activities.meetings import Met
from portal.activities.models import Activity, Participation
from portal.activities.operations_meetings import corrections, note_who_was_there
from portal.db import db
from tests import cast

NOON = datetime(2026, 11, 12, 12, tzinfo=UTC)
ZONE = "Europe/London"


@pytest.fixture
def meeting(in_app):
    with in_app():
        made = Activity(network_id=1, title="A meeting", starts_at=NOON, minutes=30, created_at=NOON)
        db.session.add(made)
        db.session.flush()
        yield made


def there(meeting):
    db.session.flush()
    rows = db.session.execute(select(Participation).where(Participation.activity_id == meeting.id)).scalars()
    return {row.person_id: (row.capacity, row.organisation_id, row.minutes) for row in rows}


def test_whoever_is_said_to_have_been_there_stands_in_the_ledger_and_nobody_else(meeting):
    ines, tobi, leon = (cast.person_id(name) for name in ("ines", "tobi", "leon"))
    note_who_was_there(meeting, {tobi: "mentor", leon: "mentee"}, ines, {tobi: 1, leon: 2})
    assert there(meeting) == {tobi: ("mentor", 1, 30), leon: ("mentee", 2, 30)}
    meeting.minutes = 45
    note_who_was_there(meeting, {tobi: "mentee"}, ines, {tobi: 2})
    assert there(meeting) == {tobi: ("mentor", 1, 45)}, "who was noted keeps her place"


def test_a_correction_tells_both_figures_of_what_it_changes(meeting):
    assert corrections(meeting, Met(NOON, 30), ZONE) == {"changed": {}}
    both = corrections(meeting, Met(NOON - timedelta(days=1), 45), ZONE)
    assert both == {
        "minutes": {"before": 30, "after": 45},
        "redated": {"before": "2026-11-12", "after": "2026-11-11"},
    }
