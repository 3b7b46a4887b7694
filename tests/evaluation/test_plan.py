"""What is asked, how, and for how long: chosen by those who planned the event, until somebody has answered."""

import pytest
from sqlalchemy import select

from portal.db import db
from portal.evaluation.operations_asking import ask_for_feedback
from portal.evaluation.queries import evaluation_of
from portal.events.models import Event
from portal.history.models import HistoryLine
from portal.surveys.models import Survey
from portal.web import clock
from tests import cast
from tests.evaluation.evenings import ENDS, EVENING, evening, opened, say
from tests.events import planned
from tests.sweeping import FormReader

FORM = "/n/tarn-and-tide/events/1/edit"
PAGE = "/n/tarn-and-tide/events/1/evaluation"


@pytest.fixture
def event(in_app):
    with in_app():
        planned.event()


def choice(**more):
    return {"version": "0", "way": "anonymous", "items": ["good-use", "next-topic"], "days": "21"} | more


def questions(in_app):
    with in_app():
        survey = evaluation_of(1)
        return [one.text for one in survey.questions] if survey else []


def test_it_begins_with_the_usual_questions(as_, event):
    page = as_("ines").get(PAGE).text
    assert page.count("checked") == 9 and "People are asked in the evening of Thursday 19 November 2026" in page


def test_chosen_questions_and_own_ones_are_asked(as_, event, in_app):
    own = {"own_agree": "The soldering irons were hot enough.\n\n", "own_words": "What shall we buy?"}
    assert as_("ines").post(PAGE, data=choice(**own)).status_code == 303
    assert questions(in_app) == [
        "This was a good use of my time.",
        "The soldering irons were hot enough.",
        "What should the next meeting be about?",
        "What shall we buy?",
    ]
    page = as_("ines").get(PAGE).text
    assert "The soldering irons were hot enough." in page
    assert "The soldering irons" in as_("ines").get(f"{PAGE}/preview").text


def test_it_opens_with_the_end_of_the_last_session_and_closes_at_a_midnight(as_, event, in_app):
    as_("ines").post(PAGE, data=choice(days="7"))
    with in_app():
        survey = evaluation_of(1)
        assert survey.opens_at == ENDS and survey.closes_at.isoformat() == "2026-11-27T00:00:00+00:00"


@pytest.mark.parametrize(
    "wrong", [{"items": []}, {"days": "0"}, {"days": "91"}, {"days": "x"}, {"way": "by-post"}, {"items": ["no-such"]}]
)
def test_nonsense_is_refused(as_, event, in_app, wrong):
    assert as_("ines").post(PAGE, data=choice(**wrong)).status_code == 422
    assert questions(in_app) == []


def test_eleven_questions_are_one_too_many(as_, event):
    answer = as_("ines").post(PAGE, data=choice(own_agree="\n".join(f"Sentence {n}." for n in range(9))))
    assert answer.status_code == 422 and "Ten questions at most" in answer.text and "Sentence 8." in answer.text


def test_nobody_is_asked(as_, event, in_app):
    as_("ines").post(PAGE, data=choice(way="none"))
    with in_app():
        assert db.session.get(Event, 1).evaluation == "none" and evaluation_of(1) is None
    assert as_("ines").get(f"{PAGE}/preview").status_code == 404


def test_whoever_edits_the_event_meanwhile_is_not_disturbed(as_, event, in_app):
    with in_app():
        was = db.session.get(Event, 1).row_version
    as_("ines").post(PAGE, data=choice(way="named"))
    with in_app():
        assert db.session.get(Event, 1).row_version == was and not evaluation_of(1).is_anonymous


def test_the_second_of_two_coordinators_sees_both_choices(as_, event, in_app):
    as_("ines").post(PAGE, data=choice())
    with in_app():
        version = str(evaluation_of(1).row_version)
    as_("ines").post(PAGE, data=choice(version=version, items=["pace"]))
    answer = as_("mairead").post(PAGE, data=choice(version=version, own_agree="Mine."))
    assert answer.status_code == 409 and "Mine." in answer.text and "The pace and the level suited me." in answer.text
    assert questions(in_app) == ["The pace and the level suited me."]


def test_once_somebody_has_answered_only_the_window_changes(as_, in_app):
    with in_app():
        event = evening()
        opened(event)
        clock.freeze(EVENING)
        say(event, "tobi")
        version = str(evaluation_of(1).row_version)
        was = [one.text for one in evaluation_of(1).questions]
    page = as_("ines").get(PAGE).text
    assert "Only the window can change" in page and 'name="items"' not in page
    assert as_("ines").post(PAGE, data=choice(version=version, days="30")).status_code == 303
    assert as_("ines").post(PAGE, data=choice(version=version, way="named")).status_code == 422
    assert questions(in_app) == was
    with in_app():
        assert evaluation_of(1).closes_at.date().isoformat() == "2026-12-20"


def test_closed_early_nobody_answers_any_more(as_, in_app):
    with in_app():
        opened(evening())
    clock.freeze(EVENING)
    as_("ines").post(f"{PAGE}/closing")
    with in_app():
        assert evaluation_of(1).closes_at == EVENING
    assert "Closed since" in as_("ines").get(PAGE).text


def test_it_can_not_be_closed_before_it_opens(as_, event, in_app):
    as_("ines").post(PAGE, data=choice())
    as_("ines").post(f"{PAGE}/closing")
    with in_app():
        assert evaluation_of(1).closes_at > ENDS


def test_members_do_not_come_here_and_its_owner_does(as_, event, in_app):
    assert as_("tobi").get(PAGE).status_code == 403
    with in_app():
        db.session.get(Event, 1).owner_id = cast.person_id("tobi")
        db.session.commit()
    assert as_("tobi").get(PAGE).status_code == 200


def test_each_act_leaves_a_line(as_, event, in_app):
    as_("ines").post(PAGE, data=choice())
    with in_app():
        version = str(evaluation_of(1).row_version)
    as_("ines").post(PAGE, data=choice(version=version, way="named"))
    with in_app():
        actions = set(db.session.execute(select(HistoryLine.action)).scalars())
    assert {"survey.made", "survey.changed", "evaluation.way"} <= actions


def test_a_retired_question_stays_where_it_is_asked(as_, event, in_app):
    as_("ines").post(PAGE, data=choice())
    with in_app():
        from portal.surveys.operations_items import retire_item
        from portal.surveys.queries_items import items

        retire_item(next(one.id for one in items() if one.code == "good-use"), True, cast.person_id("ravi"))
        version = str(evaluation_of(1).row_version)
    assert "This was a good use of my time." in as_("ines").get(PAGE).text
    as_("ines").post(PAGE, data=choice(version=version, days="30"))
    assert "This was a good use of my time." in questions(in_app)


def test_the_window_follows_the_clocks_of_the_network(as_, in_app):
    """Over the last Sunday of October the midnight is an hour later in UTC."""
    from datetime import UTC, datetime

    with in_app():
        event = planned.event(starts_at=datetime(2027, 3, 18, 17, 0, tzinfo=UTC))
        opened(event)
        assert evaluation_of(event.id).closes_at == datetime(2027, 4, 8, 23, 0, tzinfo=UTC)


def test_few_statements_draw_the_pages(as_, event, queries):
    ines = as_("ines")
    ines.post(PAGE, data=choice())
    for path in (PAGE, f"{PAGE}/preview"):
        ines.get(path)
        with queries() as seen:
            ines.get(path)
        assert len(seen) <= 12, path


def test_there_is_one_evaluation_an_event(as_, event, in_app):
    data = choice(form_key="c" * 32)
    for _time in range(2):
        assert as_("ines").post(PAGE, data=data).status_code == 303
    assert as_("ines").post(PAGE, data=choice()).status_code == 409
    with in_app():
        assert len(db.session.execute(select(Survey)).all()) == 1


def by_the_form(as_, way):
    """The event's own form, as its page shows it, with another way chosen."""
    reader = FormReader(FORM)
    reader.feed(as_("ines").get(FORM).text)
    sent = next(form.data() for form in reader.forms if "evaluation" in form.data())
    return as_("ines").post(FORM, data=sent | {"evaluation": [way]})


def test_the_events_own_form_takes_its_questions_along_until_people_are_asked(as_, event, in_app):
    as_("ines").post(PAGE, data=choice())
    assert by_the_form(as_, "named").status_code == 303
    with in_app():
        assert db.session.get(Event, 1).evaluation == "named" and not evaluation_of(1).is_anonymous


def test_who_was_promised_that_nobody_sees_her_name_keeps_that_before_she_answers(as_, in_app):
    with in_app():
        event = evening()
        opened(event)
        clock.freeze(EVENING)
        ask_for_feedback()
    answer = by_the_form(as_, "named")
    assert answer.status_code == 422 and "were told that it is anonymous" in answer.text
    with in_app():
        version = str(evaluation_of(1).row_version)
    assert as_("ines").post(PAGE, data=choice(version=version, way="named")).status_code == 422
    with in_app():
        assert db.session.get(Event, 1).evaluation == "anonymous" and evaluation_of(1).is_anonymous


@pytest.mark.parametrize("way", ["named", "none"])
def test_once_somebody_has_answered_the_events_form_changes_nothing_of_it(as_, in_app, way):
    with in_app():
        event = evening()
        opened(event)
        clock.freeze(EVENING)
        say(event, "tobi")
    answer = by_the_form(as_, way)
    assert answer.status_code == 422 and "Somebody has answered already" in answer.text
    with in_app():
        assert db.session.get(Event, 1).evaluation == "anonymous" and evaluation_of(1).is_anonymous
