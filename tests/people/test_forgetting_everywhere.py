"""Whoever deletes herself is gone from every column of every table, and what was counted stays counted."""

import json

from sqlalchemy import func, select

from portal.attendance.models import AttendanceClaim
from portal.calendars.models import CalendarFeed
from portal.credit.models import Certificate, OutsideHours
from portal.db import Base, db
from portal.events.signed import booking_token
from portal.people.operations_leaving import erase_person
from tests.events import planned
from tests.people import everywhere
from tests.people.everywhere import a_person, fill, scene_of


def found_anywhere(*words):
    """(table, column, value) of every cell of the database that holds one of the words."""
    hits = []
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(select(table)).mappings():
            for name, value in row.items():
                text = value if isinstance(value, str) else json.dumps(value, default=str)
                if any(word.casefold() in text.casefold() for word in words):
                    hits.append((table.name, name, text))
    return hits


def count(model, *where):
    return db.session.execute(select(func.count()).select_from(model).where(*where)).scalar_one()


def test_nothing_of_her_is_left_in_any_table(in_app):
    with in_app():
        scene = scene_of(planned.event(starts_at=planned.LAST_THURSDAY), planned.kind_of_credit())
        hazel = a_person()
        fill(scene, hazel, "00090")
        assert len({table for table, _column, _value in found_anywhere("Nutbourne")}) > 7
        erase_person(hazel)
        db.session.flush()
        assert found_anywhere("Nutbourne", "hazel") == []
        # What an event's figures stand on stays; what only she could answer or read does not.
        assert count(Certificate, Certificate.person_id == hazel) == 2
        assert count(OutsideHours) == count(CalendarFeed) == 0
        assert count(AttendanceClaim, AttendanceClaim.answered_at.is_(None)) == 0


def test_every_table_that_tells_of_a_person_is_looked_at(in_app):
    """A table of this kind that comes later has to be filled above."""
    with in_app():
        scene = scene_of(planned.event(starts_at=planned.LAST_THURSDAY), planned.kind_of_credit())
        hazel = a_person()
        fill(scene, hazel, "00090")
        rooms = (
            "booking",
            "session",
            "survey",
            "certificate",
            "outside",
            "follow",
            "calendar",
            "attendance",
            "participation",
        )
        wanted = {
            table.name
            for table in Base.metadata.sorted_tables
            if table.name.startswith(rooms) and "person_id" in table.columns
        }
        filled = {
            name
            for name in wanted
            if db.session.execute(
                select(Base.metadata.tables[name]).where(Base.metadata.tables[name].c.person_id == hazel)
            ).first()
        }
    assert filled == wanted and everywhere.NAME


def test_the_link_of_her_booking_opens_nothing_any_more(client, in_app):
    with in_app():
        event = planned.event(starts_at=planned.LAST_THURSDAY)
        shown = planned.paper(event, readers="coming")
        hazel = a_person()
        fill(scene_of(event, planned.kind_of_credit()), hazel, "00090")
        link, paper, session = f"/e/{booking_token(event.id, hazel)}", shown.id, event.sessions[0].id
        db.session.commit()
    with client.get(f"{link}/papers/{paper}") as answer:
        assert answer.status_code == 200
    with in_app():
        erase_person(hazel)
    for page in ("", f"/papers/{paper}", "/calendar.ics", f"/{session}.ics"):
        assert client.get(link + page).status_code == 404, page
    assert client.post(f"{link}/words", data={"needs": "Nutbourne ramp"}).status_code == 404
    with in_app():
        assert found_anywhere("Nutbourne") == []
