"""Asking and offering: short forms that know what is known, changed, set aside, taken back, and undone."""

import pytest
from sqlalchemy import select

from portal.db import db
from portal.matching.models import MentorAsk, MentorOffer
from portal.people.models import Person, PersonWord
from portal.vocabulary.models import Word
from tests import cast
from tests.matching.people import BASE, asks, offers

HERE = f"{BASE}/matching"


def one(app, kind):
    with app.app_context():
        return db.session.execute(select(kind)).scalar_one()


@pytest.fixture
def needs(in_app):
    with in_app():
        for place, code in enumerate(("labs", "planning", "workload")):
            db.session.add(Word(kind="mentoring_need", code=code, label=code.title(), position=place))
        db.session.commit()


def test_the_form_knows_school_subjects_and_phases_already(as_, in_app):
    with in_app():
        word = db.session.execute(select(Word.id).where(Word.code == "physics")).scalar_one()
        db.session.add(PersonWord(person_id=cast.person_id("tobi"), word_id=word))
        db.session.commit()
    page = as_("tobi").get(f"{HERE}/asks/new").text
    assert 'checked id="subjects-0"' in page.replace('id="subjects-0" checked', 'checked id="subjects-0"') or (
        'value="physics"' in page and page.split('value="physics"')[0].rsplit("<input", 1)[1].count("checked") == 1
    )
    assert "The coordinators read this, and a mentor while she is asked about you." in page


def test_a_wish_is_ranked_kept_changed_and_taken_back(as_, app, needs):
    browser = as_("tobi")
    typed = {"first": "labs", "third": "workload", "subjects": ["physics"], "days": ["1"], "year_of_teaching": "2"}
    assert browser.post(f"{HERE}/asks/new", data=typed).status_code == 303
    ask = one(app, MentorAsk)
    assert ask.needs == ["labs", "workload"] and ask.days == [1] and not ask.meets_online
    again = browser.post(f"{HERE}/asks/new", data=typed)
    assert again.status_code == 422 and "This wish stands already" in again.text
    twice = browser.post(f"{HERE}/asks/{ask.id}/edit", data=typed | {"second": "labs", "route": "By a detour"})
    assert twice.status_code == 422 and "stands above already" in twice.text and "By a detour" in twice.text
    stale = browser.post(f"{HERE}/asks/{ask.id}/edit", data=typed | {"row_version": "7"})
    assert stale.status_code == 409
    assert browser.post(f"{HERE}/asks/{ask.id}/pause").status_code == 303 and one(app, MentorAsk).paused_at
    browser.post(f"{HERE}/asks/{ask.id}/resume")
    undo = browser.post(f"{HERE}/asks/{ask.id}/end", follow_redirects=True)
    assert "Taken back" in undo.text and f"/asks/{ask.id}/restore" in undo.text
    browser.post(f"{HERE}/asks/{ask.id}/restore")
    assert one(app, MentorAsk).ended_at is None and one(app, MentorAsk).paused_at is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"year_of_teaching": "99"}, "Type a number from 0 to 60"),
        ({"travels_km": "-3"}, "Type a number from 0 to 500"),
        ({"travels_km": "far"}, "Type a number from 0 to 500"),
        ({"days": ["9"]}, "Choose one from the list."),
        ({"days": ["Monday"]}, "Choose one from the list."),
        ({"subjects": ["alchemy"]}, "Choose one from the list."),
        ({"same_school": "maybe"}, "Choose one from the list."),
    ],
)
def test_nonsense_in_a_wish_is_refused_and_kept(as_, app, typed, sentence):
    answer = as_("tobi").post(f"{HERE}/asks/new", data={"route": "By a detour"} | typed)
    assert answer.status_code == 422 and sentence in answer.text and "By a detour" in answer.text
    # In our words, and once.
    assert "ot a valid" not in answer.text and "whole number" not in answer.text
    with app.app_context():
        assert not db.session.execute(select(MentorAsk.id)).all()


def test_anybody_may_offer_once_and_again_after_taking_it_back(as_, app):
    browser = as_("leon")
    assert browser.post(f"{HERE}/offers/new", data={"most_mentees": "2", "says": "Labs."}).status_code == 303
    offer = one(app, MentorOffer)
    assert browser.post(f"{HERE}/offers/new", data={"most_mentees": "1"}).status_code == 422
    future = browser.post(f"{HERE}/offers/{offer.id}/edit", data={"most_mentees": "2", "trained_on": "2026-12-01"})
    assert future.status_code == 422 and "has not come yet" in future.text
    browser.post(f"{HERE}/offers/{offer.id}/end")
    assert browser.post(f"{HERE}/offers/new", data={"most_mentees": "3"}).status_code == 303
    assert one(app, MentorOffer).most_mentees == 3 and one(app, MentorOffer).ended_at is None


def test_a_coordinator_writes_down_for_somebody_without_an_account_alone(as_, app, in_app):
    """And the history says so; for somebody who has one she can't."""
    with in_app():
        leon = cast.person_id("leon")
        db.session.get(Person, leon).admitted_at = None
        db.session.commit()
        tobi = cast.person_id("tobi")
    browser = as_("ines")
    refused = browser.post(f"{HERE}/asks/new?for=another", data={"person_id": str(tobi)})
    assert refused.status_code == 422
    assert browser.post(f"{HERE}/asks/new?for=another", data={"person_id": str(leon)}).status_code == 303
    page = browser.get(f"{HERE}/asks/{one(app, MentorAsk).id}").text
    assert "Ines Quarrie asked for a mentor for Leon Farrowby" in page and "Change it" in page
    assert as_("tobi").get(f"{HERE}/asks/new?for=another").status_code == 403


def test_the_lists_sort_page_and_go_out_as_sheets(as_, in_app):
    with in_app():
        asks("tobi", needs=["labs"])
        asks("leon", subjects=["biology"])
        offers("dafydd", most_mentees=2)
    browser = as_("ines")
    page = browser.get(f"{HERE}/?sort=name").text
    assert page.index("Leon Farrowby") < page.index("Tobi Larkhill") and "2 people wait for a mentor" in page
    sheet = browser.get(f"{HERE}/?format=csv").text
    assert "Physics" in sheet and "labs" not in sheet.lower().replace("labs.", "")
    assert "2 places" in browser.get(f"{HERE}/offers").text
    assert "Dafydd" in browser.get(f"{HERE}/offers?format=csv").text
    # Members see their own and nobody else's.
    mine = as_("tobi").get(f"{HERE}/").text
    assert "I ask for a mentor" in mine and "Leon" not in mine


def test_a_wish_that_waits_longer_than_a_programme_allows_is_late(as_, in_app):
    from datetime import timedelta

    from portal.programmes.models import Programme

    with in_app():
        ask = asks("tobi")
        ask.asked_at = cast.NOW - timedelta(days=31)
        network = cast.network_id()
        db.session.add(Programme(network_id=network, name="Induction", within_days=30, created_at=cast.NOW))
        db.session.commit()
    page = as_("ines").get(f"{HERE}/").text
    assert "Longer than the rule allows" in page and 'class="late"' in page


def test_two_hundred_offers_cost_as_many_questions_as_two(as_, app, in_app, queries):
    with in_app():
        ask = asks("tobi")
        offers("dafydd", most_mentees=2)
        network, start = cast.network_id(), cast.LONG_AGO
        for place in range(200):
            person = Person(
                name=f"M {place}", sort_name=f"m {place:03}", listing={}, created_at=start, admitted_at=start
            )
            db.session.add(person)
            db.session.flush()
            from portal.networks.models import Membership

            db.session.add(Membership(network_id=network, person_id=person.id, role="member", started_at=start))
            db.session.add(
                MentorOffer(network_id=network, person_id=person.id, subjects=["physics"], offered_at=start, phases=[])
            )
        db.session.commit()
        ask_id = ask.id
    browser = as_("ines")
    for path in (f"/asks/{ask_id}", "/", "/offers", "/proposals", "/endings", "/asks/new", "/offers/new"):
        with queries() as seen:
            assert browser.get(HERE + path).status_code == 200
        assert len(seen) <= 12, (path, len(seen))
    assert "176 more offers suit less" in browser.get(f"{HERE}/asks/{ask_id}").text
