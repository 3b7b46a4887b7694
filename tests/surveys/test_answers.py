"""A survey about anything: it knows no events, only whom it asks, from when until when."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.db import db
from portal.history.merging import merge_records
from portal.surveys.models import SurveyInvitation, SurveyResponse
from portal.surveys.operations import About, Asked, change_survey, change_window, close_survey, make_survey
from portal.surveys.operations_answers import answer, excuse, invite
from portal.surveys.queries import invitation_of, survey_about, who_answered
from portal.surveys.results import results_of
from portal.web import clock
from portal.web.errors import Conflict, DomainError
from tests import cast

WEEK = timedelta(days=7)
TWO = (Asked("It helped.", "reaction", "agree"), Asked("What else?", "open", "words"))


def made(anonymous=True, questions=TWO, opens=timedelta(0), lasts=WEEK):
    about = About(cast.network_id(), "yearly", "network", cast.network_id(), "The year")
    now = clock.now()
    return make_survey(about, questions, anonymous, now + opens, now + opens + lasts, cast.person_id("ines"))


def says(survey, who, step=4, words=""):
    first, second = survey.questions
    answer(survey, survey.wording, cast.person_id(who), {first.id: step, second.id: words})


def test_whoever_was_not_asked_can_not_answer(in_app):
    with in_app():
        survey = made()
        with pytest.raises(DomainError, match="not asked"):
            says(survey, "tobi")


def test_asked_twice_is_asked_once(in_app):
    with in_app():
        survey, tobi = made(), cast.person_id("tobi")
        assert invite(survey, [tobi, tobi]) == [tobi] and invite(survey, [tobi]) == []


def test_who_answered_is_known_and_what_is_not(in_app):
    with in_app():
        survey = made()
        invite(survey, [cast.person_id("tobi"), cast.person_id("leon")])
        says(survey, "tobi")
        assert who_answered("network", cast.network_id(), "yearly") == {cast.person_id("tobi")}
        response = db.session.execute(select(SurveyResponse)).scalar_one()
        assert response.person_id is None and response.answered_at is None and len(response.id) == 32


@pytest.mark.parametrize("moment", [-timedelta(seconds=1), WEEK])
def test_outside_its_window_nobody_answers(in_app, moment):
    with in_app():
        survey = made()
        invite(survey, [cast.person_id("tobi")])
        clock.freeze(cast.NOW + moment)
        with pytest.raises(DomainError):
            says(survey, "tobi")


def test_excused_is_neither_asked_nor_counted(in_app):
    with in_app():
        survey = made()
        invite(survey, [cast.person_id("tobi"), cast.person_id("leon")])
        excuse(survey, cast.person_id("tobi"))
        with pytest.raises(DomainError):
            says(survey, "tobi")
        assert results_of(survey).invited == 1


def test_who_has_answered_can_not_be_excused(in_app):
    with in_app():
        survey = made()
        invite(survey, [cast.person_id("tobi")])
        says(survey, "tobi")
        with pytest.raises(DomainError):
            excuse(survey, cast.person_id("tobi"))


@pytest.mark.parametrize(
    ("questions", "lasts"),
    [((), WEEK), (tuple(Asked(f"S{n}.", "reaction", "agree") for n in range(11)), WEEK), (TWO, timedelta(0))],
)
def test_none_eleven_and_no_time_are_refused(in_app, questions, lasts):
    with in_app(), pytest.raises(DomainError):
        made(questions=questions, lasts=lasts)


def test_a_question_that_stays_keeps_its_row(in_app):
    with in_app():
        survey = made()
        kept = survey.questions[1].id
        change_survey(survey, 1, [TWO[1], Asked("More of it.", "use", "agree")], False, cast.person_id("ines"))
        survey = survey_about("network", cast.network_id(), "yearly")
        assert survey.questions[0].id == kept and survey.row_version == 2 and not survey.is_anonymous


def test_the_second_who_changes_it_is_told(in_app):
    with in_app():
        survey = made()
        change_survey(survey, 1, [TWO[1]], True, cast.person_id("ines"))
        with pytest.raises(Conflict):
            change_survey(survey, 1, [TWO[0]], True, cast.person_id("mairead"))


def test_after_an_answer_the_questions_stay(in_app):
    with in_app():
        survey = made()
        invite(survey, [cast.person_id("tobi")])
        says(survey, "tobi")
        with pytest.raises(DomainError, match="answered already"):
            change_survey(survey, survey.row_version, [TWO[0]], True, cast.person_id("ines"))
        assert change_window(survey, survey.opens_at, survey.closes_at + WEEK, cast.person_id("ines"))


def test_a_promise_that_changed_meanwhile_is_not_answered_to(in_app):
    """She opened an anonymous form; it is named by the time that she sends it."""
    with in_app():
        survey = made()
        invite(survey, [cast.person_id("tobi")])
        promised = survey.wording
        change_survey(survey, 1, TWO, False, cast.person_id("ines"))
        with pytest.raises(DomainError, match="changed while you wrote"):
            answer(survey, promised, cast.person_id("tobi"), {survey.questions[0].id: 5})
        assert db.session.execute(select(SurveyResponse)).first() is None


def test_two_records_of_one_person_have_answered_once(in_app):
    with in_app():
        survey, tobi, leon = made(), cast.person_id("tobi"), cast.person_id("leon")
        invite(survey, [tobi, leon])
        says(survey, "leon")
        merge_records("person", tobi, leon, {}, None)
        assert invitation_of(survey.id, tobi).answered_on
        assert len(db.session.execute(select(SurveyInvitation)).all()) == 1


def test_closed_it_stays_closed_once_somebody_answered(in_app):
    with in_app():
        survey = made()
        invite(survey, [cast.person_id("tobi")])
        says(survey, "tobi")
        clock.freeze(cast.NOW + timedelta(hours=1))
        close_survey(survey, cast.person_id("ines"))
        with pytest.raises(DomainError, match="results are shown"):
            change_window(survey, survey.opens_at, clock.now() + WEEK, cast.person_id("ines"))
