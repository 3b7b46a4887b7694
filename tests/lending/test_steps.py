"""A loan from the request to the closed book: each step, what it refuses, and the way back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.activities.models import Use
from portal.db import db
from portal.history.queries import lines_about
from portal.kit.fields import Said
from portal.kit.models import Kit, KitPart, KitProblem
from portal.kit.operations_problems import refill_part, tell_problems
from portal.lending.fields import UseReturned
from portal.lending.models import LoanCount
from portal.lending.operations_asking import (
    approve_loan,
    book_loan,
    cancel_loan,
    decline_loan,
    move_loan,
    restore_loan,
)
from portal.lending.operations_closing import close_loan, find_kit, lose_kit, tell_use
from portal.lending.operations_longer import ask_longer
from portal.lending.operations_steps import hand_over, make_ready, step_back, take_back
from portal.lending.queries import holds_of
from portal.web.errors import DomainError
from tests import cast
from tests.kit.kits import make_kit
from tests.lending.loans import END, START, TODAY, ask, asked, back, booked, counted, loan, noon_of, out, there

DAY = timedelta(days=1)


@pytest.fixture
def here(in_app):
    with in_app():
        yield


@pytest.fixture
def kit(here) -> int:
    return make_kit()


@pytest.fixture
def ines(here) -> int:
    return cast.person_id("ines")


def refused(words: str):
    return pytest.raises(DomainError, match=words)


def test_the_whole_course_leaves_a_closed_book(kit, ines):
    loan_id = ask(kit)
    assert loan(loan_id).state == "requested"
    approve_loan(ines, loan_id, TODAY, "The room is open until four.")
    make_ready(ines, loan_id)
    assert loan(loan_id).state == "ready"
    noon_of(START)
    hand_over(ines, loan_id, {}, collected_by="Her deputy")
    assert loan(loan_id).state == "out" and not loan(loan_id).is_overdue(END)
    noon_of(END)
    take_back(ines, loan_id, END)
    counted(loan_id, AA_cells=(0, 0, 6))
    assert loan(loan_id).state == "checked" and there(kit)["AA cells"] == 18
    tell_use(cast.person_id("tobi"), loan_id, UseReturned(2, 54, "yes"), END)
    assert loan(loan_id).state == "closed" and db.session.get_one(Kit, kit).uses_count == 2
    told = [line.sentence for line in lines_about("loan", loan_id, 20)]
    assert any("from Monday 23 November 2026 to Friday 4 December 2026" in line for line in told)
    assert len(told) == 8


def test_its_use_counts_for_the_borrower_whoever_tells_it(kit, ines):
    loan_id = back(kit)
    tell_use(ines, loan_id, UseReturned(2, 54, "changed", engagement=4, level="right"), END)
    use = db.session.execute(select(Use)).scalar_one()
    assert (use.person_id, use.subject_kind, use.subject_id) == (cast.person_id("tobi"), "kit", kit)
    assert (use.used_on, use.students_how, use.organisation_id) == (START, "teacher", loan(loan_id).organisation_id)
    tell_use(ines, loan_id, UseReturned(0, 12), END)
    assert use.withdrawn_at and use.students is None and db.session.get_one(Kit, kit).uses_count == 0
    tell_use(ines, loan_id, UseReturned(1, None), END)
    assert not use.withdrawn_at and use.students_how == ""


def test_a_kit_that_asks_for_no_return_is_closed_with_the_count(here, ines):
    kit = make_kit(needs_return=False)
    loan_id = back(kit)
    counted(loan_id)
    assert loan(loan_id).state == "closed"


def test_it_is_closed_without_its_return_only_with_a_reason_and_a_count(kit, ines):
    loan_id = back(kit)
    with refused("Count what came back first"):
        close_loan(ines, loan_id, "She has left.")
    counted(loan_id)
    close_loan(ines, loan_id, "She has left.")
    assert loan(loan_id).state == "closed" and loan(loan_id).closed_without == "She has left."
    tell_use(cast.person_id("tobi"), loan_id, UseReturned(1, 20), END)
    assert db.session.get_one(Kit, kit).uses_count == 1


def test_a_second_approval_of_overlapping_days_is_told(kit, ines):
    first, second = ask(kit), ask(kit, "dafydd", END, END + 7 * DAY)
    approve_loan(ines, first, TODAY)
    with refused("Low Garrick School has it until Sunday 6 December 2026"):
        approve_loan(cast.person_id("mairead"), second, TODAY)
    assert loan(second).state == "requested"


def test_the_days_for_turning_it_round_are_held_too(kit):
    booked(kit)
    with refused("free from Monday 7 December 2026"):
        ask(kit, "dafydd", END + 2 * DAY, END + 5 * DAY)
    assert ask(kit, "dafydd", END + 3 * DAY, END + 5 * DAY)
    with refused("Low Garrick School has it"):
        ask(kit, "dafydd", START - 8 * DAY, START - DAY)


def test_declined_is_not_approved_and_the_other_way_round(kit, ines):
    loan_id = ask(kit)
    decline_loan(ines, loan_id, "It is being mended.")
    with refused("ended meanwhile"):
        approve_loan(ines, loan_id, TODAY)
    restore_loan(ines, loan_id, TODAY)
    approve_loan(ines, loan_id, TODAY)
    with refused("Cancel it instead"):
        decline_loan(ines, loan_id, "No.")


def test_what_was_cancelled_comes_back_while_its_days_are_free(kit, ines):
    tobi, loan_id = cast.person_id("tobi"), booked(kit)
    cancel_loan(tobi, loan_id)
    assert loan(loan_id).state == "cancelled" and holds_of(kit, START, END, TODAY) == []
    restore_loan(tobi, loan_id, TODAY)
    assert loan(loan_id).state == "approved"
    cancel_loan(tobi, loan_id)
    booked(kit, "dafydd")
    with refused("Brackenhythe Academy has it"):
        restore_loan(tobi, loan_id, TODAY)
    assert loan(loan_id).state == "cancelled"


def test_a_cancelled_loan_is_not_approved_by_a_late_press(kit, ines):
    loan_id = booked(kit)
    cancel_loan(ines, loan_id)
    with refused("ended meanwhile"):
        approve_loan(ines, loan_id, TODAY)


def test_what_is_out_is_returned_not_cancelled(kit, ines):
    loan_id = out(kit)
    with refused("Bring it back early"):
        cancel_loan(cast.person_id("tobi"), loan_id)


def test_a_box_that_is_not_out_does_not_come_back(kit, ines):
    loan_id = booked(kit)
    with refused("is not out, so it can’t come back"):
        take_back(ines, loan_id, TODAY)
    with refused("is not out, so it can’t come back"):
        counted(loan_id, TODAY)
    with refused("nobody can have used it"):
        tell_use(ines, loan_id, UseReturned(1, 20), TODAY)


@pytest.mark.parametrize(("day", "words"), [(END + DAY, "still to come"), (START - DAY, "too early")])
def test_it_came_back_neither_tomorrow_nor_before_it_left(kit, ines, day, words):
    loan_id = out(kit)
    noon_of(END)
    with refused(words):
        take_back(ines, loan_id, day)
    with refused(words):
        tell_use(ines, loan_id, UseReturned(1, 20, used_on=day), END)


def test_the_day_it_came_back_is_kept_not_the_day_it_was_typed(kit, ines):
    loan_id = out(kit)
    noon_of(END)
    take_back(ines, loan_id, END - 3 * DAY)
    assert loan(loan_id).returned_at.date() == END - 3 * DAY
    assert loan(loan_id).held_until == END - DAY


def test_the_same_box_does_not_leave_twice(kit, ines):
    second = booked(kit, "dafydd", END + 7 * DAY, END + 9 * DAY)
    out(kit)
    with refused("still out to somebody else"):
        hand_over(ines, second, {})


def test_fetched_early_it_is_hers_from_then_on(kit, ines):
    loan_id = booked(kit)
    noon_of(START - 2 * DAY)
    with refused("still to come"):
        hand_over(ines, loan_id, {}, START)
    hand_over(ines, loan_id, {}, START - 2 * DAY)
    assert loan(loan_id).starts_on == START - 2 * DAY


def test_what_goes_is_what_is_there_from_then_on(kit, ines):
    loan_id = booked(kit)
    leads = next(part for part in db.session.execute(select(KitPart)).scalars() if part.title == "USB leads")
    hand_over(ines, loan_id, {leads.id: 10})
    assert there(kit)["USB leads"] == 10
    went = {row.part_id: row.went for row in db.session.execute(select(LoanCount)).scalars()}
    assert went[leads.id] == 10


def test_a_kit_that_is_given_away_is_not_awaited(here, ines):
    kit = make_kit(way="given")
    loan_id = out(kit)
    assert loan(loan_id).state == "checked" and holds_of(kit, START + DAY, END, START) == []
    tell_use(cast.person_id("tobi"), loan_id, UseReturned(1, 20), START)
    assert loan(loan_id).state == "closed"


def test_a_count_makes_the_refill_list_and_one_problem_a_kind(kit, ines):
    loan_id = back(kit)
    counted(loan_id, USB_leads=(2, 1, 0), AA_cells=(0, 0, 5))
    assert there(kit) == {"AA cells": 19, "USB leads": 9, "Microcontrollers": 12}
    problems = [(one.kind, one.quantity) for one in db.session.execute(select(KitProblem)).scalars()]
    assert sorted(problems) == [("broken", 1), ("missing", 2)]
    counted(loan_id, USB_leads=(1, 0, 0))
    assert there(kit)["USB leads"] == 11 and there(kit)["AA cells"] == 24
    outcomes = {one.kind: one.outcome for one in db.session.execute(select(KitProblem)).scalars()}
    assert outcomes == {"missing": "", "broken": "nothing"}


def test_what_was_said_at_the_box_joins_the_count(kit, ines):
    loan_id = out(kit)
    leads = next(part.id for part in db.session.execute(select(KitPart)).scalars() if part.title == "USB leads")
    tell_problems(None, kit, [Said("missing", leads, 2)], "somewhere", loan_id)
    assert there(kit)["USB leads"] == 10
    noon_of(END)
    counted(loan_id, USB_leads=(1, 0, 0))
    assert there(kit)["USB leads"] == 11
    [problem] = db.session.execute(select(KitProblem)).scalars()
    assert (problem.quantity, problem.loan_id, problem.settled_at) == (1, loan_id, None)


def test_a_second_count_leaves_what_was_refilled_in_between(kit, ines):
    loan_id = back(kit)
    counted(loan_id, USB_leads=(2, 0, 0))
    leads = next(part.id for part in db.session.execute(select(KitPart)).scalars() if part.title == "USB leads")
    refill_part(ines, kit, leads, 2)
    counted(loan_id, USB_leads=(2, 0, 0))
    assert there(kit)["USB leads"] == 12


def test_no_more_comes_back_broken_than_went_out(kit, ines):
    loan_id = back(kit)
    with refused("only 12 went out"):
        counted(loan_id, USB_leads=(8, 5, 0))
    assert loan(loan_id).state == "returned" and there(kit)["USB leads"] == 12


def test_each_step_can_be_taken_back_and_done_again(kit, ines):
    loan_id = back(kit)
    counted(loan_id, USB_leads=(2, 0, 0))
    tell_use(ines, loan_id, UseReturned(1, 20), END)
    seen = [loan(loan_id).state]
    for _time in range(7):
        step_back(ines, loan_id)
        seen.append(loan(loan_id).state)
    assert seen == ["closed", "checked", "returned", "out", "ready", "approved", "requested", "requested"]
    assert not db.session.execute(select(LoanCount)).first()
    approve_loan(ines, loan_id, END)


def test_an_ended_loan_takes_no_step_back(kit, ines):
    loan_id = ask(kit)
    decline_loan(ines, loan_id, "No.")
    with refused("ended meanwhile"):
        step_back(ines, loan_id)


def test_a_lost_box_is_out_of_service_until_it_is_found(kit, ines):
    loan_id = out(kit)
    lose_kit(ines, loan_id, START)
    assert loan(loan_id).state == "lost"
    with refused("out of service then: lost on its way"):
        ask(kit, "dafydd", END + 30 * DAY, END + 33 * DAY)
    find_kit(ines, loan_id)
    assert loan(loan_id).state == "out" and holds_of(kit, END + 30 * DAY, END + 40 * DAY, START) == []
    noon_of(END)
    take_back(ines, loan_id, END)
    with refused("Only a box that is out"):
        lose_kit(ines, loan_id, END)


def test_a_move_needs_free_days_and_tells_the_end_before_the_beginning(kit, ines):
    first, second = booked(kit), booked(kit, "dafydd", END + 7 * DAY, END + 9 * DAY)
    with refused("Brackenhythe Academy has it"):
        move_loan(ines, first, START, END + 8 * DAY, TODAY)
    with refused("before the first"):
        move_loan(ines, first, END, START, TODAY)
    move_loan(ines, first, START + DAY, END, TODAY)
    assert loan(first).starts_on == START + DAY
    cancel_loan(ines, second)
    noon_of(START + DAY)
    hand_over(ines, first, {})
    move_loan(ines, first, START + 5 * DAY, END + 8 * DAY, START + DAY)
    assert (loan(first).starts_on, loan(first).ends_on) == (START + DAY, END + 8 * DAY)
    assert loan(first).held_until == END + 10 * DAY


def test_keeping_it_longer_is_asked_and_moves_nothing(kit, ines):
    loan_id = out(kit)
    with refused("due back on Friday 4 December 2026 anyway"):
        ask_longer(cast.person_id("tobi"), loan_id, END)
    ask_longer(None, loan_id, END + 3 * DAY)
    assert loan(loan_id).ends_on == END
    assert "Somebody at the box asked to keep" in lines_about("loan", loan_id)[0].sentence


def test_whoever_minds_it_bends_the_rules_but_not_a_clash(kit, ines):
    tobi, network = cast.person_id("tobi"), cast.network_id()
    loan_id = book_loan(ines, tobi, network, kit, asked(TODAY, TODAY + 60 * DAY), TODAY)
    assert (loan(loan_id).state, loan(loan_id).person_id, loan(loan_id).requested_by) == ("approved", tobi, ines)
    with refused("Low Garrick School has it"):
        book_loan(ines, cast.person_id("dafydd"), network, kit, asked(), TODAY)


def test_a_date_is_a_date_on_both_sides_of_the_change_of_clocks(here, ines):
    kit = make_kit(turn_round_days=0)
    loan_id = booked(kit, start=date(2027, 3, 22), end=date(2027, 3, 28))
    assert ask(kit, "dafydd", date(2027, 3, 29), date(2027, 4, 2))
    noon_of(date(2027, 3, 22))
    hand_over(ines, loan_id, {})
    noon_of(date(2027, 3, 30))
    take_back(ines, loan_id, date(2027, 3, 28))
    assert loan(loan_id).held_until == date(2027, 3, 28)
    assert loan(loan_id).returned_at.hour == 11
