"""The page behind the link: opening it does nothing, pressing twice is once, nothing that was typed is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.db import db
from portal.evaluation import hooks
from portal.evaluation.queries import evaluation_of
from portal.surveys.models import SurveyAnswer, SurveyInvitation, SurveyResponse
from portal.web import clock
from portal.web.links import act_link
from tests import cast
from tests.evaluation.evenings import DAY, ENDS, EVENING, evening, opened
from tests.events import planned


@pytest.fixture
def link(in_app):
    """An evening at which Tobi was and for which Leon held a place; the link of one of them."""
    with in_app():
        event = evening(came=("tobi",), held=("leon",))
        opened(event)
        made = {key: act_link("feedback", cast.person_id(key), event.id) for key in ("tobi", "leon", "dafydd")}
    clock.freeze(EVENING)
    return {key: url.partition("8000")[2] or url[url.index("/a/") :] for key, url in made.items()}


def typed(in_app, **more):
    with in_app():
        survey = evaluation_of(1)
        agree, words = ([f"q{one.id}" for one in survey.questions if one.kind == kind] for kind in ("agree", "words"))
        return {"wording": survey.wording, agree[0]: "5", words[0]: "The soldering."} | more


def count(in_app, model):
    with in_app():
        return db.session.execute(select(func.count()).select_from(model)).scalar_one()


def test_opening_it_does_nothing(client, link, in_app):
    page = client.get(link["tobi"])
    assert page.status_code == 200 and "This was a good use of my time." in page.text
    assert "nobody sees who wrote what, neither do we" in page.text
    assert count(in_app, SurveyInvitation) == 0


def test_all_five_steps_are_named_for_who_can_not_see_them(client, link):
    page = client.get(link["tobi"]).text
    assert page.count("Strongly disagree") >= 7 and page.count('<span class="unseen">Neither</span>') >= 6


def test_answers_are_kept_and_thanked_for(client, link, in_app):
    answer = client.post(link["tobi"], data=typed(in_app))
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert "Thank you" in page.text and "can’t be changed" in page.text and "<textarea" not in page.text
    assert count(in_app, SurveyAnswer) == 2


def test_pressing_twice_is_once(client, link, in_app):
    data = typed(in_app, form_key="a" * 32)
    first, second = (client.post(link["tobi"], data=data) for _time in range(2))
    assert first.status_code == second.status_code == 303
    assert count(in_app, SurveyResponse) == 1
    again = client.post(link["tobi"], data=typed(in_app))
    assert again.status_code == 422 and count(in_app, SurveyResponse) == 1


def test_an_empty_form_is_refused_and_a_partly_filled_one_is_fine(client, link, in_app):
    empty = client.post(link["tobi"], data={"wording": typed(in_app)["wording"]})
    assert empty.status_code == 422 and "One answer is enough" in empty.text
    with in_app():
        words = next(f"q{one.id}" for one in evaluation_of(1).questions if one.kind == "words")
    assert client.post(link["tobi"], data={"wording": typed(in_app)["wording"], words: "Tea."}).status_code == 303


@pytest.mark.parametrize("step", ["0", "6", "x", "5;", "-1", "9" * 30])
def test_a_step_that_is_none_is_refused_and_the_words_stay(client, link, in_app, step):
    data = typed(in_app)
    first = next(key for key in data if key.startswith("q"))
    answer = client.post(link["tobi"], data=data | {first: step})
    assert answer.status_code == 422 and "The soldering." in answer.text
    assert count(in_app, SurveyResponse) == 0


def test_words_that_are_too_long_are_kept_and_said_so(client, link, in_app):
    data = typed(in_app)
    last = list(data)[-1]
    answer = client.post(link["tobi"], data=data | {last: "x" * 2001})
    assert answer.status_code == 422 and "x" * 2001 in answer.text


def test_before_it_opens_and_after_it_closed(client, link, in_app):
    data = typed(in_app)
    clock.freeze(ENDS - timedelta(minutes=1))
    assert "opens when the event is over" in client.get(link["tobi"]).text
    assert client.post(link["tobi"], data=data).status_code == 422
    clock.freeze(ENDS + 22 * DAY)
    assert "This closed on" in client.get(link["tobi"]).text
    assert client.post(link["tobi"], data=data).status_code == 422
    assert count(in_app, SurveyResponse) == 0


def test_what_is_typed_when_it_closes_is_not_lost(client, link, in_app):
    data = typed(in_app)
    clock.freeze(ENDS + 22 * DAY)
    assert "no more answers are taken" in client.post(link["tobi"], data=data).text


def test_whoever_was_not_there_has_no_form(client, link, in_app):
    page = client.get(link["dafydd"])
    assert "not on the sheet" in page.text and "<textarea" not in page.text
    assert client.post(link["dafydd"], data=typed(in_app)).status_code == 422
    assert count(in_app, SurveyResponse) == 0


def test_i_was_not_there_and_after_all_i_was(client, link, in_app):
    client.post(link["leon"], data={"choice": "absent"})
    assert "Noted: you were not there" in client.get(link["leon"]).text
    client.post(link["leon"], data={"choice": "present"})
    # The sheet says now, by Leon's own word, that he was not there: the coordinator puts it right.
    assert "not on the sheet" in client.get(link["leon"]).text
    client.post(link["tobi"], data={"choice": "absent"})
    client.post(link["tobi"], data={"choice": "present"})
    assert client.post(link["tobi"], data=typed(in_app)).status_code == 303


def test_the_coordinator_sees_on_the_sheet_that_somebody_says_she_was_not_there(client, as_, link, in_app):
    client.post(link["tobi"], data={"choice": "absent"})
    with in_app():
        session_id = db.session.execute(select(planned.Event)).scalars().first().sessions[0].id
    page = as_("ines").get(f"/n/tarn-and-tide/events/1/sessions/{session_id}/attendance").text
    assert "Tobi Larkhill says that she was not there" in page


def test_questions_that_changed_meanwhile_are_answered_by_nobody(client, link, in_app):
    answer = client.post(link["tobi"], data=typed(in_app, wording="0" * 16))
    assert answer.status_code == 422 and "The questions changed while you wrote" in answer.text
    assert "The soldering." in answer.text and count(in_app, SurveyResponse) == 0


def test_doors_of_other_rooms_stand_on_the_page_of_thanks(client, link, in_app, monkeypatch):
    seen = []

    def offer(event_id, person_id):
        seen.append((event_id, person_id))
        return [("Your certificate", "/c/mine")]

    monkeypatch.setattr(hooks, "_known", [offer])
    client.post(link["tobi"], data=typed(in_app))
    assert 'href="/c/mine"' in client.get(link["tobi"]).text
    client.get(link["tobi"])
    with in_app():
        assert seen == [(1, cast.person_id("tobi"))]


def test_whoever_is_not_on_the_sheet_yet_finds_the_way_onto_it(client, link, in_app):
    client.post(link["leon"], data=typed(in_app))
    assert "/a/wasthere-" in client.get(link["leon"]).text


def test_a_forged_link_opens_nothing(client, link):
    assert client.get(link["tobi"][:-3] + "abc").status_code == 404


def test_a_member_comes_to_it_from_the_page_of_the_event(as_, link):
    tobi = as_("tobi")
    assert "Say how it was" in tobi.get("/n/tarn-and-tide/events/1").text
    answer = tobi.get("/n/tarn-and-tide/events/1/feedback")
    assert answer.status_code == 303 and "/a/feedback-" in answer.location
    assert as_("dafydd").get("/n/tarn-and-tide/events/1/feedback").status_code == 404
    assert "Say how it was" not in as_("dafydd").get("/n/tarn-and-tide/events/1").text


def test_html_in_words_stays_words(client, as_, link, in_app):
    data = typed(in_app)
    last = list(data)[-1]
    client.post(link["tobi"], data=data | {last: "<script>alert(1)</script>"})
    clock.freeze(ENDS + 30 * DAY)
    assert "<script" not in as_("ines").get("/n/tarn-and-tide/events/1/evaluation/results").text.partition("<main")[2]


def test_named_answers_can_be_changed_until_it_closes(client, as_, in_app):
    with in_app():
        event = evening(came=("tobi",), way="named")
        opened(event)
        link = act_link("feedback", cast.person_id("tobi"), event.id)
    clock.freeze(EVENING)
    link = link[link.index("/a/") :]
    assert "With your name" in client.get(link).text
    client.post(link, data=typed(in_app))
    page = client.get(link).text
    assert "The soldering." in page and "Change my answers" in page
    with in_app():
        words = next(f"q{one.id}" for one in evaluation_of(1).questions if one.kind == "words")
    client.post(link, data=typed(in_app, **{words: "The tea."}))
    assert count(in_app, SurveyResponse) == 1
    results = as_("ines").get("/n/tarn-and-tide/events/1/evaluation/results").text
    assert "Tobi Larkhill" in results and "The tea." in results and "The soldering." not in results
    clock.freeze(ENDS + 22 * DAY)
    assert "<textarea" not in client.get(link).text


def test_few_statements_draw_the_form(client, link, queries):
    with queries() as seen:
        client.get(link["tobi"])
    assert len(seen) <= 12
