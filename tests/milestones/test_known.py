"""What the two do anyway is known: both yeses, a goal, a talk, an observation. And what is theirs to take along."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from portal.agreements.operations import agree, write_agreement
from portal.coaching.models import CoachingCycle, CycleStep
from portal.coaching.operations_goals import make_goal, mark_needs
from portal.coaching.writing import mark_of
from portal.db import db
from portal.mentoring.models import Pairing
from portal.mentoring.operations_removing import delete_contact
from portal.milestones.exporting import milestones_for_export
from portal.milestones.models import KNOWN_BY, Milestone
from portal.milestones.operations import take_usual
from portal.milestones.operations_pairs import tick
from portal.milestones.queries_pairs import states_of_pair
from portal.programmes.operations import add_programme
from portal.programmes.starting import rules
from tests import cast
from tests.milestones.world import BASE, LIST, TODAY, address, pair_asked
from tests.pair_programmes.world import KEY, ZONE, met


def says(pairing):
    return states_of_pair(pairing, TODAY, ZONE)[0].done_on


@pytest.fixture
def known(in_app):
    """A pair whose programme asks for something that is known by itself."""

    def begin(known_by):
        pair_id, _milestone = pair_asked(known_by=known_by)
        return db.session.get_one(Pairing, pair_id)

    return begin


def test_an_agreement_needs_both_yeses(in_app, known):
    with in_app():
        pairing = known("agreement")
        write_agreement(cast.person_id("ines"), cast.network_id(), 0, "It stays between us.")
        agree(pairing, pairing.mentee_id, 1)
        assert says(pairing) is None
        agree(pairing, pairing.mentor_id, 1)
        assert says(pairing) == TODAY


def test_a_talk_counts_and_the_mentor_s_own_time_does_not(in_app, known):
    with in_app():
        pairing = known("talk")
        met(pairing, date(2026, 9, 8), kind="support")
        assert says(pairing) is None
        told = met(pairing, date(2026, 9, 15))
        met(pairing, date(2026, 10, 6))
        assert says(pairing) == date(2026, 9, 15)
        delete_contact(told.contact, pairing.mentor_id, ZONE)
        assert says(pairing) == date(2026, 10, 6)


def test_whether_a_needs_list_is_filled_in_nobody_learns_unless_she_says_so(as_, in_app):
    """Its page promises her that no coordinator sees even that."""
    assert "needs" not in KNOWN_BY
    with in_app():
        pair_id, milestone_id = pair_asked(name="Needs list", who="mentee")
        pairing = db.session.get_one(Pairing, pair_id)
        mark_needs(pairing, pairing.mentee_id, {"note": "Marking"}, mark_of(KEY, {}, ["note"]), KEY)
        assert says(pairing) is None
    assert "nor whether you filled it in" in as_("tobi").get(f"{BASE}/coaching/pairs/{pair_id}/needs").text
    assert "Was due" in as_("ines").get(address(pair_id, milestone_id)).text
    with in_app():
        usual = take_usual(add_programme(cast.network_id(), rules("Placement"), cast.person_id("ines")), 1)
        named = (
            select(Milestone.known_by, Milestone.hint)
            .where(Milestone.name == "Needs list")
            .order_by(Milestone.id.desc())
        )
        assert usual and "stays between you two" in db.session.execute(named).first().hint


def test_a_goal_counts_until_it_is_taken_back(in_app, known):
    with in_app():
        pairing = known("goal")
        goal = make_goal(pairing, pairing.mentee_id, {"what": "Ask more"}, KEY)
        assert says(pairing) == TODAY
        goal.deleted_at = cast.NOW
        assert says(pairing) is None


def test_an_observation_is_one_that_was_done(in_app, known):
    with in_app():
        pairing = known("observation")
        cycle = CoachingCycle(pairing_id=pairing.id, number=1, begun_at=cast.NOW, begun_by=pairing.mentor_id)
        db.session.add(cycle)
        db.session.flush()
        step = CycleStep(cycle_id=cycle.id, step="observation")
        db.session.add(step)
        assert says(pairing) is None
        step.done_at = datetime(2026, 10, 20, 9, tzinfo=UTC)
        assert says(pairing) == date(2026, 10, 20)


def test_nothing_is_asked_of_a_pair_that_has_ended(in_app, known):
    with in_app():
        pairing = known("talk")
        assert len(states_of_pair(pairing, TODAY, ZONE)) == 1
        pairing.ended_on = date(2026, 11, 9)
        assert states_of_pair(pairing, TODAY, ZONE) == []


def test_the_export_of_one_of_the_two_holds_what_was_ticked(in_app):
    with in_app():
        pair_id, _milestone = pair_asked(name="First meeting", checklist=LIST)
        pairing = db.session.get_one(Pairing, pair_id)
        asked = states_of_pair(pairing, TODAY, ZONE)[0].asked
        tick(pairing, asked, [asked.milestone.lines[1].id], [], TODAY, pairing.mentee_id)
        told = [{"milestone": "First meeting", "period": None, "done": None, "ticked": ["Who is who"]}]
        assert milestones_for_export(pairing.mentor_id) == told
        assert milestones_for_export(cast.person_id("ines")) == []


def test_the_pages_of_goals_and_cycles_tell_what_a_coordinator_learns_where_a_programme_asks_for_it(as_, in_app):
    with in_app():
        pair_id, _milestone = pair_asked(known_by="observation")
    for path in ("", "/goals/new", "/cycles/new"):
        page = as_("tobi").get(f"{BASE}/coaching/pairs/{pair_id}{path}").text
        assert "Where a programme asks for a goal or an observation, they see that there is one, and since when" in page
        assert "and nothing of it." not in page
