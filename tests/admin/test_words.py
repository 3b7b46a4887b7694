"""The region's words: added, renamed, ordered and retired without touching what carries them."""

import pytest
from sqlalchemy import select

from portal.db import db
from portal.vocabulary.models import KINDS, Word
from portal.vocabulary.operations import start_words
from portal.vocabulary.queries import choices, labels, spellings, words_of


def word_id(code):
    return db.session.execute(select(Word.id).where(Word.code == code)).scalar_one()


def test_the_words_to_begin_with_cover_every_kind_and_are_given_once(in_app):
    with in_app():
        assert start_words() > 0
        assert start_words() == 0
        assert all(len(words_of(kind)) >= 4 for kind in KINDS)
        assert {"pre-service", "early-career", "industry"} <= set(labels("role"))


def test_other_spellings_lead_to_the_word(in_app):
    with in_app():
        start_words()
        assert spellings("phase")["nursery"].code == "early-years"
        assert spellings("subject")["CHEM".casefold()].code == "chemistry"


def test_a_word_is_added_and_offered(as_, in_app):
    answer = as_("ravi").post("/admin/words/subject", data={"label": "Géologie & more", "also": "rocks, stones"})
    assert answer.status_code == 303
    with in_app():
        assert ("geologie-more", "Géologie & more") in choices("subject")
        assert spellings("subject")["stones"].code == "geologie-more"


@pytest.mark.parametrize("label", ["", "  ", "physics", "PHYSICS", "x" * 121])
def test_a_word_that_is_there_or_is_none_is_refused(as_, label):
    assert as_("ravi").post("/admin/words/subject", data={"label": label}).status_code == 422


def test_an_unknown_kind_has_no_page(as_):
    assert as_("ravi").get("/admin/words/colour").status_code == 404
    assert as_("ravi").post("/admin/words/colour", data={"label": "Red"}).status_code == 404


def test_renaming_keeps_the_code(as_, in_app):
    with in_app():
        physics = word_id("physics")
    as_("ravi").post(f"/admin/words/{physics}/edit", data={"label": "Natural philosophy"})
    with in_app():
        assert labels("subject")["physics"] == "Natural philosophy"
    assert "changed the word “Physics”" in as_("ravi").get(f"/admin/words/{physics}/edit").text


def test_a_retired_word_is_no_longer_offered_and_still_shown(as_, in_app):
    ravi = as_("ravi")
    with in_app():
        physics = word_id("physics")
    ravi.post(f"/admin/words/{physics}/retire")
    with in_app():
        assert "physics" not in dict(choices("subject")) and labels("subject")["physics"] == "Physics"
    ravi.post(f"/admin/words/{physics}/restore")
    with in_app():
        assert "physics" in dict(choices("subject"))


def test_words_move_up_and_down_and_stop_at_the_ends(as_, in_app):
    ravi = as_("ravi")
    with in_app():
        first, second = (word.id for word in words_of("subject")[:2])
    ravi.post(f"/admin/words/{first}/up")
    ravi.post(f"/admin/words/{second}/up")
    with in_app():
        assert [word.id for word in words_of("subject")[:2]] == [second, first]
