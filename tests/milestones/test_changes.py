"""What a coordinator changes after pairs have begun: nothing is late because of it, and what was done stays done."""

from datetime import UTC, datetime

import pytest

from portal.db import db
from portal.mentoring.models import Pairing
from portal.milestones import operations
from portal.milestones.models import Milestone
from portal.milestones.operations import add_milestone, change_milestone, retire_milestone
from portal.milestones.operations_pairs import say_done
from portal.milestones.queries import milestones_of, values_of, version_of
from portal.milestones.queries_pairs import states_of_pair
from portal.milestones.usual import NOTHING
from portal.programmes.models import Programme
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast
from tests.milestones.test_pages import TYPED
from tests.milestones.world import BASE, TODAY, pair_asked
from tests.pair_programmes.world import ZONE


@pytest.fixture
def changed(in_app):
    """Change a milestone of Tobi's pair today; how the pair stands then."""

    def change(said=False, began=None, **values):
        pair_id, milestone_id = pair_asked(**(began or {"within_days": 71}))
        one, pairing = db.session.get_one(Milestone, milestone_id), db.session.get_one(Pairing, pair_id)
        if said:
            say_done(pairing, states_of_pair(pairing, TODAY, ZONE)[0].asked, TODAY, TODAY, pairing.mentee_id)
        programme = db.session.get_one(Programme, one.programme_id)
        typed = values_of(one) | values
        change_milestone(one, programme, version_of(one), typed, cast.person_id("ines"))
        return states_of_pair(pairing, TODAY, ZONE)

    return change


def test_fewer_days_make_nobody_late_at_once(in_app, changed):
    with in_app():
        (state,) = changed(within_days=10)
        assert (state.asked.due_on.isoformat(), state.is_late) == ("2026-11-20", False)


def test_more_days_count_from_the_start_as_before(in_app, changed):
    with in_app():
        (state,) = changed(within_days=80)
        assert state.asked.due_on.isoformat() == "2026-11-20"


def test_what_becomes_a_thing_of_each_month_is_asked_for_from_this_month_on(in_app, changed):
    with in_app():
        (state,) = changed(due="each_month", within_days=None)
        assert state.asked.period.isoformat() == "2026-11-01" and not state.is_late


def test_what_was_done_stays_done_while_the_kind_of_day_is_the_same(in_app, changed):
    with in_app():
        (state,) = changed(said=True, within_days=10, name="Another name")
        assert state.done_on == TODAY


def test_the_page_tells_that_another_kind_of_day_asks_anew(as_, app, in_app):
    with in_app():
        _pair, milestone_id = pair_asked()
    page = as_("ines").get(f"{BASE}/milestones/{milestone_id}/edit").text
    assert "Where you choose another answer, every pair is asked anew" in page


def test_a_milestone_that_comes_back_later_makes_nobody_late_and_at_once_is_as_it_was(in_app):
    with in_app():
        pair_id, milestone_id = pair_asked(within_days=10)
        one, pairing = db.session.get_one(Milestone, milestone_id), db.session.get_one(Pairing, pair_id)
        programme, ines = db.session.get_one(Programme, one.programme_id), cast.person_id("ines")

        def days_late():
            return states_of_pair(pairing, TODAY, ZONE)[0].days_late

        assert days_late() == 60
        for retired in (True, False):
            retire_milestone(one, programme, retired, ines)
        assert days_late() == 60
        one.retired_at = datetime(2026, 10, 1, 8, tzinfo=UTC)
        retire_milestone(one, programme, False, ines)
        assert days_late() == 0


def test_what_is_taken_out_makes_room_for_another(in_app, monkeypatch):
    monkeypatch.setattr(operations, "MOST", 2)
    with in_app():
        _pair, milestone_id = pair_asked()
        one, ines = db.session.get_one(Milestone, milestone_id), cast.person_id("ines")
        programme = db.session.get_one(Programme, one.programme_id)
        add_milestone(programme, NOTHING | {"name": "Second", "within_days": 5}, ines)
        with pytest.raises(DomainError):
            add_milestone(programme, NOTHING | {"name": "Third", "within_days": 5}, ines)
        retire_milestone(one, programme, True, ines)
        add_milestone(programme, NOTHING | {"name": "Third", "within_days": 5}, ines)
        assert [each.name for each in milestones_of(programme.id)] == ["Second", "Third", "First observation"]
        with pytest.raises(DomainError):
            retire_milestone(one, programme, False, ines)
    assert clock.now() == cast.NOW


@pytest.mark.parametrize("month", ["13", "0", "-20", "x", ""])
def test_a_month_that_there_is_not_is_said_beside_it(as_, in_app, month):
    with in_app():
        _pair, milestone_id = pair_asked()
        programme_id = db.session.get_one(Milestone, milestone_id).programme_id
    sent = TYPED | {"name": "Yearly", "due": "each_year", "by_day": "31", "by_month": month}
    answer = as_("ines").post(f"{BASE}/programmes/{programme_id}/milestones/new", data=sent)
    assert answer.status_code == 422
