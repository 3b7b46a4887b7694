"""The item bank: worded, ordered, retired by administrators; what was asked keeps its words."""

import pytest
from sqlalchemy import select

from portal.db import db
from portal.surveys.models import LEVELS, SurveyItem
from portal.surveys.operations_items import MOST_USUAL, start_items
from portal.surveys.queries_items import count_usual, items, usual_items

PAGE = "/admin/questions"


def item_id(code):
    return db.session.execute(select(SurveyItem.id).where(SurveyItem.code == code)).scalar_one()


def typed(**more):
    return {"text": "The room suited us.", "level": "organisation", "kind": "agree"} | more


def test_the_questions_to_begin_with_cover_every_level_and_are_given_once(in_app):
    with in_app():
        assert start_items() == 0
        assert {one.level for one in items()} == set(LEVELS)
        assert count_usual() == MOST_USUAL and count_usual("words") == 2


def test_what_a_later_version_brings_is_usual_for_nobody(in_app):
    with in_app():
        db.session.delete(db.session.get(SurveyItem, item_id("good-use")))
        db.session.flush()
        assert start_items() == 1
        assert not db.session.get(SurveyItem, item_id("good-use")).is_usual


def test_a_question_is_added_and_offered(as_, in_app):
    assert as_("ravi").post(PAGE, data=typed()).status_code == 303
    with in_app():
        assert "the-room-suited-us" in {one.code for one in items()}
    assert "The room suited us." in as_("ravi").get(PAGE).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "x" * 301},
        {"text": "this was a GOOD use of my time."},
        {"level": "mood"},
        {"kind": "smile"},
    ],
)
def test_nonsense_and_twins_are_refused(as_, in_app, wrong):
    assert as_("ravi").post(PAGE, data=typed(**wrong)).status_code == 422
    with in_app():
        assert len(items(retired=True)) == 12


def test_a_ninth_usual_question_is_refused(as_):
    answer = as_("ravi").post(PAGE, data=typed(is_usual="y"))
    assert answer.status_code == 422 and "8 are usual already" in answer.text and "The room suited us." in answer.text


def test_a_third_usual_open_question_is_refused(as_, in_app):
    with in_app():
        pace = item_id("pace")
    as_("ravi").post(f"{PAGE}/{pace}", data=typed(text="The pace was right.", was="The pace and the level suited me."))
    answer = as_("ravi").post(PAGE, data=typed(kind="words", level="open", is_usual="y"))
    assert answer.status_code == 422 and "2 open questions are usual already" in answer.text


def test_rewording_keeps_the_code_and_says_so_in_the_history(as_, in_app):
    with in_app():
        pace = item_id("pace")
    data = typed(text="The pace was right.", level="reaction", was="The pace and the level suited me.", is_usual="y")
    as_("ravi").post(f"{PAGE}/{pace}", data=data)
    with in_app():
        assert db.session.get(SurveyItem, pace).text == "The pace was right."
        assert db.session.get(SurveyItem, pace).code == "pace"
    assert "changed the question" in as_("ravi").get(f"{PAGE}/{pace}").text


def test_a_retired_question_is_no_longer_usual_and_can_come_back(as_, in_app):
    ravi = as_("ravi")
    with in_app():
        pace = item_id("pace")
    ravi.post(f"{PAGE}/{pace}/retire")
    with in_app():
        assert "pace" not in {one.code for one in items()} and "pace" not in {one.code for one in usual_items()}
    ravi.post(f"{PAGE}/{pace}/restore")
    with in_app():
        assert "pace" in {one.code for one in items()} and "pace" not in {one.code for one in usual_items()}


def test_questions_move_and_stop_at_the_ends(as_, in_app):
    ravi = as_("ravi")
    with in_app():
        first, second = (one.id for one in items()[:2])
    ravi.post(f"{PAGE}/{first}/up")
    ravi.post(f"{PAGE}/{second}/up")
    with in_app():
        assert [one.id for one in items()[:2]] == [second, first]


def test_only_administrators(as_):
    assert as_("ines").get(PAGE).status_code == 403
    assert as_("ines").post(PAGE, data=typed()).status_code == 403


def test_few_statements_draw_the_bank(as_, queries):
    ravi = as_("ravi")
    with queries() as seen:
        ravi.get(PAGE)
    assert len(seen) <= 12
