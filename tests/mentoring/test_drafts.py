"""A draft is everything that was typed so far, sealed, for its writer alone; it is there when "We met" is opened."""

import re
import secrets

import pytest
from flask import current_app
from sqlalchemy import delete, select

from portal.db import db
from portal.mentoring.draft_keeping import DRAFT, Place, draft_of
from portal.mentoring.models import SealedText
from portal.people.models import SignInSession
from tests import cast
from tests.mentoring.world import BASE, contacts, pair, quick, talk_of

__all__ = ["pair"]
WORD = "kestrelparked"
SEEN = re.compile(r'name="seen"[^>]*value="([^"]*)"')
HTMX = {"HX-Request": "true", "HX-Target": "p#draft"}


def keep(browser, pair, **typed):
    return browser.post(f"{BASE}/pairs/{pair}/draft", data=typed)


def drafts():
    return db.session.execute(select(SealedText).where(SealedText.thing == "draft")).scalars().all()


def test_what_is_prepared_waits_in_we_met_for_its_writer_alone(as_, app, pair):
    dafydd = as_("dafydd")
    answer = keep(dafydd, pair, preparing="y", parked=WORD, only_me="Ask about the lab.", next_on="2026-11-24")
    assert answer.status_code == 303 and answer.location.endswith("/prepare#draft")
    page = dafydd.get(f"{BASE}/pairs/{pair}/met").text
    assert WORD in page and "Ask about the lab." in page and 'value="2026-11-24"' in page
    assert "Kept as a draft" in page and "not Tobi Larkhill" in page
    for who in ("tobi", "ines", "ravi", "petra"):
        for path in ("", "/met", "/prepare", "/notes"):
            assert WORD not in as_(who).get(f"{BASE}/pairs/{pair}{path}").text
    with app.app_context():
        assert WORD.encode() not in drafts()[0].sealed


def test_saving_the_talk_removes_the_draft_and_seals_it_as_a_talk(as_, app, pair):
    dafydd = as_("dafydd")
    keep(dafydd, pair, preparing="y", parked=WORD)
    dafydd.post(f"{BASE}/pairs/{pair}/met", data=quick(parked=WORD))
    assert WORD not in dafydd.get(f"{BASE}/pairs/{pair}/met").text
    assert WORD in as_("tobi").get(f"{BASE}/pairs/{pair}/notes").text
    with app.app_context():
        assert not drafts()


def test_it_outlives_the_session_and_the_form_is_where_she_comes_back_to(as_, app, in_app, pair):
    dafydd = as_("dafydd")
    keep(dafydd, pair, **quick(length="60", mode="phone", parked=WORD, activities="planning"))
    with in_app():
        db.session.execute(delete(SignInSession))
        db.session.commit()
    late = dafydd.post(f"{BASE}/pairs/{pair}/met", data=quick(parked="too late"))
    assert late.status_code == 303 and late.location == f"/sign-in?next={BASE}/pairs/{pair}/met"
    page = as_("dafydd").get(f"{BASE}/pairs/{pair}/met").text
    assert WORD in page
    for chosen in ("60", "phone"):
        assert re.search(rf'<input checked [^>]*value="{chosen}"', page), chosen
    with app.app_context():
        assert not contacts()


def test_while_she_writes_it_is_kept_by_itself_and_says_so_in_its_place(as_, pair):
    dafydd = as_("dafydd")
    answer = dafydd.post(f"{BASE}/pairs/{pair}/draft", data=quick(parked=WORD), headers=HTMX)
    assert answer.status_code == 303
    fragment = dafydd.get(answer.location, headers=HTMX)
    assert fragment.text.startswith('<p id="draft"') and "Kept as a draft" in fragment.text
    assert "<html" not in fragment.text and WORD not in fragment.text


def test_whoever_was_signed_out_meanwhile_is_told_on_the_page_and_not_taken_away(client, pair):
    answer = client.post(f"{BASE}/pairs/{pair}/draft", data=quick(parked=WORD), headers=HTMX)
    assert answer.status_code == 401 and "HX-Redirect" not in answer.headers
    assert 'id="draft"' in answer.text and "signed out" in answer.text and WORD not in answer.text
    plain = client.post(f"{BASE}/pairs/{pair}/draft", data=quick(parked=WORD))
    assert plain.status_code == 303 and "/sign-in" in plain.location


def test_a_draft_that_arrives_after_its_talk_was_saved_is_not_kept(as_, app, pair):
    dafydd, form_key = as_("dafydd"), secrets.token_hex(16)
    dafydd.post(f"{BASE}/pairs/{pair}/met", data=quick(parked=WORD, form_key=form_key))
    keep(dafydd, pair, **quick(parked=WORD, form_key=form_key))
    with app.app_context():
        assert len(contacts()) == 1 and not drafts()


def test_today_is_kept_as_the_day_that_it_was(as_, in_app, pair):
    keep(as_("dafydd"), pair, **quick(parked=WORD))
    with in_app():
        key = current_app.config["SETTINGS"].key("mentoring")
        fields = draft_of(Place(DRAFT, pair), cast.person_id("dafydd"), key).fields
    assert fields["day"] == "2026-11-10" and "when" not in fields


def test_preparing_leaves_alone_what_only_the_talk_tells(as_, pair):
    dafydd = as_("dafydd")
    keep(dafydd, pair, **quick(length="20", mode="mail", parked="first"))
    keep(dafydd, pair, preparing="y", parked="second")
    page = dafydd.get(f"{BASE}/pairs/{pair}/met").text
    assert "second" in page and "first<" not in page
    assert 'checked id="length-1" name="length" type="radio" value="20"' in page


def test_without_a_word_there_is_no_draft_and_it_can_be_thrown_away(as_, app, pair):
    dafydd = as_("dafydd")
    keep(dafydd, pair, **quick())
    with app.app_context():
        assert not drafts()
    keep(dafydd, pair, **quick(parked=WORD))
    assert "Throw the draft away?" in dafydd.get(f"{BASE}/pairs/{pair}/draft/throw").text
    assert dafydd.post(f"{BASE}/pairs/{pair}/draft/throw").status_code == 303
    with app.app_context():
        assert not drafts()


def test_a_draft_whose_key_is_lost_is_not_written_over_but_can_be_thrown_away(as_, app, pair):
    dafydd = as_("dafydd")
    keep(dafydd, pair, **quick(parked=WORD))
    with app.app_context():
        sealed = drafts()[0].sealed
    (app.config["SETTINGS"].instance / "keys" / "mentoring").unlink()
    assert "its key is not" in dafydd.get(f"{BASE}/pairs/{pair}/met").text
    refused = keep(dafydd, pair, **quick(parked="something new"))
    assert refused.status_code == 422 and "something new" in refused.text and "It stays as it is" in refused.text
    assert dafydd.post(f"{BASE}/pairs/{pair}/met", data=quick(parked="something new")).status_code == 303
    with app.app_context():
        assert drafts()[0].sealed == sealed
    dafydd.post(f"{BASE}/pairs/{pair}/draft/throw")
    with app.app_context():
        assert not drafts()


def beside(browser, told, path="draft", **typed):
    return browser.post(f"{BASE}/talks/{told}/{path}", data=typed)


@pytest.fixture
def told(as_, in_app, pair):
    """A talk that Dafydd has saved with a line; its number in the book of the pair."""
    as_("dafydd").post(f"{BASE}/pairs/{pair}/met", data=quick(parked="as saved"))
    with in_app():
        return talk_of(pair).id


@pytest.mark.parametrize("page", ["notes", "edit"])
def test_what_is_changed_beside_a_saved_talk_waits_for_its_writer_alone(as_, app, told, page):
    dafydd = as_("dafydd")
    seen = SEEN.search(dafydd.get(f"{BASE}/talks/{told}/{page}").text)[1]
    answer = beside(dafydd, told, parked="as saved", working=WORD, seen=seen)
    assert answer.status_code == 303 and answer.location.endswith(f"/talks/{told}/notes#draft")
    shown = dafydd.get(f"{BASE}/talks/{told}/{page}").text
    assert WORD in shown and "Not saved yet, kept as a draft" in shown and "as saved" in shown
    assert shown.index("These notes are your draft") < shown.index(WORD)
    for who in ("tobi", "ines", "ravi", "petra"):
        for path in (f"talks/{told}", f"talks/{told}/notes", "pairs/1/notes", "pairs/1"):
            assert WORD not in as_(who).get(f"{BASE}/{path}").text
    assert WORD not in dafydd.get(f"{BASE}/talks/{told}").text
    typed = {"parked": "", "working": WORD, "seen": SEEN.search(shown)[1]}
    saved = beside(dafydd, told, page, **(quick(**typed) if page == "edit" else typed))
    assert saved.status_code == 303 and WORD in as_("tobi").get(f"{BASE}/talks/{told}").text
    with app.app_context():
        assert not db.session.execute(select(SealedText).where(SealedText.thing == "beside")).all()


def test_the_page_that_puts_a_talk_right_keeps_its_notes_by_a_button_too(as_, told):
    dafydd, door = as_("dafydd"), f"{BASE}/talks/{told}"
    page = dafydd.get(f"{door}/edit").text
    assert f'formaction="{door}/draft?back=edit"' in page and "Keep the notes as a draft" in page
    answer = beside(dafydd, told, "draft?back=edit", **quick(parked=WORD))
    assert answer.location.endswith(f"{door}/edit#draft") and WORD in dafydd.get(f"{door}/edit").text
    # The other one has no such page: hers is the one beside the talk.
    assert beside(as_("tobi"), told, "draft?back=edit", parked="hers").location.endswith(f"{door}/notes#draft")


def test_beside_a_saved_talk_it_says_so_in_its_place_and_can_be_thrown_away(as_, app, told):
    tobi = as_("tobi")
    answer = tobi.post(f"{BASE}/talks/{told}/draft", data={"only_me": WORD}, headers=HTMX)
    fragment = tobi.get(answer.location, headers=HTMX).text
    assert fragment.startswith('<p id="draft"') and "Not saved yet" in fragment and WORD not in fragment
    assert "Throw the draft away?" in tobi.get(f"{BASE}/talks/{told}/draft/throw").text
    tobi.post(f"{BASE}/talks/{told}/draft/throw")
    assert WORD not in tobi.get(f"{BASE}/talks/{told}/notes").text
    # What is as it was saved is no draft, nor is a form without notes.
    beside(as_("dafydd"), told, parked="as saved"), beside(as_("dafydd"), told)
    with app.app_context():
        assert not db.session.execute(select(SealedText).where(SealedText.thing == "beside")).all()


def test_a_draft_beside_a_talk_meets_what_another_window_saved(as_, told):
    dafydd = as_("dafydd")
    seen = SEEN.search(dafydd.get(f"{BASE}/talks/{told}/notes").text)[1]
    beside(dafydd, told, parked="as drafted", seen=seen)
    beside(dafydd, told, "notes", parked="another window", seen=seen)
    # Saving took the draft with it; the one that an open window sends afterwards is told of both.
    beside(dafydd, told, parked="as drafted", seen=seen)
    shown = dafydd.get(f"{BASE}/talks/{told}/notes").text
    clash = beside(dafydd, told, "notes", parked="as drafted", seen=SEEN.search(shown)[1])
    assert clash.status_code == 409 and "another window" in clash.text and "as drafted" in clash.text


def test_a_lost_key_closes_a_draft_beside_a_talk_and_loses_nothing(as_, app, told):
    dafydd = as_("dafydd")
    beside(dafydd, told, parked=WORD)
    (app.config["SETTINGS"].instance / "keys" / "mentoring").write_bytes(secrets.token_bytes(32))
    page = dafydd.get(f"{BASE}/talks/{told}/notes").text
    assert "A draft of yours is here, but its key is not" in page and WORD not in page
    assert beside(dafydd, told, working="new words").status_code == 422
