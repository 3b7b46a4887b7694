"""Saying that something is done, and taking it back, where the portal knows of it too or somebody was there before."""

from datetime import date

from portal.db import db
from portal.mentoring.models import Pairing
from portal.milestones.models import Milestone
from portal.milestones.operations import change_milestone
from portal.milestones.queries import values_of, version_of
from portal.programmes.models import Programme
from portal.web import clock
from tests import cast
from tests.milestones.world import BASE, address, marks, pair_asked
from tests.pair_programmes.world import met


def test_what_is_taken_back_and_known_all_the_same_is_said_to_stay_done(as_, in_app):
    with in_app():
        pair_id, milestone_id = pair_asked(known_by="talk")
        met(db.session.get_one(Pairing, pair_id), date(2026, 9, 15))
    tobi = as_("tobi")
    tobi.post(address(pair_id, milestone_id, "/done"), data={"done_on": "2026-09-08"})
    told = tobi.post(address(pair_id, milestone_id, "/open"), follow_redirects=True).text
    assert "is open again" not in told and "stays done, as of Tue 15 Sep" in told


def test_whoever_says_it_second_is_told_and_the_first_day_stands(as_, app, in_app):
    with in_app():
        pair_id, milestone_id = pair_asked()
    as_("tobi").post(address(pair_id, milestone_id, "/done"), data={"done_on": "2026-11-05"})
    told = as_("dafydd").post(
        address(pair_id, milestone_id, "/done"), data={"done_on": "2026-11-09"}, follow_redirects=True
    )
    assert "was said to be done on Thu 5 Nov already" in told.text and "Undo" not in told.text
    with app.app_context():
        assert [done_on.day for _milestone, _period, done_on in marks()] == [5]


def test_what_stands_beside_a_milestone_says_who_reads_it(as_, in_app):
    with in_app():
        pair_id, milestone_id = pair_asked()
    for page in (address(pair_id, milestone_id), f"{BASE}/pairs/{pair_id}/milestones"):
        assert "who said so" in as_("tobi").get(page).text and "who said so" in as_("ines").get(page).text


def test_a_page_that_could_not_be_kept_says_so_in_its_title(as_, in_app):
    with in_app():
        pair_id, milestone_id = pair_asked(checklist="The labs\nWho is who")
    page = as_("tobi").post(address(pair_id, milestone_id, "/done"), data={"done_on": "2026-11-30"}).text
    assert "<title>Error: " in page


def test_what_a_closed_pair_is_asked_by_another_kind_of_fact_is_not_lost(as_, app, in_app):
    """Another way to know it: what one of the two had said of it still holds."""
    with in_app():
        pair_id, milestone_id = pair_asked()
    as_("tobi").post(address(pair_id, milestone_id, "/done"), data={"done_on": "2026-11-05"})
    with in_app():
        one = db.session.get_one(Milestone, milestone_id)
        programme = db.session.get_one(Programme, one.programme_id)
        change_milestone(one, programme, version_of(one), values_of(one) | {"known_by": "goal"}, cast.person_id("ines"))
    assert "Done on Thu 5 Nov" in as_("tobi").get(address(pair_id, milestone_id)).text
    assert clock.now() == cast.NOW


def test_a_page_leads_to_where_the_thing_is_done(as_, in_app):
    with in_app():
        pair_id, milestone_id = pair_asked(known_by="goal")
    there = f'href="{BASE}/coaching/pairs/{pair_id}"'
    assert there in as_("tobi").get(address(pair_id, milestone_id)).text
    assert there not in as_("ines").get(address(pair_id, milestone_id)).text
