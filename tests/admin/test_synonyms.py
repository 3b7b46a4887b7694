"""Words that mean the same: given once, added, changed, taken away and brought back; a search follows at once."""

import pytest
from sqlalchemy import delete, select

from portal.admin.operations_synonyms import add_synonyms, begin_synonyms, delete_synonyms, restore_synonyms
from portal.db import db
from portal.fulltext.models import Synonyms
from portal.fulltext.synonyms import groups, known_synonyms, split, start_synonyms
from portal.web import clock
from tests import cast

PAGE = "/admin/synonyms"


def ids():
    return {group.words: group.id for group in groups()}


def test_a_region_begins_with_groups_and_gets_them_once(in_app):
    with in_app():
        assert begin_synonyms() >= 60 and begin_synonyms() == 0
        assert all(len(split(group.words)) > 1 for group in groups())
        assert "flashlight" in known_synonyms().of("torch")
        # Whoever took all of them away wants none.
        delete_synonyms(groups()[0].id, cast.person_id("ravi"))
        db.session.execute(delete(Synonyms))
        assert begin_synonyms() == 0


def test_a_group_is_added_changed_and_told(as_, in_app):
    ravi = as_("ravi")
    assert ravi.post(PAGE, data={"words": " lab coat ,\noverall; lab coat"}).status_code == 303
    with in_app():
        number = ids()["lab coat, overall"]
        assert known_synonyms().of("overall") == ["lab coat"]
    changed = {"words": "lab coat, overall, white coat", "was": "lab coat, overall"}
    assert ravi.post(f"{PAGE}/{number}", data=changed).status_code == 303
    assert "lab coat, overall, white coat" in ravi.get(PAGE).text
    assert "changed what means the same" in ravi.get(f"{PAGE}/{number}").text


@pytest.mark.parametrize(
    "words", ["", " ", "torch", "torch, Torch", "torch, torches", ",,;", "flashlight, torch", "x, " * 300]
)
def test_what_is_no_group_is_refused_and_stays_in_the_form(as_, in_app, words):
    with in_app():
        add_synonyms("torch, flashlight, lamp", cast.person_id("ravi"))
    assert as_("ravi").post(PAGE, data={"words": words}).status_code == 422


def test_the_second_of_two_is_told(as_, in_app):
    with in_app():
        number = add_synonyms("torch, flashlight", cast.person_id("ravi")).id
    answer = as_("ravi").post(f"{PAGE}/{number}", data={"words": "torch, lamp", "was": "torch, lantern"})
    assert answer.status_code == 409 and "torch, lamp" in answer.text and "torch, flashlight" in answer.text


def test_what_was_taken_away_comes_back_once(as_, in_app):
    ravi = as_("ravi")
    with in_app():
        number = add_synonyms("torch, flashlight", cast.person_id("ravi")).id
    ravi.post(f"{PAGE}/{number}/delete")
    with in_app():
        assert not known_synonyms().of("torch")
    assert ravi.post(f"{PAGE}/{number}/restore").status_code == 303
    assert ravi.post(f"{PAGE}/{number}/restore").status_code == 303
    with in_app():
        assert list(db.session.execute(select(Synonyms.words)).scalars()) == ["torch, flashlight"]
    assert ravi.post(f"{PAGE}/{number + 50}/restore").status_code == 404


def test_a_number_that_is_taken_again_is_left_alone(in_app):
    ravi = cast.person_id
    with in_app():
        number = add_synonyms("torch, flashlight", ravi("ravi")).id
        delete_synonyms(number, ravi("ravi"))
        db.session.add(Synonyms(id=number, words="rubber, eraser", changed_at=clock.now()))
        db.session.flush()
        restore_synonyms(number, ravi("ravi"))
        assert set(ids()) == {"torch, flashlight", "rubber, eraser"}


def test_the_first_run_brings_them(in_app):
    with in_app():
        assert start_synonyms() > 60 and start_synonyms() == 0
