"""What Dafydd and Tobi work on: a needs list, goals, one cycle that is closed and one that waits for its conversation."""

from collections.abc import Mapping
from typing import Any

from flask import current_app
from sqlalchemy import select

from portal.coaching.models import CoachingCycle
from portal.coaching.operations_cycles import begin_cycle, step_of
from portal.coaching.operations_goals import close_goal, goal_text, make_goal, mark_needs
from portal.coaching.operations_observing import note_line, show_notes
from portal.coaching.operations_steps import save_step
from portal.coaching.queries_frame import lines_to_choose
from portal.coaching.saving import Saved, Words
from portal.coaching.steps import OURS
from portal.coaching.writing import Where, held, mark_of, seen_nothing
from portal.db import db
from portal.demo.story import TIME_ZONE, Story, at, read
from portal.mentoring.models import PairGoal, Pairing

# Whose words a step is, where it is no text of the two: Dafydd visits and speaks of it.
HIS = {"observation": ("about",), "conversation": ("saw", "question")}
GOAL_WORDS = ("what", "need", "see", "by")


def tell_coaching(story: Story) -> None:
    told = read("coaching")
    key: bytes = current_app.config["SETTINGS"].key("mentoring")
    dafydd, tobi = story.who("dafydd"), story.who("tobi")
    pairing = db.session.scalars(
        select(Pairing).where(Pairing.mentor_id == dafydd, Pairing.mentee_id == tobi).order_by(Pairing.id)
    ).first()
    if pairing is None:
        return
    marked = {name: how for name, how in told["needs"].items() if name != "ago"}
    with at(story.ago(told["needs"]["ago"])):
        mark_needs(pairing, tobi, marked, seen_nothing(key), key)
    goals = [_goal(story, pairing, one, key) for one in told["goal"]]
    cycles: list[CoachingCycle] = []
    for one in told["cycle"]:
        cycles.append(_cycle(story, pairing, one, goals, cycles, key))


def _goal(story: Story, pairing: Pairing, told: Mapping[str, Any], key: bytes) -> PairGoal:
    words = {name: told.get(name, "") for name in GOAL_WORDS}
    words["need"] = words["need"].removeprefix("need_")
    with at(story.ago(told["ago"])):
        goal = make_goal(pairing, pairing.mentee_id, words, key)
    if "closed" in told:
        seen = mark_of(key, held(key, goal_text(goal, pairing)).fields, ("growth",))
        with at(story.ago(told["closed"])):
            close_goal(goal, pairing, pairing.mentee_id, told["result"], {"growth": told["growth"]}, seen, key)
    return goal


def _cycle(
    story: Story,
    pairing: Pairing,
    told: Mapping[str, Any],
    goals: list[PairGoal],
    before: list[CoachingCycle],
    key: bytes,
) -> CoachingCycle:
    after = before[told["after"]] if "after" in told else None
    begun = story.ago(told["ago"])
    with at(begun):
        goal_id = goals[told["goal"]].id
        cycle = begin_cycle(pairing, pairing.mentor_id, goal_id, told["weeks"], begun.date(), key, after)
    for step in told["step"]:
        with at(story.ago(step["ago"], "15:50")):
            _step(pairing, cycle, step, key)
    return cycle


def _step(pairing: Pairing, cycle: CoachingCycle, told: Mapping[str, Any], key: bytes) -> None:
    step, mentor = step_of(cycle, told["step"]), pairing.mentor_id
    for hour, look_for, text in told.get("lines", ()):
        note_line(step, mentor, hour, look_for, text, key)
    if told.get("shown"):
        show_notes(step, mentor, key)
    layer = "only_me" if step.step == "observation" and not told.get("shown") else "we_two"
    names = HIS.get(step.step) or tuple(OURS[step.step])
    author = mentor if step.step in HIS else pairing.mentee_id
    # The step that is called "step" in its own text is "text" in the file, where "step" says which one it is.
    typed = {
        name: told["text" if name == "step" else name] for name in names if ("text" if name == "step" else name) in told
    }
    words = [_words(Where("cycle_step", step.id, author, layer), typed, key)]
    if "thought" in told:
        words.append(_words(Where("cycle_step", step.id, mentor, "only_me"), {"thought": told["thought"]}, key))
    lines = (
        [one.id for one in lines_to_choose(pairing.id, cycle.begun_at.date())[3:4]]
        if step.step == "look_fors"
        else None
    )
    saved = Saved(words, step.due_on, lines=lines, result=told.get("result", ""))
    save_step(cycle, step, pairing, mentor, saved, key, TIME_ZONE)


def _words(where: Where, typed: Mapping[str, str], key: bytes) -> Words:
    return Words(where, typed, mark_of(key, held(key, where).fields, typed))
