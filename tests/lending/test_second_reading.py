"""Steps that are skipped, taken twice, taken back by somebody else or written down for a day that can't be."""

from datetime import date

import pytest
from sqlalchemy import delete, select, update

from portal.activities.counted_rows import Span
from portal.activities.models import Use
from portal.db import db, writing
from portal.kit.fields import Said
from portal.kit.models import Kit, KitPart, KitProblem
from portal.kit.operations_problems import refill_part, reopen_problem, settle_problem, tell_problems
from portal.lending import counting
from portal.lending.fields import RunFields, UseReturned
from portal.lending.operations_closing import tell_use
from portal.lending.operations_longer import ask_longer
from portal.lending.operations_runs import load_run, plan_run
from portal.lending.operations_steps import hand_over, take_back
from portal.networks.models import SchoolTerm
from portal.web import clock
from portal.web.errors import DomainError
from portal.web.links import act_link
from tests import cast
from tests.kit.kits import make_kit
from tests.lending.loans import END, PAGE, START, ask, back, booked, counted, loan, noon_of, out, there, today

KIT = "/n/tarn-and-tide/kit/"


def test_one_request_for_a_day_waits_for_its_answer(in_app):
    with in_app():
        kit = make_kit()
        ask(kit)
        with pytest.raises(DomainError, match="asked for it on these days already"):
            ask(kit, end=START)
        assert ask(kit, "leon")


def test_a_kit_that_somebody_has_or_booked_is_not_deleted(in_app, as_):
    with in_app():
        kit = make_kit()
        booked(kit)
    answer = as_("ines").post(f"{KIT}{kit}/deletion", data={"sure": "1"}, follow_redirects=True)
    assert "Somebody has it or has it booked." in answer.text
    with in_app():
        assert db.session.get_one(Kit, kit).deleted_at is None


def test_an_undo_that_waited_takes_no_later_step_back(in_app, as_):
    with in_app():
        kit = make_kit()
        loan_id = out(kit)
    ines = as_("ines")
    ines.post(f"{PAGE}{loan_id}/return")
    answer = ines.post(f"{PAGE}{loan_id}/step-back?seen=out", follow_redirects=True)
    assert "Meanwhile it went on" in answer.text
    ines.post(f"{PAGE}{loan_id}/step-back?seen=returned")
    with in_app():
        assert loan(loan_id).state == "out"


def test_whoever_drives_takes_her_own_tick_back_and_nothing_else(in_app, as_):
    with in_app():
        kit, ines = make_kit(needs_return=False), cast.person_id("ines")
        loan_id = out(kit)
        run = plan_run(ines, cast.network_id(), RunFields(END, driver_id=cast.person_id("leon")))
        load_run(ines, run, [], [loan_id])
        noon_of(END)
        take_back(ines, loan_id, END)
        counted(loan_id)
        assert loan(loan_id).state == "closed"
    as_("leon").post(f"{KIT}runs/{run}/undo/{loan_id}")
    with in_app():
        assert loan(loan_id).state == "closed"


def test_counted_again_after_it_was_refilled_it_is_no_new_problem(in_app):
    with in_app():
        kit = make_kit()
        loan_id = back(kit)
        counted(loan_id, USB_leads=(2, 0, 0))
        leads = next(part for part in db.session.execute(select(KitPart)).scalars() if part.title == "USB leads")
        assert refill_part(cast.person_id("ines"), kit, leads.id, 2) == 1
        counted(loan_id, USB_leads=(2, 0, 0))
        assert there(kit)["USB leads"] == 12
        assert [one.settled_at is None for one in db.session.execute(select(KitProblem)).scalars()] == [False]
        counted(loan_id, USB_leads=(3, 0, 0))
        fresh = db.session.execute(select(KitProblem).where(KitProblem.settled_at.is_(None))).scalar_one()
        assert (there(kit)["USB leads"], fresh.quantity) == (11, 1)


def test_the_three_answers_of_a_mail_leave_what_the_page_was_told(in_app, client):
    with in_app():
        kit, tobi = make_kit(), cast.person_id("tobi")
        loan_id = back(kit)
        said = UseReturned(2, 54, "yes", START, "Year 8", 3, "", "We skipped step four.", "It worked at once.", True)
        tell_use(tobi, loan_id, said, today())
        link = act_link("kituse", tobi, loan_id, days=60)
    assert client.post(link, data={"classes": "3", "students": "80", "choice": "tell"}).status_code == 303
    with in_app():
        use = db.session.execute(select(Use)).scalar_one()
        assert (use.classes, use.students, use.again) == (3, 80, "")
        assert (use.used_on, use.what_changed, use.quote) == (START, "We skipped step four.", "It worked at once.")


def test_nobody_keeps_a_box_until_the_year_9999(in_app):
    with in_app():
        loan_id = out(make_kit())
        with pytest.raises(DomainError, match="years away"):
            ask_longer(cast.person_id("tobi"), loan_id, date(9999, 12, 31))


@pytest.mark.parametrize("last", ["9999-12-31", "9999-12-30", "0001-01-01"])
def test_days_out_of_service_end_within_anybodys_years(in_app, as_, last):
    with in_app():
        kit = make_kit()
    answer = as_("ines").post(f"{KIT}{kit}/service", data={"starts_on": "2026-11-20", "ends_on": last})
    assert answer.status_code == 422 and "years away" in answer.text


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-30"])
def test_the_calendar_turns_to_no_year_that_it_can_not_reach(in_app, as_, day):
    with in_app():
        make_kit()
        with writing():
            db.session.execute(delete(SchoolTerm))
            db.session.commit()
    assert as_("tobi").get(f"{KIT}calendar/?from={day}").status_code == 200


def test_a_box_is_never_out_on_more_days_than_it_was_to_be_had(in_app):
    with in_app():
        kit = make_kit()
        back(kit)
        with writing():
            db.session.execute(update(Kit).values(listed_at=clock.now()))
            db.session.commit()
        noon_of(END.replace(day=6))
        span = Span((cast.network_id(),), cast.NOW.replace(month=9), cast.NOW.replace(month=12, day=31))
        row = db.session.execute(counting.kit_days(span)).one()
        assert row.out <= row.available


def test_nobody_had_it_before_the_one_who_had_it_brought_it_back(in_app):
    with in_app():
        kit, ines = make_kit(), cast.person_id("ines")
        counted(back(kit), END)
        noon_of(date(2026, 12, 7))
        second = booked(kit, "leon", date(2026, 12, 9), date(2026, 12, 16))
        with pytest.raises(DomainError, match="somebody else had it on this day"):
            hand_over(ines, second, {}, on_day=date(2026, 11, 25))
        assert hand_over(ines, second, {}, on_day=END)


def test_what_was_refilled_before_is_not_taken_out_again_with_the_problem(in_app):
    with in_app():
        kit, ines = make_kit(), cast.person_id("ines")
        leads = next(part for part in db.session.execute(select(KitPart)).scalars() if part.title == "USB leads").id
        tell_problems(None, kit, [Said("missing", leads, 5, "")], "1.2.3.4")
        refill_part(ines, kit, leads, 3)
        problem = db.session.execute(select(KitProblem.id)).scalar_one()
        for outcome in ("found", "gone"):
            settle_problem(ines, kit, problem, outcome, None)
            reopen_problem(ines, kit, problem)
        assert there(kit)["USB leads"] == 7 + 3
