"""What is typed about needs, goals and steps is kept as a draft, sealed, for its writer alone, until she saves it."""

import re
import secrets

import pytest
from sqlalchemy import delete, select

from portal.coaching.operations_cycles import close_cycle, step_of
from portal.coaching.queries_things import CLOSING, GOAL, NEEDS, NEW_GOAL, STEP
from portal.db import db
from portal.mentoring.models import Pairing, SealedText
from portal.mentoring.operations import end_pairing
from portal.people.models import SignInSession
from tests import cast
from tests.coaching.pairs import BASE, TODAY, cycle, pair, posted, the_cycle

__all__ = ["cycle", "pair"]
WORD = "kestrelwaiting"
HTMX = {"HX-Request": "true", "HX-Target": "p#draft"}
DRAFTS = (NEEDS, NEW_GOAL, GOAL, CLOSING, STEP)


@pytest.fixture
def forms(in_app, pair, cycle):
    """Each form of the room: its door, where its draft is kept, and something to type into it."""
    with in_app():
        action = step_of(the_cycle(cycle)[0], "action").id
    return {
        NEEDS: (f"{BASE}/pairs/{pair}/needs", f"{NEEDS}/{pair}", {"note": WORD, "need_labs": "help"}),
        NEW_GOAL: (f"{BASE}/pairs/{pair}/goals/new", f"{NEW_GOAL}/{pair}", {"what": WORD, "by": "Easter"}),
        GOAL: (f"{BASE}/goals/1/edit", f"{GOAL}/1", {"what": WORD, "see": "Hands"}),
        CLOSING: (f"{BASE}/goals/1/close", f"{CLOSING}/1", {"growth": WORD, "result": "partly"}),
        STEP: (f"{BASE}/cycles/{cycle}/steps/action", f"{STEP}/{action}", {"step": WORD, "due_on": "2026-12-01"}),
    }


def kept(browser, form, **more):
    """Press "Keep as a draft" on its page."""
    door, draft, typed = form
    return posted_draft(browser, door, draft, **typed, **more)


def posted_draft(browser, door, draft, **typed):
    from tests.sweeping import FormReader

    reader = FormReader(door)
    reader.feed(browser.get(door).text)
    data = next(form for form in reader.forms if form.action == door and form.method == "post").data()
    sent = {name: value for name, value in data.items() if name not in ("done", "reopens")} | typed
    return browser.post(f"{BASE}/drafts/{draft}", data=sent)


def drafts():
    return db.session.execute(select(SealedText).where(SealedText.thing.in_(DRAFTS))).scalars().all()


@pytest.mark.parametrize("kind", DRAFTS)
def test_it_waits_for_its_writer_alone_and_is_gone_when_saved(as_, app, forms, pair, cycle, kind):
    tobi, (door, _draft, typed) = as_("tobi"), forms[kind]
    answer = kept(tobi, forms[kind])
    assert answer.status_code == 303 and answer.location.endswith(f"{door}#draft")
    page = tobi.get(door).text
    assert all(text in page for text in typed.values()) and "What stands here is your draft" in page
    assert "not Dafydd" in page and WORD not in tobi.get(f"{BASE}/cycles/{cycle}").text
    waits = tobi.get(f"{BASE}/pairs/{pair}").text
    assert "A draft of yours waits here" in waits and f'href="{door}"' in waits and WORD not in waits
    with app.app_context():
        (draft,) = drafts()
        assert (draft.thing, draft.layer, draft.author_id) == (kind, "only_me", cast.person_id("tobi"))
        assert WORD.encode() not in draft.sealed
    for who in ("dafydd", "ines", "ravi", "petra"):
        for path in (door, f"{BASE}/pairs/{pair}", f"{BASE}/cycles/{cycle}"):
            found = as_(who).get(path).text
            assert WORD not in found and "draft of yours waits" not in found
    assert posted(tobi, door).status_code == 303
    assert "draft of yours waits" not in tobi.get(f"{BASE}/pairs/{pair}").text
    with app.app_context():
        assert not drafts()


@pytest.mark.parametrize("kind", DRAFTS)
def test_nobody_else_keeps_or_throws_one_away(as_, app, forms, kind):
    kept(as_("tobi"), forms[kind])
    draft = f"{BASE}/drafts/{forms[kind][1]}"
    for who, status in (("ines", 403), ("petra", 403), ("kofi", 404), ("ravi", 404)):
        assert as_(who).post(draft, data=forms[kind][2]).status_code == status
        assert as_(who).get(f"{draft}/throw").status_code == status
        assert as_(who).post(f"{draft}/throw").status_code == status
    with app.app_context():
        assert len(drafts()) == 1
    tobi = as_("tobi")
    assert "Throw the draft away?" in tobi.get(f"{draft}/throw").text
    assert tobi.post(f"{draft}/throw").status_code == 303 and WORD not in tobi.get(forms[kind][0]).text
    with app.app_context():
        assert not drafts()


def test_each_of_the_two_has_her_own_beside_what_both_read(as_, app, forms):
    kept(as_("tobi"), forms[GOAL])
    kept(as_("dafydd"), (*forms[GOAL][:2], {"what": "His own draft"}))
    assert "His own draft" in as_("dafydd").get(forms[GOAL][0]).text and WORD in as_("tobi").get(forms[GOAL][0]).text
    with app.app_context():
        assert len(drafts()) == 2
    posted(as_("dafydd"), forms[GOAL][0])
    # Hers meets what he saved meanwhile.
    clash = posted(as_("tobi"), forms[GOAL][0])
    assert clash.status_code == 409 and "His own draft" in clash.text and WORD in clash.text


def test_it_outlives_the_session_and_the_form_is_where_she_comes_back_to(as_, in_app, forms):
    tobi, (door, _draft, typed) = as_("tobi"), forms[STEP]
    kept(tobi, forms[STEP])
    with in_app():
        db.session.execute(delete(SignInSession))
        db.session.commit()
    late = tobi.post(door, data=typed)
    assert late.status_code == 303 and late.location == f"/sign-in?next={door}"
    assert WORD in as_("tobi").get(door).text


def test_while_she_writes_it_is_kept_by_itself_and_says_so_in_its_place(as_, client, forms):
    for door, draft, typed in forms.values():
        answer = as_("tobi").post(f"{BASE}/drafts/{draft}", data=typed, headers=HTMX)
        fragment = as_("tobi").get(answer.location, headers=HTMX)
        assert fragment.text.lstrip().startswith('<p id="draft"') and "Not saved yet, kept as a draft" in fragment.text
        assert "<html" not in fragment.text and WORD not in fragment.text
        out = client.post(f"{BASE}/drafts/{draft}", data=typed, headers=HTMX)
        assert out.status_code == 401 and 'id="draft"' in out.text and "signed out" in out.text
        assert f'hx-post="{BASE}/drafts/{draft}"' in as_("tobi").get(door).text


def test_what_is_as_it_was_saved_is_no_draft(as_, app, forms, pair):
    tobi = as_("tobi")
    for door, draft, _typed in forms.values():
        assert posted_draft(tobi, door, draft, result="", standards=[]).status_code == 303
    with app.app_context():
        assert not drafts()
    # One that arrives after its form was saved is none either.
    form_key = secrets.token_hex(16)
    door, draft, typed = forms[NEW_GOAL]
    tobi.post(door, data=typed | {"form_key": form_key})
    tobi.post(f"{BASE}/drafts/{draft}", data=typed | {"form_key": form_key})
    with app.app_context():
        assert not drafts()


def test_all_of_a_step_is_kept_boxes_and_the_talk_too(as_, in_app, cycle):
    with in_app():
        steps = {name: step_of(the_cycle(cycle)[0], name).id for name in ("look_fors", "conversation")}
    dafydd = as_("dafydd")
    looks = f"{BASE}/cycles/{cycle}/steps/look_fors"
    posted_draft(dafydd, looks, f"{STEP}/{steps['look_fors']}", look_3=WORD, standards=["9001"])
    page = dafydd.get(looks).text
    assert re.search(r'<input checked[^>]*value="9001"', page) and WORD in page and "Quiet after a question" in page
    talk = f"{BASE}/cycles/{cycle}/steps/conversation"
    posted_draft(dafydd, talk, f"{STEP}/{steps['conversation']}", thought=WORD, log="y", minutes="25", mode="phone")
    page = dafydd.get(talk).text
    assert WORD in page and 'value="25"' in page and re.search(r'<input checked[^>]*value="phone"', page)
    assert re.search(r'<input[^>]*checked[^>]*name="log"', page)


def test_a_draft_in_a_cycle_that_the_other_one_closed_is_not_shut_away(as_, in_app, forms, cycle):
    tobi = as_("tobi")
    kept(tobi, forms[STEP])
    with in_app():
        made, pairing = the_cycle(cycle)
        close_cycle(made, pairing.mentor_id, "met")
    assert as_("dafydd").get(forms[STEP][0]).status_code == 303
    page = tobi.get(forms[STEP][0]).text
    assert WORD in page and "Open the cycle again and save it" in page
    assert posted(tobi, forms[STEP][0], reopens="y").status_code == 303


def test_a_lost_key_closes_a_draft_and_loses_nothing(as_, app, forms):
    tobi, (door, draft, _typed) = as_("tobi"), forms[NEW_GOAL]
    kept(tobi, forms[NEW_GOAL])
    with app.app_context():
        sealed = drafts()[0].sealed
    (app.config["SETTINGS"].instance / "keys" / "mentoring").write_bytes(secrets.token_bytes(32))
    assert "A draft of yours is here, but its key is not" in tobi.get(door).text
    refused = tobi.post(f"{BASE}/drafts/{draft}", data={"what": "something new"})
    assert refused.status_code == 422 and "something new" in refused.text and "It stays as it is" in refused.text
    with app.app_context():
        assert drafts()[0].sealed == sealed


def test_she_takes_them_along_and_they_go_with_what_she_wrote(as_, app, in_app, forms, pair):
    for form in forms.values():
        kept(as_("tobi"), form)
    told = as_("tobi").get("/me/export.json").json["mentoring_texts"]
    assert {one["what"] for one in told} == set(DRAFTS) and all(WORD in str(one["text"]) for one in told)
    assert WORD not in as_("dafydd").get("/me/export.json").text
    with in_app():
        end_pairing(db.session.get_one(Pairing, pair), cast.person_id("tobi"), TODAY)
    # What can't be saved any more is not offered.
    assert "2 drafts of yours wait here" not in as_("tobi").get(f"{BASE}/pairs/{pair}").text
    as_("tobi").post(f"/n/tarn-and-tide/mentoring/pairs/{pair}/notes/delete", data={"sure": "y"})
    with app.app_context():
        assert not drafts()
