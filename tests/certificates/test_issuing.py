"""Issuing: who gets which certificate, once; what stands on it; and what waits for a sheet or an evaluation."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from portal.activities.models import Activity, Participation
from portal.attendance.operations import close_sheet
from portal.certificates.operations import make_anew, make_certificates
from portal.certificates.queries_event import certificates_due
from portal.credit.models import Certificate
from portal.credit.operations_certificates import void
from portal.db import db
from portal.evaluation.hooks import answered
from portal.people.models import Person
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast
from tests.certificates import earned
from tests.events import planned


def make(one):
    return make_certificates(one, earned.ZONE, cast.person_id("ines"))


def held(key, **where):
    query = select(Certificate).where(Certificate.person_id == cast.person_id(key), Certificate.voided_at.is_(None))
    return {one.kind: one for one in db.session.execute(query.filter_by(**where)).scalars()}


def why_not(one, key):
    [person] = certificates_due(one, earned.ZONE, cast.person_id(key)).people
    return [reason for line in person.lines if line.earned for reason in line.earned.why_not]


def test_attendance_for_everybody_and_credit_where_the_rules_hold(in_app):
    with in_app():
        one = earned.event()
        earned.credit(one, earned.kind())
        earned.mark(one, "tobi", 90)
        earned.mark(one, "leon", 50)
        earned.mark(one, "dafydd", 0)
        earned.close(one)
        assert make(one) == 3
        assert set(held("tobi")) == {"attendance", "credit"} and set(held("leon")) == {"attendance"}
        assert held("dafydd") == {}
        assert why_not(one, "leon") == ["there for 50 of 90 minutes; 75% are needed"]


def test_the_paper_states_what_practice_asks_for(in_app):
    with in_app():
        one = earned.event()
        earned.credit(one, earned.kind(), fee="£12, paid")
        start = planned.LAST_THURSDAY
        there = {"arrived_at": start - timedelta(minutes=2), "left_at": start + timedelta(minutes=80)}
        earned.mark(one, "tobi", 80, **there)
        earned.mark(one, "dafydd", 90, capacity="facilitator")
        earned.close(one)
        make(one)
        paper = held("tobi")["credit"]
        assert (paper.name, paper.title, paper.objectives) == (
            "Tobi Larkhill",
            "Build a hand",
            "Modelling tendons and joints.",
        )
        assert (paper.minutes, paper.credited_minutes, paper.most_minutes) == (80, 75, 90)
        [session] = paper.sessions
        assert session == {
            "on": "Thursday 5 November 2026", "starts": "5:00", "ends": "6:30 pm",
            "place": f"{planned.PLACE} and online", "minutes": 80, "most": 90, "arrived": "4:58 pm", "left": "6:20 pm",
        }  # fmt: skip
        said = paper.printed
        assert (said["provider"], said["provider_number"], said["in_service_number"]) == (
            "Lakes ESD",
            "2231",
            "TT-26-0417",
        )
        assert (said["instructor_as"], said["instructor"]) == ("Led by", "Dafydd Okonjo-Reeve, Brackenhythe Academy")
        assert (said["signed_by"], said["signed_as"]) == ("Ines Quarrie", "Coordinator")
        assert (said["statement"], said["fee"]) == ("I affirm that she was there.", "£12, paid")
        assert said["blank_line"] == "Certificate no."
        assert (said["approved_on"], said["checked_on"]) == ("28 October 2026", "25 Nov 2026")
        assert paper.started_on == paper.ended_on == date(2026, 11, 5)


def test_making_again_makes_only_what_is_missing(in_app):
    with in_app():
        one = earned.event()
        earned.mark(one, "tobi", 90)
        earned.close(one)
        assert make(one) == 1
        assert make(one) == 0
        void(held("tobi")["attendance"], "Signed in for somebody else", cast.person_id("ines"))
        assert make(one) == 1
        numbers = list(db.session.execute(select(Certificate.number).order_by(Certificate.id)).scalars())
        assert numbers == ["2026-000001", "2026-000002"]


def test_numbers_have_no_gaps_and_begin_anew_each_year(in_app):
    with in_app():
        one = earned.event()
        for key in ("tobi", "leon", "dafydd"):
            earned.mark(one, key, 90)
        earned.close(one)
        make(one)
        clock.freeze(datetime(2027, 1, 4, 9, tzinfo=UTC))
        other = earned.event(title="Bridges")
        earned.mark(other, "tobi", 90)
        earned.close(other)
        make(other)
        numbers = list(db.session.execute(select(Certificate.number).order_by(Certificate.id)).scalars())
        assert numbers == ["2026-000001", "2026-000002", "2026-000003", "2027-000001"]
        codes = list(db.session.execute(select(Certificate.check_code)).scalars())
        assert len(set(codes)) == 4 and all(len(code) == 8 and not set(code) & set("01OIL") for code in codes)


def test_nothing_is_made_while_a_session_is_ahead_or_a_sheet_is_open(in_app):
    with in_app():
        one = earned.event(sessions=2)
        earned.mark(one, "tobi", 90)
        clock.freeze(earned.LATER)
        with pytest.raises(DomainError, match="Close the sheets first"):
            make(one)
        assert len(certificates_due(one, earned.ZONE).waits_for) == 2


def test_a_session_that_was_called_off_keeps_nobody_waiting_and_counts_for_nothing(in_app):
    with in_app():
        one = earned.event(sessions=2)
        earned.mark(one, "tobi", 90)
        last = one.sessions[1].id
        db.session.execute(update(Activity).where(Activity.id == last).values(cancelled_at=clock.now()))
        db.session.commit()
        db.session.expire_all()
        clock.freeze(earned.LATER)
        close_sheet(one.sessions[0], 0, cast.person_id("ines"))
        make(one)
        assert held("tobi")["attendance"].most_minutes == 90


def test_credit_needs_an_approval_from_before_the_start(in_app):
    with in_app():
        one = earned.event()
        earned.credit(one, earned.kind(), approved_on=date(2026, 11, 6))
        earned.mark(one, "tobi", 90)
        earned.close(one)
        make(one)
        assert set(held("tobi")) == {"attendance"}
        assert why_not(one, "tobi") == ["approved after it began"]


def test_the_evaluation_is_the_last_thing_missing_and_brings_the_certificate(in_app):
    with in_app():
        one = earned.event()
        earned.credit(one, earned.kind(), needs_evaluation=True)
        earned.mark(one, "tobi", 90)
        earned.close(one)
        make(one)
        assert why_not(one, "tobi") == ["the evaluation is not in"]
        earned.evaluated(one, "tobi")
        doors = answered(one.id, cast.person_id("tobi"))
        assert [str(label) for label, _url in doors] == [
            "Your certificate of clock hours",
            "Your certificate of attendance",
        ]
        assert all("/a/certificate-" in url for _label, url in doors)
        assert set(held("tobi")) == {"attendance", "credit"}
        answered(one.id, cast.person_id("tobi"))
        assert db.session.query(Certificate).count() == 2


def test_an_evaluation_before_the_sheet_is_closed_makes_nothing_yet(in_app):
    with in_app():
        one = earned.event()
        earned.mark(one, "tobi", 90)
        earned.evaluated(one, "tobi")
        assert answered(one.id, cast.person_id("tobi")) == []


def test_observers_and_presenters_get_one_that_says_so_and_no_credit(in_app):
    with in_app():
        one = earned.event()
        earned.credit(one, earned.kind(), least_share=0)
        earned.mark(one, "petra", 60, capacity="observer")
        earned.mark(one, "dafydd", 90, capacity="presenter")
        earned.close(one)
        make(one)
        assert {kind: paper.capacity for kind, paper in held("petra").items()} == {"attendance": "observer"}
        assert {kind: paper.capacity for kind, paper in held("dafydd").items()} == {"attendance": "presenter"}


def test_a_series_is_completed_from_the_share_that_the_event_sets(in_app):
    with in_app():
        one = earned.event(sessions=3, completed_share=60)
        for place in range(2):
            earned.mark(one, "tobi", 90, place)
        earned.mark(one, "leon", 90)
        earned.close(one)
        make(one)
        # The third evening was empty, so two took place.
        assert held("tobi")["attendance"].printed["completed"] is True
        assert held("leon")["attendance"].printed["completed"] is False


def test_a_corrected_minute_makes_the_certificate_differ_until_it_is_made_anew(in_app):
    with in_app():
        one = earned.event()
        earned.mark(one, "tobi", 90)
        earned.close(one)
        make(one)
        old = held("tobi")["attendance"]
        db.session.execute(update(Participation).values(minutes=60))
        db.session.commit()
        assert certificates_due(one, earned.ZONE).disagreeing == 1
        assert make(one) == 0
        new = make_anew(old, one, earned.ZONE, cast.person_id("ines"))
        assert (new.minutes, old.replaced_by_id, old.void_reason) == (60, new.id, "the attendance was corrected")
        assert certificates_due(one, earned.ZONE).disagreeing == 0


def test_what_is_due_no_more_can_only_be_voided(in_app):
    with in_app():
        one = earned.event()
        earned.credit(one, earned.kind())
        earned.mark(one, "tobi", 90)
        earned.mark(one, "leon", 90)
        earned.close(one)
        make(one)
        paper = held("tobi")["credit"]
        tobi = Participation.person_id == cast.person_id("tobi")
        db.session.execute(update(Participation).where(tobi).values(minutes=10))
        db.session.commit()
        with pytest.raises(DomainError, match="Void it instead"):
            make_anew(paper, one, earned.ZONE, cast.person_id("ines"))


def test_it_speaks_its_readers_language(in_app):
    with in_app():
        one = earned.event()
        db.session.get_one(Person, cast.person_id("tobi")).locale = "en_US"
        db.session.commit()
        earned.mark(one, "tobi", 90)
        earned.close(one)
        make(one)
        paper = held("tobi")["attendance"]
        assert (paper.locale, paper.sessions[0]["on"]) == ("en_US", "Thursday, November 5, 2026")
