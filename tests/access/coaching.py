"""Goals and cycles: the two of a pair, and nobody else. A coordinator is refused like every other member."""

from datetime import date

from flask import current_app

from portal.coaching.operations_cycles import begin_cycle, step_of
from portal.coaching.operations_goals import make_goal
from portal.coaching.operations_observing import note_line
from portal.coaching.operations_steps import save_step
from portal.coaching.queries_things import GOAL
from portal.coaching.saving import Saved, Words
from portal.coaching.writing import Where, seen_nothing
from portal.mentoring.operations import start_pairing
from tests import cast

STRANGERS = {"kofi": "404", "ravi": "404", "hana": "404", "nobody": "sign-in"}
THE_TWO = {"ines": "403", "tobi": "may", "dafydd": "may", "petra": "403"} | STRANGERS
THE_MENTEE = THE_TWO | {"dafydd": "403"}
ITS_WRITER = THE_TWO | {"tobi": "403"}
THE_OBSERVER = THE_TWO | {"dafydd": "404"}

MATRIX = {
    "GET coaching.index": THE_TWO,
    "GET coaching.needs": THE_TWO,
    "POST coaching.mark_needs": THE_MENTEE,
    "GET coaching.new_goal": THE_TWO,
    "POST coaching.make_goal": THE_TWO,
    "GET coaching.edit_goal": THE_TWO,
    "POST coaching.change_goal": THE_TWO,
    "GET coaching.ask_close_goal": THE_TWO,
    "POST coaching.close_goal": THE_TWO,
    "POST coaching.reopen_goal": THE_TWO,
    "POST coaching.move_goal": THE_TWO,
    "GET coaching.ask_remove_goal": ITS_WRITER,
    "POST coaching.remove_goal": ITS_WRITER,
    "POST coaching.restore_goal": ITS_WRITER,
    "GET coaching.new": THE_TWO,
    "POST coaching.begin": THE_TWO,
    "GET coaching.show": THE_TWO,
    "POST coaching.reopen": THE_TWO,
    "GET coaching.step": THE_TWO,
    "POST coaching.save": THE_TWO,
    "POST coaching.reopen_step": THE_TWO,
    "POST coaching.note": THE_TWO,
    "GET coaching.edit_line": THE_OBSERVER,
    "POST coaching.save_line": THE_OBSERVER,
    "POST coaching.remove_line": THE_OBSERVER,
    "POST coaching.show_lines": THE_TWO,
    "POST coaching.hide_lines": THE_TWO,
    "POST coaching.keep": THE_TWO,
    "GET coaching.ask_throw": THE_TWO,
    "POST coaching.throw": THE_TWO,
}


def prepare() -> dict[str, object]:
    """Tobi mentors Dafydd here, so that the two are a pair the other way round too; Tobi has visited a lesson."""
    key = current_app.config["SETTINGS"].key("mentoring")
    network_id, tobi, dafydd = cast.network_id(), cast.person_id("tobi"), cast.person_id("dafydd")
    pairing = start_pairing(network_id, tobi, dafydd, cast.person_id("ines"), date(2026, 9, 1))
    make_goal(pairing, dafydd, {"what": "To wait longer"}, key)
    goal = make_goal(pairing, dafydd, {"what": "To ask more open questions"}, key)
    cycle = begin_cycle(pairing, tobi, goal.id, 5, date(2026, 10, 12), key)
    words = Words(
        Where("cycle_step", step_of(cycle, "look_fors").id, dafydd, "we_two"), {"look_1": "quiet"}, seen_nothing(key)
    )
    save_step(cycle, step_of(cycle, "look_fors"), pairing, tobi, Saved([words]), key, "Europe/London")
    number = note_line(step_of(cycle, "observation"), tobi, "10:42", 1, "four hands up of 26", key)
    return {
        "goal_id": goal.id,
        "cycle_id": cycle.id,
        "step_name": "observation",
        "line_number": number,
        "draft_kind": GOAL,
        "draft_number": goal.id,
    }
