"""Delivery runs: what goes along is proposed, the driver ticks it at each door, and it can be called off."""

from datetime import date

import pytest

from portal.db import db
from portal.lending.fields import RunFields
from portal.lending.models import DeliveryRun, Loan
from portal.lending.operations_runs import load_run, plan_run
from portal.lending.queries_runs import could_come_back, could_go_out, nearest_run
from tests import cast
from tests.lending.calendar_world import TODAY, lend, make_box

PAGE = "/n/tarn-and-tide/kit/runs/"


def plan(day: date, **other) -> int:
    return plan_run(cast.person_id("ines"), cast.network_id(), RunFields(day, **other))


@pytest.fixture
def world(in_app):
    """Two runs; boxes that are needed after each, one that is due back, one of the other network."""
    with in_app():
        first = plan(date(2026, 11, 10), title="North round", driver_id=cast.person_id("dafydd"))
        second = plan(date(2026, 11, 17))
        boxes = [make_box(f"Things {n}", f"Box {n}", home="Room 12") for n in range(1, 5)]
        loans = {
            "soon": lend(boxes[0], "tobi", date(2026, 11, 16), date(2026, 11, 20)),
            "later": lend(boxes[1], "leon", date(2026, 11, 19), date(2026, 11, 27)),
            "due": lend(boxes[2], "tobi", date(2026, 10, 26), date(2026, 11, 10), state="out"),
            "asked": lend(boxes[3], "leon", date(2026, 11, 12), date(2026, 11, 13), state="asked"),
        }
        theirs = make_box(owner="bryony", network="fell-and-furrow")
        loans["theirs"] = lend(theirs, "kofi", date(2026, 11, 12), date(2026, 11, 13), network="fell-and-furrow")
    return first, second, loans


def test_what_has_no_nearer_run_is_proposed(world, in_app):
    first, _second, loans = world
    with in_app():
        run = db.session.get_one(DeliveryRun, first)
        assert {one.loan_id: one.is_proposed for one in could_go_out(run)} == {
            loans["soon"]: True, loans["later"]: False,
        }  # fmt: skip
        assert {one.loan_id: one.is_proposed for one in could_come_back(run)} == {loans["due"]: True}
        assert nearest_run(cast.network_id(), date(2026, 11, 16), TODAY).id == first
        assert nearest_run(cast.network_id(), date(2026, 12, 31), TODAY) is None


def test_it_is_loaded_and_ticked_at_each_door(world, as_, in_app):
    first, _second, loans = world
    ines, dafydd = as_("ines"), as_("dafydd")
    text = ines.get(f"{PAGE}{first}/loading").text
    assert f'checked id="out-0" name="out" type="checkbox" value="{loans["soon"]}"' in text
    answer = ines.post(f"{PAGE}{first}/loading", data={"out": loans["soon"], "back": loans["due"]})
    assert answer.status_code == 303
    text = dafydd.get(f"{PAGE}{first}").text
    assert "Low Garrick School" in text and "It stands at Room 12." in text and "Bring it to Room 12." in text
    assert dafydd.post(f"{PAGE}{first}/out/{loans['soon']}").status_code == 303
    assert dafydd.post(f"{PAGE}{first}/back/{loans['due']}").status_code == 303
    with in_app():
        assert [db.session.get_one(Loan, loans[key]).state for key in ("soon", "due")] == ["out", "returned"]
    dafydd.post(f"{PAGE}{first}/undo/{loans['soon']}")
    with in_app():
        assert db.session.get_one(Loan, loans["soon"]).state == "approved"


def test_a_driver_ticks_nothing_that_is_not_on_her_list(world, as_, in_app):
    first, _second, loans = world
    for who, status in (("dafydd", 404), ("ines", 404), ("tobi", 403)):
        assert as_(who).post(f"{PAGE}{first}/out/{loans['soon']}").status_code == status
    with in_app():
        assert db.session.get_one(Loan, loans["soon"]).state == "approved"


def test_nothing_of_another_network_gets_on_it(world, as_, in_app):
    first, _second, loans = world
    assert as_("ines").post(f"{PAGE}{first}/loading", data={"out": loans["theirs"]}).status_code == 422
    with in_app():
        load_run(cast.person_id("ines"), first, {loans["theirs"]}, set())
        assert db.session.get_one(Loan, loans["theirs"]).out_run_id is None


def test_the_nearest_run_is_proposed_with_the_yes(world, as_, in_app):
    first, _second, loans = world
    ines, page = as_("ines"), f"/n/tarn-and-tide/kit/loans/{loans['asked']}/approval"
    assert "Goes along with the run on Tue 10 Nov (North round)" in " ".join(ines.get(page).text.split())
    assert ines.post(page, data={"answer": "", "run": first}).status_code == 303
    with in_app():
        loan = db.session.get_one(Loan, loans["asked"])
        assert (loan.state, loan.out_run_id) == ("approved", first)


def test_what_is_taken_off_is_proposed_elsewhere(world, in_app):
    first, second, loans = world
    with in_app():
        load_run(cast.person_id("ines"), first, {loans["later"]}, set())
        load_run(cast.person_id("ines"), first, set(), set())
        assert loans["later"] in {one.loan_id for one in could_go_out(db.session.get_one(DeliveryRun, second))}


def test_a_run_is_planned_changed_and_called_off(as_, in_app):
    ines = as_("ines")
    assert ines.post(PAGE, data={"on_day": "", "driver_id": "0"}).status_code == 422
    answer = ines.post(PAGE, data={"on_day": "2026-11-12", "driver_id": "0", "title": "South round"})
    assert answer.status_code == 303
    run = answer.location.split("/")[-2]
    changed = {"on_day": "2026-11-13", "driver_id": "0", "seen": "1"}
    assert ines.post(f"{PAGE}{run}", data=changed).status_code == 303
    stale = ines.post(f"{PAGE}{run}", data=changed | {"on_day": "2026-11-14"})
    assert stale.status_code == 409 and "Friday 13 November 2026" in stale.text
    ines.post(f"{PAGE}{run}/cancel")
    assert "Called off." in as_("tobi").get(PAGE).text
    assert ines.post(f"{PAGE}{run}/loading", data={}).status_code == 422
    ines.post(f"{PAGE}{run}/restore")
    with in_app():
        assert db.session.get_one(DeliveryRun, int(run)).cancelled_at is None


def test_members_read_the_days_and_not_the_list(world, as_):
    first, _second, _loans = world
    tobi = as_("tobi")
    assert "North round" in tobi.get(PAGE).text and f"runs/{first}" not in tobi.get(PAGE).text
    assert tobi.get(f"{PAGE}{first}").status_code == 403


def test_its_pages_cost_few_statements(world, as_, queries):
    first, _second, _loans = world
    ines = as_("ines")
    for path in (PAGE, f"{PAGE}{first}", f"{PAGE}{first}/loading"):
        with queries() as seen:
            assert ines.get(path).status_code == 200
        assert len(seen) <= 12, (path, len(seen))
