"""Who was there is asked in the evening, once more after three days and after seven, and never after she has answered."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.db import db
from portal.evaluation.operations_answers import say_not_there
from portal.evaluation.operations_asking import ask_for_feedback
from portal.evaluation.queries import evaluation_of
from portal.mail.stopping import stop
from portal.surveys.models import Survey, SurveyInvitation
from portal.web import clock
from tests import cast
from tests.evaluation.evenings import DAY, ENDS, EVENING, STARTS, crowd, evening, mails, opened, say
from tests.events import planned


@pytest.fixture
def asked(in_app):
    """Run the duty at a moment; whom it wrote to since the last time, and how the subject begins."""
    seen = []

    def at(moment):
        clock.freeze(moment)
        with in_app():
            ask_for_feedback()
            rows = [(name, subject.split()[0]) for name, subject, _links in mails()]
        new = rows[len(seen) :]
        seen.extend(new)
        return sorted(new)

    return at


def test_in_the_evening_those_who_came_and_those_whom_nobody_has_marked(asked, in_app):
    with in_app():
        evening(came=("tobi",), held=("leon",), away=("dafydd",))
    assert asked(ENDS + timedelta(minutes=5)) == []
    assert asked(EVENING) == [("Leon", "Your"), ("Tobi", "Your")]
    assert asked(EVENING) == [] and asked(EVENING + timedelta(hours=14)) == []


def test_a_certificate_is_promised_to_whom_one_comes(asked, in_app):
    with in_app():
        evening(came=("tobi",), held=("leon",))
    asked(EVENING)
    with in_app():
        subjects = {name: subject for name, subject, _links in mails()}
    assert subjects["Tobi"] == "Your 2-minute feedback, then your certificate"
    assert subjects["Leon"] == "Your 2-minute feedback"


def test_twice_more_and_then_no_more(asked, in_app):
    with in_app():
        evening()
    asked(EVENING)
    assert asked(EVENING + 2 * DAY) == []
    assert asked(EVENING + 3 * DAY) == [("Leon", "Still"), ("Tobi", "Still")]
    assert asked(EVENING + 6 * DAY) == []
    assert asked(EVENING + 7 * DAY) == [("Leon", "Last"), ("Tobi", "Last")]
    assert asked(EVENING + 14 * DAY) == [] and asked(EVENING + 20 * DAY) == []


def test_whoever_has_answered_is_not_reminded(asked, in_app):
    with in_app():
        event = evening()
    asked(EVENING)
    with in_app():
        say(event, "tobi")
    assert asked(EVENING + 3 * DAY) == [("Leon", "Still")]


def test_whoever_was_not_there_is_not_reminded_and_not_counted(asked, in_app):
    with in_app():
        event = evening(came=("tobi",), held=("leon",))
    asked(EVENING)
    with in_app():
        say_not_there(event, cast.person_id("leon"))
    assert asked(EVENING + 3 * DAY) == [("Tobi", "Still")]


def test_whoever_is_marked_as_away_later_is_left_in_peace(asked, in_app):
    with in_app():
        event = evening(came=("tobi",), held=("leon",))
    asked(EVENING)
    with in_app():
        clock.freeze(EVENING + DAY)
        from tests.letters.test_rules import came

        came(db.session.merge(event.sessions[0]), leon=0)
    assert asked(EVENING + 3 * DAY) == [("Tobi", "Still")]


def test_a_walk_in_who_is_added_the_day_after_is_asked_then(asked, in_app):
    with in_app():
        event = evening(came=("tobi",))
    asked(EVENING)
    with in_app():
        from tests.letters.test_rules import came

        came(db.session.merge(event.sessions[0]), dafydd=60)
    assert asked(EVENING + timedelta(hours=16)) == [("Dafydd", "Your")]


def test_who_was_only_written_down_is_not_written_to_and_who_signed_herself_in_is(asked, in_app):
    from portal.activities.operations import Mark, record_attendance

    with in_app():
        written_down, signed_in = crowd(2)
        event = evening(came=(written_down,))
        record_attendance(event.sessions[0].id, [Mark(signed_in, 90)], signed_in, "code")
    assert [name for name, _subject in asked(EVENING)] == ["Guest"]
    with in_app():
        assert list(db.session.execute(select(SurveyInvitation.person_id)).scalars()) == [signed_in]


def test_nobody_is_written_to_at_night(asked, in_app):
    with in_app():
        evening(starts_at=STARTS + timedelta(hours=3))
    ends = ENDS + timedelta(hours=3)
    assert asked(ends + timedelta(hours=1)) == []
    assert [name for name, _subject in asked(ends + timedelta(hours=12))] == ["Leon", "Tobi"]


def test_a_stop_is_respected_and_the_form_stays_open(asked, in_app):
    with in_app():
        event = evening()
        stop(cast.person_id("tobi"), "event-feedback", None)
    assert asked(EVENING) == [("Leon", "Your")]
    assert asked(EVENING + 3 * DAY) == [("Leon", "Still")]
    with in_app():
        say(event, "tobi")


def test_an_event_without_an_evaluation_and_one_called_off_ask_nobody(asked, in_app):
    with in_app():
        evening(way="none")
        off = evening(title="Off")
        off.cancelled_at = clock.now()
        db.session.commit()
    assert asked(EVENING) == []


def test_a_series_asks_after_its_last_session(asked, in_app):
    with in_app():
        evening(sessions=2)
        # ``evening`` leaves the clock at the end of the last one, and marks the first.
    assert asked(EVENING) == []
    assert [name for name, _subject in asked(EVENING + 7 * DAY)] == ["Leon", "Tobi"]


def test_presenters_and_observers_are_not_asked_what_it_was_worth(asked, in_app):
    from portal.activities.operations import Mark
    from portal.attendance.operations import mark_sheet

    with in_app():
        event = evening(came=("tobi",))
        marks = [Mark(cast.person_id("petra"), 90, "observer"), Mark(cast.person_id("dafydd"), 90, "presenter")]
        mark_sheet(event.sessions[0], marks, "Europe/London", cast.person_id("ines"))
    assert asked(EVENING) == [("Tobi", "Your")]


def test_a_worker_that_stood_still_writes_one_mail_and_then_waits(asked, in_app):
    with in_app():
        evening(came=("tobi",))
    asked(EVENING)
    assert asked(EVENING + 8 * DAY) == [("Tobi", "Still")]
    assert asked(EVENING + 9 * DAY) == []
    assert asked(EVENING + 11 * DAY) == [("Tobi", "Last")]


def test_what_ended_long_ago_is_asked_about_no_more(asked, in_app):
    with in_app():
        evening()
    assert asked(EVENING + 10 * DAY) == []
    with in_app():
        assert db.session.execute(select(Survey)).first() is None


def test_an_evaluation_follows_its_event_until_somebody_is_asked(asked, in_app):
    with in_app():
        event = planned.event()
        survey = opened(event)
        planned.booked(event, "tobi")
        event.sessions[0].starts_at += DAY
        db.session.commit()
        was = survey.closes_at
    assert asked(EVENING) == []
    with in_app():
        survey = evaluation_of(event.id)
        assert (survey.opens_at, survey.closes_at) == (ENDS + DAY, was + DAY)
    assert asked(EVENING + DAY) == [("Tobi", "Your")]


def test_the_duty_done_twice_at_once_asks_once(asked, in_app):
    with in_app():
        evening()
    asked(EVENING)
    with in_app():
        assert len(db.session.execute(select(SurveyInvitation)).all()) == 2
    assert asked(EVENING) == []


def test_with_nothing_due_a_round_asks_little(in_app, queries):
    with in_app():
        evening()
        clock.freeze(EVENING)
        ask_for_feedback()
    with in_app(), queries() as seen:
        ask_for_feedback()
    assert len(seen) <= 8
