"""Two records of one person, each with a row in every table of the events and their hours, become one; and two again."""

import pytest
from sqlalchemy import select

from portal.activities.models import Participation
from portal.attendance.models import AttendanceClaim
from portal.calendars.addresses import Address
from portal.calendars.models import CalendarFeed
from portal.calendars.queries import holder_of
from portal.certificates.operations import make_anew
from portal.certificates.queries_event import certificates_due
from portal.certificates.queries_transcript import Period, transcript_of
from portal.credit.models import OutsideHours
from portal.credit.operations_certificates import void
from portal.credit.queries_certificates import certificates_of
from portal.db import Base, db
from portal.evaluation.models import FollowUp
from portal.events.models import Booking, Event
from portal.history.merging import merge_records, take_apart
from portal.surveys.models import SurveyInvitation
from portal.web.errors import DomainError
from tests import cast
from tests.events import planned
from tests.people.everywhere import a_person, fill, scene_of


def two_records():
    """The event's id, the record that is kept and the one that goes."""
    scene = scene_of(planned.event(starts_at=planned.LAST_THURSDAY), planned.kind_of_credit())
    kept, gone = a_person(), a_person("Hazel A. Nutbourne", "h.nutbourne@school.example")
    fill(scene, kept, "00010", minutes=60)
    fill(scene, gone, "00020", minutes=90)
    db.session.get_one(Event, scene.event_id).sessions[0].held_at = cast.NOW
    db.session.flush()
    return scene.event_id, kept, gone


def hers(model, person_id, *where):
    return list(db.session.execute(select(model).where(model.person_id == person_id, *where)).scalars())


def snapshot():
    """Every row that merging may touch, without the number that only counts changes."""
    left = {"history_line", "merge", "handled_form"}
    return {
        table.name: sorted(
            repr({key: value for key, value in row.items() if key != "row_version"})
            for row in db.session.execute(select(table)).mappings()
        )
        for table in Base.metadata.sorted_tables
        if table.name not in left
    }


def test_nothing_stands_twice_and_nothing_is_lost(in_app):
    with in_app():
        _event_id, kept, gone = two_records()
        merge_records("person", kept, gone, {}, cast.person_id("ines"))
        assert [row.minutes for row in hers(Participation, kept)] == [90]
        assert len(hers(Booking, kept, Booking.cancelled_at.is_(None))) == 1
        assert len(hers(AttendanceClaim, kept, AttendanceClaim.answered_at.is_(None))) == 1
        assert len(hers(SurveyInvitation, kept)) == 2 and len(hers(FollowUp, kept)) == 1
        assert len(hers(OutsideHours, kept)) == 2 and len(hers(CalendarFeed, kept)) == 1
        left = {
            table.name
            for table in Base.metadata.sorted_tables
            if "person_id" in table.columns and table.name != "history_line"
            if db.session.execute(select(table).where(table.c.person_id == gone)).first()
        }
        assert left == set()


def test_it_can_be_taken_apart_to_the_last_column(in_app):
    with in_app():
        _event_id, kept, gone = two_records()
        before = snapshot()
        merge = merge_records("person", kept, gone, {}, cast.person_id("ines"))
        take_apart(merge)
        db.session.flush()
        assert snapshot() == before


def test_one_attendance_under_two_records_is_credited_once(in_app):
    with in_app():
        event_id, kept, gone = two_records()
        merge_records("person", kept, gone, {}, cast.person_id("ines"))
        [total] = transcript_of(kept, Period()).totals
        assert total.minutes == 90
        # Whoever runs the event sees that two papers say the same, and can void one.
        due = certificates_due(db.session.get_one(Event, event_id), "Europe/London")
        assert due.disagreeing > 0


def test_an_address_of_a_calendar_that_ended_does_not_come_back_with_the_other_record(in_app):
    with in_app():
        _event_id, kept, gone = two_records()
        for row, version in ((hers(CalendarFeed, kept)[0], 2), (hers(CalendarFeed, gone)[0], 5)):
            row.version = version
        db.session.flush()
        assert holder_of(Address(gone, 0, 2)) is None
        merge_records("person", kept, gone, {}, cast.person_id("ines"))
        assert holder_of(Address(gone, 0, 2)) is None
        assert holder_of(Address(gone, 0, 5)) and not holder_of(Address(gone, 0, 1))


def test_the_older_of_two_papers_can_be_voided_and_makes_no_third(in_app):
    with in_app():
        event_id, kept, gone = two_records()
        merge_records("person", kept, gone, {}, cast.person_id("ines"))
        event = db.session.get_one(Event, event_id)
        event.sessions[0].attendance_closed_at = cast.NOW
        older = [one for one in certificates_of(kept) if one.number < "2026-000200"]
        void(older[0], "It stands twice.", cast.person_id("ines"))
        assert [line.certificate for line in all_lines(event) if line.is_twin] == older[1:]
        with pytest.raises(DomainError, match="Void it instead"):
            make_anew(older[1], event, "Europe/London", cast.person_id("ines"))


def all_lines(event):
    return [line for person in certificates_due(event, "Europe/London").people for line in person.lines]
