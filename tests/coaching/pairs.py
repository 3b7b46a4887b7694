"""A pair for the tests of goals and cycles: Dafydd mentors Tobi. With what they wrote, sealed by the portal's own key."""

from datetime import date

import pytest
from flask import current_app

from portal.coaching.models import CoachingCycle
from portal.coaching.operations_cycles import begin_cycle, step_of
from portal.coaching.operations_goals import make_goal
from portal.coaching.operations_steps import save_step
from portal.coaching.saving import Saved, Words
from portal.coaching.writing import Where, held, mark_of
from portal.db import db
from portal.mentoring.models import Pairing
from portal.mentoring.operations import start_pairing
from portal.programmes.models import FrameLine, TeachingFrame
from portal.vocabulary.models import Word
from tests import cast

BASE = "/n/tarn-and-tide/mentoring/coaching"
# The two lines of the frame, A and B.
LINES = (9001, 9002)
ZONE = "Europe/London"
TODAY = date(2026, 11, 10)


def key():
    return current_app.config["SETTINGS"].key("mentoring")


@pytest.fixture
def pair(in_app):
    """Their pair's number; the region has three needs and a frame with two lines."""
    with in_app():
        needs = (("classroom", "Running the classroom"), ("labs", "Practical work"), ("workload", "Workload"))
        db.session.add_all(
            Word(kind="mentoring_need", code=code, label=label, position=place)
            for place, (code, label) in enumerate(needs)
        )
        frame = TeachingFrame(code="ours", name="Good lessons here")
        db.session.add(frame)
        db.session.flush()
        db.session.add_all(
            FrameLine(id=LINES[place], frame_id=frame.id, code=code, label=label, position=place)
            for place, (code, label) in enumerate((("A", "Questions"), ("B", "Practicals")))
        )
        dafydd, tobi, ines = (cast.person_id(one) for one in ("dafydd", "tobi", "ines"))
        return start_pairing(cast.network_id(), dafydd, tobi, ines, date(2026, 9, 1)).id


@pytest.fixture
def cycle(in_app, pair):
    """An open cycle to a goal, with two look-fors; its number."""
    with in_app():
        pairing = db.session.get_one(Pairing, pair)
        goal = make_goal(pairing, pairing.mentee_id, {"what": "More hands go up", "need": "classroom"}, key())
        made = begin_cycle(pairing, pairing.mentor_id, goal.id, 5, TODAY, key())
        write(made, pairing, "look_fors", {"look_1": "Quiet after a question", "look_2": "Whose hands"}, is_done=True)
        return made.id


def write(cycle, pairing, step, typed, author=None, layer="we_two", is_done=False, **saved):
    """Keep words in a step, as its screen would."""
    one = step_of(cycle, step)
    where = Where("cycle_step", one.id, author or pairing.mentee_id, layer)
    words = Words(where, typed, mark_of(key(), held(key(), where).fields, typed))
    writer = author or pairing.mentor_id
    return save_step(cycle, one, pairing, writer, Saved([words], is_done=is_done, **saved), key(), ZONE)


def the_cycle(cycle_id):
    cycle = db.session.get_one(CoachingCycle, cycle_id)
    return cycle, db.session.get_one(Pairing, cycle.pairing_id)


def posted(browser, path, page=None, **typed):
    """Post what a page's form holds, with other things typed into it. ``page``: where the form stands, if elsewhere."""
    from tests.sweeping import FormReader

    reader = FormReader(path)
    reader.feed(browser.get(page or path).text)
    wanted = next(form for form in reader.forms if form.action == path and form.method == "post")
    data = {name: value for name, value in wanted.data().items() if name not in ("done", "only_time")}
    return browser.post(path, data=data | typed)
