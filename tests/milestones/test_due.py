"""What is asked of a pair on a day, and whether it is done: by the rules alone."""

from datetime import date

import pytest

from portal.milestones.due import Stay, asked_of, day_in, states_of
from portal.milestones.models import ONCE, Milestone
from portal.programmes.models import Programme

INDUCTION = Programme(id=1, year_begins_month=9, year_begins_day=1)
LONG_AGO, SEPTEMBER = date(2020, 1, 1), date(2026, 9, 1)
STAY = Stay(7, INDUCTION, SEPTEMBER)


def milestone(due="after_start", known_by="hand", **more):
    return Milestone(id=1, position=0, name="It", due=due, known_by=known_by, **more)


def state(one, today, days=(), mark=None, stay=STAY, made_on=LONG_AGO):
    marks = {(1, period): done_on for period, done_on in (mark or {}).items()}
    return states_of(stay, [(one, made_on)], marks, {one.known_by: days}, today)


def test_so_many_days_after_the_start():
    (found,) = state(milestone(within_days=10), date(2026, 9, 8))
    assert (found.asked.due_on, found.is_done, found.is_late) == (date(2026, 9, 11), False, False)
    (late,) = state(milestone(within_days=10), date(2026, 9, 14))
    assert late.days_late == 3


def test_a_milestone_that_is_written_down_later_is_never_late_at_once():
    (found,) = state(milestone(within_days=10), date(2026, 11, 10), made_on=date(2026, 11, 9))
    assert (found.asked.due_on, found.is_late) == (date(2026, 11, 19), False)


@pytest.mark.parametrize(
    ("since", "today", "periods"),
    [
        (date(2026, 9, 1), date(2026, 11, 10), [date(2026, 10, 1), date(2026, 11, 1)]),
        (date(2026, 11, 2), date(2026, 11, 10), [date(2026, 11, 1)]),
        (date(2026, 10, 20), date(2026, 11, 10), [date(2026, 11, 1)]),
        (date(2026, 11, 20), date(2026, 11, 25), []),
    ],
)
def test_each_month_asks_for_this_one_and_the_one_before_of_which_she_saw_half(since, today, periods):
    found = asked_of(milestone("each_month"), Stay(7, INDUCTION, since), LONG_AGO, today)
    assert [one.period for one in found] == periods
    assert all(one.due_on.month == one.period.month for one in found)


@pytest.mark.parametrize(("made_on", "periods"), [(date(2026, 11, 14), [11]), (date(2026, 11, 20), [])])
def test_a_month_s_list_that_is_written_down_late_in_the_month_begins_with_the_next(made_on, periods):
    found = asked_of(milestone("each_month"), STAY, made_on, date(2026, 11, 25))
    assert [one.period.month for one in found] == periods


def test_december_is_still_asked_for_in_january():
    found = asked_of(milestone("each_month"), STAY, LONG_AGO, date(2027, 1, 5))
    assert [(one.period, one.due_on) for one in found] == [
        (date(2026, 12, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 1, 31)),
    ]


@pytest.mark.parametrize(
    ("today", "month", "day", "due"),
    [
        (date(2028, 2, 28), 2, 29, date(2027, 2, 28)),
        (date(2028, 2, 29), 2, 29, date(2028, 2, 29)),
        (date(2028, 12, 1), 2, 28, date(2029, 2, 27)),
        (date(2027, 3, 1), 3, 1, date(2027, 3, 1)),
    ],
)
def test_a_year_that_begins_on_the_last_of_february(today, month, day, due):
    leap = Programme(id=1, year_begins_month=2, year_begins_day=29)
    (found,) = asked_of(milestone("each_year", by_month=month, by_day=day), Stay(7, leap, LONG_AGO), LONG_AGO, today)
    assert found.due_on == due


def test_each_year_begins_with_a_clean_sheet():
    one = milestone("each_year", by_month=10, by_day=15)
    (before,) = state(one, date(2027, 8, 31), mark={SEPTEMBER: date(2026, 10, 2)})
    assert before.is_done and before.asked.due_on == date(2026, 10, 15)
    (after,) = state(one, date(2027, 9, 1), mark={SEPTEMBER: date(2026, 10, 2)})
    assert not after.is_done and after.asked.due_on == date(2027, 10, 15)


def test_who_joins_after_the_day_is_asked_in_the_next_year():
    one, late = milestone("each_year", by_month=10, by_day=15), Stay(7, INDUCTION, date(2026, 11, 2))
    assert state(one, date(2026, 11, 10), stay=late) == []
    assert len(state(one, date(2027, 9, 1), stay=late)) == 1


@pytest.mark.parametrize(
    ("year_begins", "month", "day", "found"),
    [((9, 1), 8, 30, date(2027, 8, 30)), ((9, 1), 10, 15, date(2026, 10, 15)), ((9, 1), 2, 29, date(2027, 2, 28))],
)
def test_a_day_lies_in_the_programme_s_year(year_begins, month, day, found):
    assert day_in(date(2026, *year_begins), date(2027, *year_begins), month, day) == found


def test_what_stands_counts_from_before_and_what_recurs_does_not():
    before, within = date(2026, 8, 20), date(2026, 11, 3)
    agreement = milestone("each_year", "agreement", by_month=10, by_day=15)
    assert state(agreement, date(2026, 11, 10), [before])[0].done_on == before
    observation = milestone("each_year", "observation", by_month=12, by_day=15)
    assert not state(observation, date(2026, 11, 10), [before])[0].is_done
    assert state(observation, date(2026, 11, 10), [before, within])[0].done_on == within


def test_a_talk_of_october_does_for_october_alone():
    found = state(milestone("each_month", "talk"), date(2026, 11, 10), [date(2026, 10, 31)])
    assert [(one.asked.period.month, one.is_done) for one in found] == [(11, False), (10, True)]


def test_what_somebody_says_comes_before_what_is_known():
    said = {ONCE: date(2026, 9, 3)}
    (found,) = state(milestone(within_days=10, known_by="goal"), date(2026, 11, 10), [date(2026, 10, 1)], said)
    assert found.done_on == date(2026, 9, 3)


def test_nothing_is_asked_before_the_start_and_after_the_end():
    one = milestone(within_days=10)
    assert state(one, date(2026, 8, 31)) == []
    assert state(one, date(2026, 11, 10), stay=Stay(7, INDUCTION, SEPTEMBER, date(2026, 11, 9))) == []


def test_it_is_done_means_today_or_the_last_day_that_counts():
    october, november = asked_of(milestone("each_month"), STAY, LONG_AGO, date(2026, 11, 10))
    assert october.day_for(date(2026, 11, 10)) == date(2026, 10, 31)
    assert november.day_for(date(2026, 11, 10)) == date(2026, 11, 10)
