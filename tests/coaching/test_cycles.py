"""A cycle from its goal to its check: any order, one save a step, one talk counted once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import false, func, literal, select, update

from portal.coaching.models import STEPS, CoachingCycle, CycleLine, CycleStep
from portal.coaching.operations_cycles import begin_cycle, close_cycle, step_of
from portal.coaching.operations_observing import note_line
from portal.coaching.queries_frame import lines_to_choose
from portal.coaching.steps import next_of, suggested
from portal.db import db
from portal.mentoring.models import ContactActivity, ContactStandard, MentoringContact, PairProgramme, PairTalk
from portal.mentoring.operations import end_pairing
from portal.networks.models import Membership
from portal.programmes.models import FrameLine, Programme, TeachingFrame
from portal.statements.queries_report import outcomes
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast
from tests.coaching.pairs import BASE, TODAY, cycle, key, pair, posted, the_cycle, write
from tests.sweeping import FormReader

__all__ = ["cycle", "pair"]


def test_a_cycle_begins_with_six_steps_on_school_days(as_, app, pair):
    posted(as_("tobi"), f"{BASE}/pairs/{pair}/goals/new", what="More hands go up")
    assert posted(as_("dafydd"), f"{BASE}/pairs/{pair}/cycles/new", weeks="4").status_code == 303
    with app.app_context():
        days = dict(db.session.execute(select(CycleStep.step, CycleStep.due_on)).all())
        assert db.session.scalars(select(CoachingCycle.goal_id)).one() == 1
    assert tuple(days) == STEPS and days["check"] == date(2026, 12, 8)
    assert all(day.weekday() < 5 for weeks in (4, 5, 6) for day in suggested(TODAY, weeks).values())


def test_what_a_line_of_the_frame_means_is_said_where_it_is_ticked(as_, in_app, pair, cycle):
    with in_app():
        db.session.get_one(FrameLine, 9001).hint = "Asked of everybody, and waited for"
        db.session.commit()
    hinted = "Questions<br><span class="
    assert hinted in as_("tobi").get(f"{BASE}/cycles/{cycle}/steps/look_fors").text
    assert hinted in as_("tobi").get(f"/n/tarn-and-tide/mentoring/pairs/{pair}/met").text
    posted(as_("tobi"), f"{BASE}/cycles/{cycle}/steps/look_fors", standards="9001")
    assert "Asked of everybody" in as_("dafydd").get(f"{BASE}/cycles/{cycle}/steps/conversation").text


def test_any_order_is_possible_and_what_was_left_out_does_not_nag(in_app, cycle):
    with in_app():
        made, pairing = the_cycle(cycle)
        assert next_of(made.steps).step == "observation"
        write(made, pairing, "action", {"step": "Count to four"}, is_done=True)
        assert next_of(made.steps).step == "check"
        write(made, pairing, "check", {"growth": "Nine"}, is_done=True)
        assert next_of(made.steps).step == "goal"


def test_each_step_is_saved_done_or_not_and_can_be_opened_again(as_, app, cycle):
    path = f"{BASE}/cycles/{cycle}/steps/action"
    assert posted(as_("tobi"), path, step="Count to four", due_on="2026-11-20", done="no").status_code == 303
    with app.app_context():
        step = db.session.scalars(select(CycleStep).where(CycleStep.step == "action")).one()
        assert step.done_at is None and step.due_on == date(2026, 11, 20)
    assert posted(as_("dafydd"), path).status_code == 303
    page = as_("tobi").get(f"{BASE}/cycles/{cycle}").text
    assert "Count to four" in page and "2 steps of 6 done" in as_("tobi").get(f"{BASE}/pairs/1").text
    as_("tobi").post(f"{path}/open")
    with app.app_context():
        assert db.session.scalars(select(CycleStep.done_at).where(CycleStep.step == "action")).one() is None
    assert as_("tobi").get(f"{BASE}/cycles/{cycle}/steps/nonsense").status_code == 404


def test_feedback_is_written_line_by_line_of_the_frame(as_, app, cycle):
    looks = f"{BASE}/cycles/{cycle}/steps/look_fors"
    assert posted(as_("dafydd"), looks, standards=["9001"]).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(CycleLine.line_id)).all() == [9001]
    talk = f"{BASE}/cycles/{cycle}/steps/conversation"
    assert (
        posted(as_("dafydd"), talk, standard_9001="Four seconds, nine hands", thought="Mine alone").status_code == 303
    )
    mine, theirs = as_("dafydd").get(f"{BASE}/cycles/{cycle}").text, as_("tobi").get(f"{BASE}/cycles/{cycle}").text
    assert "A Questions" in theirs and "Four seconds, nine hands" in theirs
    assert "Mine alone" in mine and "Mine alone" not in theirs
    assert "Four seconds" in as_("tobi").get(talk).text


def talk(**more):
    return {"log": "y", "on": "2026-11-09", "minutes": "50", "mode": "in_person"} | more


def test_one_save_keeps_the_step_and_writes_the_talk_down(as_, app, cycle):
    path = f"{BASE}/cycles/{cycle}/steps/conversation"
    posted(as_("dafydd"), f"{BASE}/cycles/{cycle}/steps/look_fors", standards=["9002"])
    assert posted(as_("dafydd"), path, saw="Nine hands", **talk()).status_code == 303
    with app.app_context():
        contact = db.session.scalars(select(MentoringContact)).one()
        assert contact.minutes == 50 and clock.local(contact.starts_at, "Europe/London").date() == date(2026, 11, 9)
        assert db.session.scalars(select(ContactActivity.code)).all() == ["after-observation"]
        assert db.session.scalars(select(ContactStandard.line_id)).all() == [9002]
        step = db.session.scalars(select(CycleStep).where(CycleStep.step == "conversation")).one()
        assert step.pair_talk_id == db.session.scalars(select(PairTalk.id)).one()
    again = posted(as_("dafydd"), path, **talk(minutes="20"))
    assert again.status_code == 303 and "talk of 50 min" in as_("tobi").get(f"{BASE}/cycles/{cycle}").text
    with app.app_context():
        assert db.session.scalar(select(func.count(MentoringContact.id))) == 1


@pytest.mark.parametrize(("answer", "talks"), [("yes", 1), ("no", 2)])
def test_a_talk_that_is_written_down_already_is_offered_as_the_same(as_, app, cycle, answer, talks):
    met = {"when": "yesterday", "length": "45", "mode": "in_person", "kind": "one_to_one"}
    as_("tobi").post("/n/tarn-and-tide/mentoring/pairs/1/met", data=met)
    path = f"{BASE}/cycles/{cycle}/steps/observation"
    asked = posted(as_("dafydd"), path, thought="Kept while asked", **talk())
    assert asked.status_code == 422 and "Is it the same talk?" in asked.text and "Kept while asked" in asked.text
    assert posted(as_("dafydd"), path, **talk(same=answer)).status_code == 303
    with app.app_context():
        assert db.session.scalar(select(func.count(MentoringContact.id))) == talks
        confirmed = db.session.scalars(select(PairTalk.confirmed_at).order_by(PairTalk.id)).all()
        assert (confirmed[0] is not None) == (answer == "yes")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"minutes": "1800"}, "Type minutes from 1 to 600"),
        ({"minutes": ""}, "Say how many minutes it was"),
        ({"on": "2026-12-24"}, "This day has not come yet"),
        ({"on": "2026-08-01"}, "You two became a pair after that day"),
    ],
)
def test_a_talk_of_nonsense_keeps_nothing_and_loses_nothing(as_, app, cycle, typed, sentence):
    path = f"{BASE}/cycles/{cycle}/steps/conversation"
    answer = posted(as_("dafydd"), path, saw="Half a page that I typed", **talk(**typed))
    assert answer.status_code == 422 and sentence in answer.text and "Half a page that I typed" in answer.text
    assert "Half a page" not in as_("tobi").get(f"{BASE}/cycles/{cycle}").text
    with app.app_context():
        assert not db.session.scalars(select(MentoringContact.id)).all()


def test_a_result_closes_the_cycle_and_the_next_one_begins_from_it(as_, app, cycle):
    posted(as_("dafydd"), f"{BASE}/cycles/{cycle}/steps/look_fors", standards=["9001"])
    check = f"{BASE}/cycles/{cycle}/steps/check"
    assert posted(as_("tobi"), check, growth="Nine hands", next="The back row", result="partly").status_code == 303
    page = as_("dafydd").get(f"{BASE}/cycles/{cycle}").text
    assert "Partly" in page and "left out" in page and "Start the next cycle from here" in page
    assert as_("dafydd").post(check, data={}).status_code == 409 and as_("ines").post(check).status_code == 403
    new = f"{BASE}/pairs/1/cycles/new"
    assert posted(as_("dafydd"), new, page=f"{new}?after={cycle}").status_code == 303
    follows = as_("tobi").get(f"{BASE}/cycles/2").text
    assert "Whose hands" in follows and "The back row" in follows and "A Questions" in follows
    as_("tobi").post(f"{BASE}/cycles/{cycle}/reopen")
    with app.app_context():
        first = db.session.get_one(CoachingCycle, cycle)
        assert first.closed_at is None and first.result == ""


def test_the_second_of_two_in_a_step_sees_both_versions(as_, cycle):
    path = f"{BASE}/cycles/{cycle}/steps/action"
    tobi, dafydd = as_("tobi"), as_("dafydd")
    assert posted(tobi, path, step="What Tobi wrote").status_code == 303
    clash = dafydd.post(path, data={"step": "What Dafydd wrote", "seen": "of an hour ago"})
    assert clash.status_code == 409 and "What Tobi wrote" in clash.text and "What Dafydd wrote" in clash.text


def test_three_open_cycles_are_plenty(in_app, cycle):
    with in_app():
        _made, pairing = the_cycle(cycle)
        for _time in range(2):
            begin_cycle(pairing, pairing.mentor_id, None, 5, TODAY, key())
        with pytest.raises(DomainError, match="plenty"):
            begin_cycle(pairing, pairing.mentor_id, None, 5, TODAY, key())


@pytest.mark.parametrize("how", ["ended", "left"])
def test_a_mentor_who_leaves_in_mid_cycle_leaves_it_to_the_mentee(as_, in_app, cycle, how):
    with in_app():
        _made, pairing = the_cycle(cycle)
        if how == "ended":
            end_pairing(pairing, pairing.mentor_id, TODAY)
        else:
            gone = update(Membership).where(Membership.person_id == pairing.mentor_id).values(ended_at=clock.now())
            db.session.execute(gone)
            db.session.commit()
    tobi, page = as_("tobi"), f"{BASE}/cycles/{cycle}"
    said = "You are no longer a pair" if how == "ended" else "no longer a member of this network"
    assert said in tobi.get(page).text and "Quiet after a question" in tobi.get(page).text
    assert posted(tobi, f"{page}/steps/check", growth="Alone, but done", result="met").status_code == 303
    assert "Alone, but done" in tobi.get(page).text
    if how == "ended":
        assert tobi.post(f"{page}/steps/action", data={}).status_code == 403
        assert as_("dafydd").get(page).status_code == 200
        assert as_("dafydd").post(f"{page}/reopen").status_code == 403
    else:
        assert as_("dafydd").get(page).status_code == 404


def test_a_coordinator_sees_how_many_and_nothing_else(as_, cycle):
    page = as_("ines").get("/n/tarn-and-tide/mentoring/pairs/1").text
    assert "1 begun" in page and "0 closed" in page and "More hands" not in page
    for path in ("pairs/1", "pairs/1/needs", f"cycles/{cycle}", f"cycles/{cycle}/steps/goal", "goals/1/edit"):
        assert as_("ines").get(f"{BASE}/{path}").status_code == 403


def test_who_writes_while_the_other_one_closes_the_cycle_loses_nothing(as_, app, cycle):
    check, other = f"{BASE}/cycles/{cycle}/steps/check", f"{BASE}/cycles/{cycle}/steps/action"
    hers = form_on(as_("tobi"), other) | {"step": "Half a page that I typed"}
    his = form_on(as_("dafydd"), check) | {"growth": "Twelve hands", "result": "met"}
    assert posted(as_("tobi"), check, growth="Nine hands", result="partly").status_code == 303
    for path, typed, who in ((other, hers, "tobi"), (check, his, "dafydd")):
        refused = as_(who).post(path, data=typed)
        assert refused.status_code in (409, 422) and "Open the cycle again and save it" in refused.text
        assert all(word in refused.text for word in (typed.get("step") or typed["growth"],))
    page = as_("tobi").get(f"{BASE}/cycles/{cycle}").text
    assert "Half a page" not in page and "Twelve hands" not in page and "Partly" in page
    assert as_("tobi").post(other, data=hers | {"reopens": "y"}).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(CoachingCycle.closed_at)).one() is None
    assert "Half a page that I typed" in as_("dafydd").get(f"{BASE}/cycles/{cycle}").text


def form_on(browser, path):
    """What the form of a step holds when its page is opened."""
    reader = FormReader(path)
    reader.feed(browser.get(path).text)
    found = next(form for form in reader.forms if form.action == path and form.method == "post")
    return {name: value for name, value in found.data().items() if name != "done"}


def test_a_closing_is_taken_back_by_one_press_and_never_to_a_fourth_open_cycle(as_, in_app, cycle):
    posted(as_("tobi"), f"{BASE}/cycles/{cycle}/steps/check", result="not")
    back, tobi = f"{BASE}/cycles/{cycle}/reopen", as_("tobi")
    assert back in tobi.get(f"{BASE}/cycles/{cycle}").text
    with in_app():
        _made, pairing = the_cycle(cycle)
        for _time in range(3):
            begin_cycle(pairing, pairing.mentor_id, None, 5, TODAY, key())
    tobi.post(back)
    assert "Three cycles are open" in tobi.get(f"{BASE}/cycles/{cycle}").text


def test_that_she_wrote_a_note_to_herself_is_told_to_nobody(as_, cycle):
    path, page = f"{BASE}/cycles/{cycle}/steps/conversation", f"{BASE}/cycles/{cycle}"
    before = as_("tobi").get(page).text
    assert posted(as_("dafydd"), path, thought="Mine alone", done="no").status_code == 303
    assert as_("tobi").get(page).text.count("wrote in a step") == before.count("wrote in a step")
    posted(as_("dafydd"), path, saw="Nine hands", done="no")
    assert as_("tobi").get(page).text.count("wrote in a step") == before.count("wrote in a step") + 1


def test_lines_are_offered_from_the_programmes_that_the_pair_is_in_today(in_app, pair):
    with in_app():
        own = TeachingFrame(code="theirs", name="The district’s own")
        db.session.add(own)
        db.session.flush()
        line = FrameLine(frame_id=own.id, code="Z", label="Labs")
        made = Programme(network_id=cast.network_id(), name="Induction", frame_id=own.id, created_at=clock.now())
        db.session.add(made)
        db.session.flush()
        stay = PairProgramme(pairing_id=pair, programme_id=made.id, since=date(2026, 9, 1), until=date(2026, 11, 30))
        db.session.add_all([line, stay])
        db.session.flush()
        assert [one.code for one in lines_to_choose(pair, TODAY)] == ["Z"]
        assert len(lines_to_choose(pair, date(2026, 12, 1))) > 1


def test_cycles_with_a_result_are_counted_for_the_report_pair_by_pair(in_app, cycle):
    """How many pairs they come from says whether the figure is told at all."""
    with in_app():
        made, pairing = the_cycle(cycle)
        nothing = select(literal(2), literal(0), literal(0)).where(false())

        def finished(start, end):
            return outcomes([pairing.id], start, end, nothing)[1]

        term = datetime(2026, 9, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
        assert finished(*term) == {}
        close_cycle(made, pairing.mentor_id, "met")
        assert finished(*term) == {pairing.id: 1}
        assert finished(term[1], term[1] + timedelta(days=90)) == {}


@pytest.mark.parametrize("who", ["tobi", "dafydd"])
def test_pages_ask_few_questions(as_, in_app, queries, cycle, who):
    with in_app():
        made, pairing = the_cycle(cycle)
        for number in range(40):
            note_line(step_of(made, "observation"), pairing.mentor_id, "10:42", number % 3, "four hands", key())
        for _time in range(2):
            begin_cycle(pairing, pairing.mentor_id, None, 5, TODAY, key())
    browser = as_(who)
    here = [f"cycles/{cycle}/steps/{step}" for step in STEPS]
    for path in ("pairs/1", "pairs/1/needs", "goals/1/edit", f"cycles/{cycle}", *here):
        with queries() as seen:
            assert browser.get(f"{BASE}/{path}").status_code == 200
        print("COUNT", path, len(seen))
        assert len(seen) <= 12, path + "\n" + "\n".join(seen)
