"""Results are for those who planned the evening. Nobody can be worked out from them, by waiting or by subtracting."""

from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from portal import Base
from portal.activities.models import Participation
from portal.db import db
from portal.evaluation.operations import arrange
from portal.evaluation.operations_answers import give_feedback
from portal.evaluation.queries import evaluation_of
from portal.events.models import Event
from portal.people.exporting import everything_about
from portal.people.operations_leaving import erase_person
from portal.surveys.models import Survey, SurveyAnswer, SurveyInvitation, SurveyResponse
from portal.surveys.operations import close_survey
from portal.surveys.operations_answers import invite
from portal.surveys.results import results_of
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast
from tests.evaluation.evenings import DAY, EVENING, crowd, evening, opened, say

PAGE = "/n/tarn-and-tide/events/1/evaluation/results"


@pytest.fixture
def told(in_app):
    """An evening of so many people, of whom the first so many answer."""

    def tell(answers, there=14, way="anonymous", steps=4):
        with in_app():
            event = evening(came=crowd(there), way=way)
            opened(event)
            clock.freeze(EVENING)
            people = sorted(db.session.execute(select(SurveyInvitation.person_id)).scalars())
            people = people or _there(event)
            for person_id in people[:answers]:
                say(event, person_id, steps, f"Words of {person_id}")
        return people

    return tell


def _there(event):
    query = select(Participation.person_id).where(Participation.activity_id == event.sessions[0].id)
    return sorted(db.session.execute(query).scalars())


def shown(in_app):
    with in_app():
        found = results_of(evaluation_of(1), with_words=True)
        return found.answered, found.shown, found.items[0].n


@pytest.mark.parametrize("answers", [1, 4, 5, 9])
def test_while_it_is_open_fewer_than_ten_answers_show_nothing(told, in_app, answers):
    told(answers)
    assert shown(in_app) == (answers, 0, 0)


def test_from_ten_on_they_join_five_at_a_time(told, in_app):
    people = told(10)
    assert shown(in_app) == (10, 5, 5)
    seen = [5]
    with in_app():
        event = db.session.get(Event, 1)
        for person_id in people[10:14]:
            say(event, person_id)
            seen.append(results_of(evaluation_of(1)).shown)
    assert set(seen) == {5}


def test_no_two_looks_differ_by_fewer_than_five_people(in_app):
    """Looking after each answer and once more when it has closed."""
    with in_app():
        event = evening(came=crowd(23))
        opened(event)
        clock.freeze(EVENING)
        looks = []
        for person_id in _there(event):
            say(event, person_id)
            looks.append(results_of(evaluation_of(1)).shown)
        close_survey(evaluation_of(1), cast.person_id("ines"))
        looks.append(results_of(evaluation_of(1)).shown)
    steps = [after - before for before, after in pairwise(looks) if after != before]
    assert looks[-1] == 23 and min(steps) >= 5


@pytest.mark.parametrize(("answers", "visible"), [(4, 0), (5, 5), (9, 9), (12, 12)])
def test_when_it_has_closed_all_are_shown_from_five_on(told, in_app, answers, visible):
    told(answers)
    clock.freeze(EVENING + 22 * DAY)
    assert shown(in_app) == (answers, visible, visible)


def test_a_sentence_that_few_answered_is_not_shown(in_app):
    with in_app():
        event = evening(came=crowd(6))
        opened(event)
        clock.freeze(EVENING)
        survey = evaluation_of(1)
        first, second = survey.questions[:2]
        for place, person_id in enumerate(_there(event)):
            give_feedback(event, survey.wording, person_id, {first.id: 5} | ({second.id: 1} if place < 4 else {}))
        close_survey(survey, cast.person_id("ines"))
        found = results_of(survey)
        assert found.items[0].n == 6 and found.items[1].is_hidden and sum(found.items[1].counts) == 0


def test_a_closed_anonymous_evaluation_does_not_open_again(told, in_app):
    told(6)
    with in_app():
        clock.freeze(EVENING + 22 * DAY)
        event = db.session.get(Event, 1)
        with pytest.raises(DomainError):
            arrange(event, 1, "anonymous", [], 60, cast.person_id("ines"))


def test_no_table_joins_a_person_to_her_answer(told, in_app):
    """Every table that holds a key of an answer holds no person, and no moment."""
    people = told(6)
    with in_app():
        keys = set(db.session.execute(select(SurveyResponse.id)).scalars())
        assert len(keys) == 6
        for table in Base.metadata.sorted_tables:
            for row in db.session.execute(select(table)).mappings():
                if keys & {value for value in row.values() if isinstance(value, str)}:
                    holds = [
                        name for name, value in row.items() if name.endswith(("person_id", "_by", "_at")) and value
                    ]
                    assert table.name in ("survey_response", "survey_answer") and not holds
        # No line of history tells the minute of an answer either; that she answered is known by the day.
        lines = Base.metadata.tables["history_line"]
        assert "survey.answered" not in set(db.session.execute(select(lines.c.action)).scalars())
        answered = db.session.execute(select(SurveyInvitation.answered_on, SurveyInvitation.person_id)).all()
        assert {row.person_id for row in answered} == set(people[:6]) and {str(row[0]) for row in answered} == {
            "2026-11-19"
        }


def test_the_order_in_which_they_came_is_kept_nowhere(told, in_app):
    people = told(8)
    with in_app():
        for name in ("survey_response", "survey_answer"):
            made = (
                db.session.connection().exec_driver_sql(f"SELECT sql FROM sqlite_schema WHERE name = '{name}'").scalar()
            )
            assert "WITHOUT ROWID" in made
        stored = db.session.connection().exec_driver_sql("SELECT id FROM survey_response").scalars().all()
        texts = dict(
            db.session.execute(
                select(SurveyAnswer.response_id, SurveyAnswer.words).where(SurveyAnswer.words != "")
            ).all()
        )
        assert stored == sorted(stored)
        assert [texts[key] for key in stored] != [f"Words of {person_id}" for person_id in people[:8]]


def test_an_export_of_personal_data_holds_no_anonymous_answer(told, in_app):
    people = told(3)
    with in_app():
        everything = everything_about(people[0])
        assert everything["survey_invitation"][0]["answered_on"] == "2026-11-19"
        assert "survey_response" not in everything and everything["evaluation_answers"] == []
        assert f"Words of {people[0]}" not in str(everything)


def test_an_export_holds_her_named_answers(told, in_app):
    people = told(2, way="named")
    with in_app():
        answers = everything_about(people[0])["evaluation_answers"]
        assert f"Words of {people[0]}" in {row["words"] for row in answers} and len(answers) == 7


def test_named_answers_lose_their_name_and_words_when_she_leaves(told, in_app):
    people = told(2, way="named")
    with in_app():
        erase_person(people[0])
        assert f"Words of {people[0]}" not in set(db.session.execute(select(SurveyAnswer.words)).scalars())
        found = results_of(evaluation_of(1))
        assert found.items[0].n == 2
        whose = set(db.session.execute(select(SurveyResponse.person_id)).scalars())
        assert whose == {None, people[1]}


def test_mean_counts_and_rate(in_app):
    with in_app():
        event = evening(came=crowd(8))
        survey = opened(event)
        clock.freeze(EVENING)
        people = _there(event)
        invite(survey, people)
        for person_id, step in zip(people[:6], (1, 3, 4, 5, 5, 5), strict=True):
            say(event, person_id, step)
        close_survey(survey, cast.person_id("ines"))
        found = results_of(survey)
        item = found.items[0]
        assert (item.n, round(item.mean, 3), item.counts, item.agree) == (6, 3.833, (1, 0, 1, 1, 3), 4)
        assert (found.invited, found.answered, found.rate) == (8, 6, 0.75)


def test_the_page_says_it_in_words_and_figures(told, as_, in_app):
    told(6)
    ines = as_("ines")
    page = ines.get(PAGE).text
    assert "0 of the 6 answers are in the figures" in page and '<svg class="chart"' not in page
    clock.freeze(EVENING + 22 * DAY)
    page = as_("ines").get(PAGE).text
    assert '<svg class="chart"' in page and "4.0" in page and "What should the next meeting be about?" in page
    assert "Words of" in page


def test_too_few_when_it_closed_is_said_and_not_shown(told, as_):
    told(4)
    clock.freeze(EVENING + 22 * DAY)
    page = as_("ines").get(PAGE).text
    assert "too few to be shown" in page and "Words of" not in page and '<svg class="chart"' not in page


def test_the_owner_sees_figures_and_no_words(told, as_, in_app):
    told(6)
    with in_app():
        event = db.session.get(Event, 1)
        event.owner_id = cast.person_id("tobi")
        db.session.commit()
    clock.freeze(EVENING + 22 * DAY)
    page = as_("tobi").get(PAGE).text
    assert "As a table" in page and "Words of" not in page


def test_members_see_nothing(told, as_):
    told(6)
    assert as_("tobi").get(PAGE).status_code == 403
    assert as_("kofi").get(PAGE).status_code == 404


def test_the_spreadsheet_holds_what_the_page_holds(told, as_):
    told(6)
    sheet = as_("ines").get(f"{PAGE}?format=csv").text
    assert "This was a good use" not in sheet
    clock.freeze(EVENING + 22 * DAY)
    sheet = as_("ines").get(f"{PAGE}?format=csv").text
    assert "This was a good use of my time.,Reaction,6,4.0,0,0,0,6,0" in sheet
    assert "Words of" not in sheet
    assert as_("ines").get(f"{PAGE}?format=xlsx").status_code == 200


def test_answers_by_name_only_where_names_were_announced(told, as_, in_app):
    told(2, way="named")
    path = "/n/tarn-and-tide/events/1/evaluation/answers"
    assert "Guest Aa" in as_("ines").get(path).text
    with in_app():
        db.session.execute(select(Survey)).scalar_one().is_anonymous = True
        db.session.commit()
    assert as_("ines").get(path).status_code == 404


def test_few_statements_draw_the_results(told, as_, queries):
    told(12)
    clock.freeze(EVENING + timedelta(days=1))
    ines = as_("ines")
    ines.get(PAGE)
    with queries() as seen:
        ines.get(PAGE)
    assert len(seen) <= 12, "\n".join(seen)
