"""Several do the same in one moment: numbers without a gap or a double, one paper and one mail each, one answer."""

from datetime import timedelta

from sqlalchemy import func, select

from portal.attendance.operations import close_sheet
from portal.certificates.making import make_papers
from portal.certificates.operations import make_certificates
from portal.credit.models import Certificate
from portal.db import db, writing
from portal.evaluation.operations import make_usual
from portal.evaluation.operations_answers import give_feedback
from portal.evaluation.queries import evaluation_of
from portal.events.models import Event, Session
from portal.files.models import StoredFile
from portal.history.queries import lines_about
from portal.mail.models import OutboxMail
from portal.surveys.models import SurveyResponse
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast
from tests.certificates import earned
from tests.events.test_race import all_at_once

AT_ONCE = 6


def an_event(in_app, *people, closed=True):
    with in_app():
        one = earned.event()
        for key in people:
            earned.mark(one, key, 90)
        if closed:
            earned.close(one)
        else:
            clock.freeze(earned.LATER)
        return one.id, one.sessions[0].id, cast.person_id("ines")


def worker(app, do):
    """Something done as a worker does it: with the write lock taken at its start."""

    def job():
        with app.test_request_context(), writing():
            do()

    return job


def test_two_who_press_at_once_issue_everything_once_and_no_number_is_left_out(app, in_app):
    event_id, _session, ines = an_event(in_app, "tobi", "leon", "dafydd")

    def press():
        make_certificates(db.session.get_one(Event, event_id), earned.ZONE, ines)

    assert all_at_once(app, [worker(app, press)] * AT_ONCE) == []
    with in_app():
        numbers = db.session.execute(select(Certificate.number).order_by(Certificate.id)).scalars().all()
    assert numbers == ["2026-000001", "2026-000002", "2026-000003"]


def test_two_workers_make_each_paper_once_and_send_one_mail(app, in_app):
    event_id, _session, ines = an_event(in_app, "tobi", "leon")
    with in_app():
        make_certificates(db.session.get_one(Event, event_id), earned.ZONE, ines)

    def work():
        with app.test_request_context():
            make_papers()

    assert all_at_once(app, [work, work]) == []
    with in_app():
        assert db.session.execute(select(func.count()).select_from(StoredFile)).scalar_one() == 2
        mails = select(func.count()).where(OutboxMail.kind == "certificate")
        assert db.session.execute(mails).scalar_one() == 2


def test_a_sheet_is_closed_once(app, in_app):
    _event, session_id, ines = an_event(in_app, "tobi", closed=False)
    refused = []

    def close():
        try:
            close_sheet(db.session.get_one(Session, session_id), 0, ines)
        except DomainError:
            refused.append(1)

    assert all_at_once(app, [worker(app, close)] * AT_ONCE) == []
    assert len(refused) == AT_ONCE - 1
    with in_app():
        told = [line.sentence for line in lines_about("activity", session_id)]
        assert len([line for line in told if "closed the sheet" in line]) == 1


def test_an_anonymous_answer_sent_many_times_at_once_is_one(app, in_app):
    event_id, session_id, _ines = an_event(in_app, "tobi")
    with in_app():
        event = db.session.get_one(Event, event_id)
        clock.freeze(db.session.get_one(Session, session_id).ends_at + timedelta(hours=2))
        survey = make_usual(event)
        question, wording = survey.questions[0].id, survey.wording
        tobi = cast.person_id("tobi")
        assert evaluation_of(event_id).is_anonymous
    refused = []

    def say():
        try:
            give_feedback(db.session.get_one(Event, event_id), wording, tobi, {question: 4})
        except DomainError:
            refused.append(1)

    assert all_at_once(app, [worker(app, say)] * AT_ONCE) == []
    with in_app():
        assert db.session.execute(select(func.count()).select_from(SurveyResponse)).scalar_one() == 1
    assert len(refused) == AT_ONCE - 1
