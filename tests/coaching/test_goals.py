"""The needs list and up to three goals: private, never lost, never written over unread."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.coaching.operations_goals import close_goal, make_goal, remove_goal, reopen_goal, restore_goal
from portal.coaching.queries_handing import what_can_go
from portal.coaching.writing import seen_nothing
from portal.db import db
from portal.history.models import HistoryLine
from portal.mentoring.models import PairGoal, Pairing, SealedText
from portal.mentoring.texts import keep_text
from portal.note_keeping.operations import look_after_notes
from portal.people.exporting import as_json
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast
from tests.coaching.pairs import BASE, key, pair, posted

__all__ = ["pair"]


def marked(**more):
    return {"need_classroom": "most", "need_labs": "help", "need_workload": "well", "note": "after break"} | more


def test_the_mentee_marks_her_needs_and_the_mentor_reads_them(as_, pair):
    path = f"{BASE}/pairs/{pair}/needs"
    assert posted(as_("tobi"), path, **marked()).status_code == 303
    read = as_("dafydd").get(path).text
    assert "Most of all" in read and "Running the classroom" in read and "after break" in read
    assert re.search(r'<input checked[^>]*name="need_classroom"[^>]*value="most"', as_("tobi").get(path).text)
    assert as_("dafydd").post(path, data=marked()).status_code == 403


def test_four_are_too_many_to_come_first(in_app, as_, pair, monkeypatch):
    monkeypatch.setattr("portal.coaching.forms.MOST", 2)
    answer = posted(as_("tobi"), f"{BASE}/pairs/{pair}/needs", **marked(need_labs="most", need_workload="most"))
    assert (
        answer.status_code == 422 and "Choose the three that come first" in answer.text and "after break" in answer.text
    )


def test_a_goal_is_made_from_the_list_and_changed_by_either(as_, pair):
    posted(as_("tobi"), f"{BASE}/pairs/{pair}/needs", **marked(need_classroom="well", need_labs="most"))
    form = as_("tobi").get(f"{BASE}/pairs/{pair}/goals/new").text
    assert form.index("Practical work") < form.index("Running the classroom")
    new = f"{BASE}/pairs/{pair}/goals/new"
    assert posted(as_("tobi"), new, what="Trays back at the bell", need="labs").status_code == 303
    assert posted(as_("dafydd"), f"{BASE}/goals/1/edit", by="Christmas").status_code == 303
    page = as_("tobi").get(f"{BASE}/pairs/{pair}").text
    assert "Trays back at the bell" in page and "Christmas" in page
    assert "Trays back" in as_("tobi").get(f"/n/tarn-and-tide/mentoring/pairs/{pair}").text


def test_three_are_open_at_a_time(in_app, as_, pair):
    with in_app():
        pairing = db.session.get_one(Pairing, pair)
        goals = [make_goal(pairing, pairing.mentee_id, {"what": f"Goal {n}"}, key()) for n in range(3)]
        with pytest.raises(DomainError, match="three are enough"):
            make_goal(pairing, pairing.mentor_id, {"what": "One more"}, key())
        close_goal(goals[0], pairing, pairing.mentee_id, "met", {"growth": "Nine hands"}, seen_nothing(key()), key())
        make_goal(pairing, pairing.mentor_id, {"what": "The next"}, key())
        with pytest.raises(DomainError, match="three are enough"):
            reopen_goal(goals[0], pairing, pairing.mentee_id)
    refused = as_("tobi").post(f"{BASE}/pairs/{pair}/goals/new", data={"what": "A fourth that I typed"})
    assert refused.status_code == 422 and "A fourth that I typed" in refused.text
    assert "Nine hands" in as_("tobi").get(f"{BASE}/pairs/{pair}").text


def test_a_closed_goal_tells_what_became_of_it_and_can_be_opened_again(as_, app, pair):
    posted(as_("tobi"), f"{BASE}/pairs/{pair}/goals/new", what="Wait three seconds")
    assert as_("tobi").post(f"{BASE}/goals/1/close", data={"growth": "kept"}).status_code == 422
    posted(as_("dafydd"), f"{BASE}/goals/1/close", result="partly", growth="Nine hands")
    with app.app_context():
        assert db.session.scalars(select(PairGoal.result)).all() == ["partly"]
    as_("tobi").post(f"{BASE}/goals/1/reopen")
    with app.app_context():
        assert db.session.scalars(select(PairGoal.closed_at)).all() == [None]


def test_goals_change_places(in_app, as_, pair):
    with in_app():
        pairing = db.session.get_one(Pairing, pair)
        second = [make_goal(pairing, pairing.mentee_id, {"what": what}, key()) for what in ("First", "Second")][1].id
    as_("tobi").post(f"{BASE}/goals/{second}/up")
    page = as_("dafydd").get(f"{BASE}/pairs/{pair}").text
    assert page.index("Second") < page.index("First")


def test_the_second_of_two_sees_both_versions_and_replaces_knowingly(as_, pair):
    posted(as_("tobi"), f"{BASE}/pairs/{pair}/goals/new", what="As it was")
    path = f"{BASE}/goals/1/edit"
    dafydd, tobi = as_("dafydd"), as_("tobi")
    seen = mark_on(dafydd.get(path).text)
    assert tobi.post(path, data={"what": "What Tobi wrote", "seen": seen}).status_code == 303
    clash = dafydd.post(path, data={"what": "What Dafydd wrote", "seen": seen})
    assert clash.status_code == 409 and "What Tobi wrote" in clash.text and "What Dafydd wrote" in clash.text
    assert dafydd.post(path, data={"what": "Both", "seen": mark_on(clash.text)}).status_code == 303
    assert "Both" in tobi.get(path).text


def mark_on(page):
    return page.partition('name="seen"')[2].partition('value="')[2].partition('"')[0]


def test_what_cannot_be_opened_is_never_written_over(app, as_, pair):
    posted(as_("tobi"), f"{BASE}/pairs/{pair}/needs", **marked())
    posted(as_("tobi"), f"{BASE}/pairs/{pair}/goals/new", what="Sealed by the old key")
    with app.app_context():
        before = db.session.scalars(select(SealedText.sealed).order_by(SealedText.id)).all()
    (app.config["SETTINGS"].instance / "keys" / "mentoring").unlink()
    for path, typed in ((f"{BASE}/goals/1/edit", {"what": "Typed"}), (f"{BASE}/pairs/{pair}/needs", {"note": "Typed"})):
        assert "The key of these notes is not here" in as_("tobi").get(path).text
        refused = as_("tobi").post(path, data=typed)
        assert refused.status_code == 422 and "Nothing was saved over it" in refused.text and "Typed" in refused.text
    with app.app_context():
        assert db.session.scalars(select(SealedText.sealed).order_by(SealedText.id)).all() == before
    assert as_("tobi").get(f"{BASE}/pairs/{pair}").status_code == 200
    # Nothing is silently left out of what she takes along either.
    rows = as_("tobi").get("/me/export.json").json["coaching"]
    assert {one["what"] for one in rows if "not at hand" in one.get("note", "")} == {"needs", "goal"}


def test_words_that_were_deleted_are_not_called_locked_away(as_, pair):
    tobi, here = as_("tobi"), f"/n/tarn-and-tide/mentoring/pairs/{pair}"
    posted(tobi, f"{BASE}/pairs/{pair}/goals/new", what="Wait three seconds")
    posted(tobi, f"{BASE}/pairs/{pair}/cycles/new")
    posted(tobi, f"{here}/notes/delete")
    for page in (f"{BASE}/pairs/{pair}", here):
        found = as_("dafydd").get(page).text
        assert "A goal whose words were deleted" in found and "can’t be opened" not in found
    assert "The words of its goal are not here" in tobi.get(f"{BASE}/cycles/1").text


def test_an_empty_pair_is_shown_the_first_step(as_, pair):
    here = f"/n/tarn-and-tide/mentoring/pairs/{pair}"
    assert "Mark what would help" in as_("tobi").get(here).text
    assert "which Tobi Larkhill marks" in as_("dafydd").get(here).text
    assert "has not marked anything yet" in as_("dafydd").get(f"{BASE}/pairs/{pair}/needs").text
    assert "What you work on" not in as_("ines").get(here).text


def removed(browser, goal):
    assert "Remove this goal?" in browser.get(f"{BASE}/goals/{goal}/remove").text
    return browser.post(f"{BASE}/goals/{goal}/remove", follow_redirects=True).text


def test_whoever_wrote_a_goal_removes_it_everywhere_and_takes_that_back(as_, in_app, pair):
    tobi, here = as_("tobi"), f"/n/tarn-and-tide/mentoring/pairs/{pair}"
    posted(tobi, f"{BASE}/pairs/{pair}/goals/new", what="Wait three seconds")
    posted(tobi, f"{BASE}/pairs/{pair}/cycles/new")
    assert "Remove this goal" in tobi.get(f"{BASE}/goals/1/edit").text
    assert "Remove this goal" not in as_("dafydd").get(f"{BASE}/goals/1/edit").text
    assert "Cycle 1 works on it. It stays" in tobi.get(f"{BASE}/goals/1/remove").text
    assert "Undo" in removed(tobi, 1)
    for path in (f"{BASE}/pairs/{pair}", here, f"{BASE}/pairs/{pair}/cycles/new", f"{BASE}/cycles/1", "/me/hand-over"):
        assert "Wait three seconds" not in as_("dafydd").get(path).text + tobi.get(path).text
    assert "Its goal was removed. The cycle stays as it is." in as_("dafydd").get(f"{BASE}/cycles/1").text
    assert tobi.get(f"{BASE}/goals/1/edit").status_code == 404
    with in_app():
        assert not what_can_go(cast.person_id("tobi"))
    again = tobi.get(f"{BASE}/goals/1/remove").text
    assert "Bring it back" in again and "17 November" in again and "Wait three seconds" not in again
    tobi.post(f"{BASE}/goals/1/restore")
    assert "Wait three seconds" in as_("dafydd").get(f"{BASE}/pairs/{pair}").text
    with in_app():
        done = db.session.scalars(select(HistoryLine.action).where(HistoryLine.subject_kind == "pair_goal"))
        assert set(done) == {"goal.made", "goal.removed", "goal.restored"}


def test_a_removed_goal_makes_room_and_comes_back_only_where_there_is_some(as_, in_app, pair):
    with in_app():
        pairing = db.session.get_one(Pairing, pair)
        goals = [make_goal(pairing, pairing.mentee_id, {"what": f"Goal {n}"}, key()) for n in range(3)]
        remove_goal(goals[0], pairing.mentee_id)
        make_goal(pairing, pairing.mentor_id, {"what": "The next"}, key())
        with pytest.raises(DomainError, match="three are enough"):
            restore_goal(goals[0], pairing.mentee_id)
    refused = as_("tobi").post(f"{BASE}/goals/{1}/restore", follow_redirects=True).text
    assert "three are enough" in refused and "Goal 0" not in refused


def test_whoever_wrote_in_it_meanwhile_loses_nothing_that_she_typed(as_, pair):
    posted(as_("tobi"), f"{BASE}/pairs/{pair}/goals/new", what="As it was")
    removed(as_("tobi"), 1)
    for path, typed in (
        ("edit", {"what": "Typed all along"}),
        ("close", {"result": "met", "growth": "Typed all along"}),
    ):
        late = as_("dafydd").post(f"{BASE}/goals/1/{path}", data=typed)
        assert late.status_code == 422 and "was removed while you wrote" in late.text and "Typed all along" in late.text
        assert "As it was" not in late.text


def test_a_week_later_its_words_are_gone_for_good(as_, in_app, pair):
    with in_app():
        pairing = db.session.get_one(Pairing, pair)
        tobi = pairing.mentee_id
        goal, other = (make_goal(pairing, tobi, {"what": what}, key()) for what in ("Gone soon", "Stays"))
        keep_text(key(), "goal_draft", goal.id, pairing.mentor_id, "only_me", {"what": "Unsaved"})
        remove_goal(goal, tobi)
        clock.freeze(cast.NOW + timedelta(days=7, minutes=-5))
        look_after_notes()
        assert len(as_goal(goal.id)) == 2 and "removed" in as_json(tobi).decode()
        clock.freeze(cast.NOW + timedelta(days=7))
        look_after_notes(), look_after_notes()
        assert not as_goal(goal.id) and len(as_goal(other.id)) == 1
        lines = select(HistoryLine.subject_id).where(HistoryLine.action == "goal.gone")
        assert db.session.scalars(lines).all() == [goal.id]
        with pytest.raises(DomainError, match="its words are gone"):
            restore_goal(goal, tobi)


def as_goal(goal_id):
    mine = select(SealedText.id).where(SealedText.thing.in_(("goal", "goal_draft")), SealedText.thing_id == goal_id)
    return db.session.scalars(mine).all()


def test_what_nobody_can_bring_back_is_not_offered_any_more(as_, in_app, pair):
    posted(as_("tobi"), f"{BASE}/pairs/{pair}/goals/new", what="Long gone")
    removed(as_("tobi"), 1)
    clock.freeze(cast.NOW + timedelta(days=8))
    page = as_("tobi").get(f"{BASE}/goals/1/remove").text
    assert "Its words are gone for good since Tuesday 17 November 2026" in page and "Bring it back" not in page


def test_a_draft_of_a_goal_that_was_removed_meanwhile_is_not_kept_and_nothing_typed_is_lost(as_, in_app, pair):
    posted(as_("tobi"), f"{BASE}/pairs/{pair}/goals/new", what="As it was")
    removed(as_("tobi"), 1)
    for kind, typed in (("goal_draft", {"what": "Typed all along"}), ("goal_closing", {"growth": "Typed all along"})):
        late = as_("dafydd").post(f"{BASE}/drafts/{kind}/1", data=typed)
        assert late.status_code == 422 and "was removed while you wrote" in late.text and "Typed all along" in late.text
    with in_app():
        assert not db.session.scalars(
            select(SealedText.id).where(SealedText.thing.in_(("goal_draft", "goal_closing")))
        ).all()


def test_both_are_told_for_a_week_that_a_goal_was_removed_and_its_writer_finds_the_way_back(as_, pair):
    posted(as_("tobi"), f"{BASE}/pairs/{pair}/goals/new", what="As it was")
    removed(as_("tobi"), 1)
    hers, his = (as_(one).get(f"{BASE}/pairs/{pair}").text for one in ("tobi", "dafydd"))
    assert "A goal that you removed" in hers and "Bring it back" in hers
    assert "A goal that Tobi Larkhill removed" in his and "Bring it back" not in his
    for page in (hers, his):
        assert "Its words go for good on Tuesday 17 November 2026" in page and "As it was" not in page
    clock.freeze(cast.NOW + timedelta(days=8))
    for one in ("tobi", "dafydd"):
        assert "removed" not in as_(one).get(f"{BASE}/pairs/{pair}").text
