"""The rules of counting, by themselves: groups, support, caps, small numbers, periods. Plain values, no database."""

from datetime import date

import pytest

from portal.programmes.models import Programme
from portal.statements import periods
from portal.statements.claiming import claimable
from portal.statements.counted import Sitting, counted_for, minutes_by_pair, once, talks_among
from portal.statements.small import hidden_of, is_few_of, share
from portal.statements.ticks import Tick, mix_of

TODAY = date(2026, 11, 10)
COUNTS = {"counts_group": True, "counts_support": True, "only_confirmed": False}
YEAR = {"year_begins_month": 9, "year_begins_day": 1, "round_to": 1, "minutes_a_unit": 60}


def sitting(contact, pair=1, minutes=60, day=date(2026, 10, 6), kind="one_to_one", **more):
    more = {"programmes": frozenset({1})} | more
    return Sitting(contact, contact * 10 + pair, pair, 7, 100 + pair, day, minutes, kind, "in_person", **more)


def programme(**rules):
    return Programme(id=1, **(COUNTS | YEAR | rules))


def test_a_group_counts_once_for_the_mentor_and_whole_for_each_mentee():
    group = [sitting(1, pair, 45, kind="group") for pair in (1, 2, 3)]
    counted = counted_for(group, None)
    assert counted.minutes == 45 and talks_among(counted.lines) == 1
    assert minutes_by_pair(counted.sittings) == {1: 45, 2: 45, 3: 45}


def test_support_is_the_mentors_time_alone_and_no_talk():
    some = [sitting(1), sitting(2, minutes=20, kind="support")]
    assert counted_for(some, None).minutes == 80
    assert counted_for(some, None, as_mentor=False).minutes == 60
    assert talks_among(once(some)) == 1


@pytest.mark.parametrize(
    ("rules", "one", "reason"),
    [
        ({"counts_group": False}, sitting(1, kind="group"), "group"),
        ({"counts_support": False}, sitting(1, kind="support"), "support"),
        ({"only_confirmed": True}, sitting(1), "unconfirmed"),
    ],
)
def test_what_a_programme_does_not_count_is_told_with_its_reason(rules, one, reason):
    counted = counted_for([one, sitting(2, confirmed=True)], programme(**rules))
    assert [line.contact_id for line in counted.lines] == [2] and list(counted.left_out) == [reason]
    assert not counted_for([one], programme(**rules)).between(date(2026, 11, 1), TODAY).left_out


def test_a_talk_of_another_programme_is_not_even_left_out():
    counted = counted_for([sitting(1, programmes=frozenset({2}))], programme())
    assert not counted.sittings and not counted.left_out


@pytest.mark.parametrize(
    ("day", "more", "standing"),
    [
        (date(2026, 10, 26), {"confirmed": True}, "agreed"),
        (date(2026, 10, 27), {}, "open"),
        (date(2026, 10, 26), {}, "one_word"),
        (date(2026, 10, 27), {"disputed": True}, "otherwise"),
        (date(2026, 9, 1), {"kind": "support"}, "alone"),
    ],
)
def test_a_talk_nobody_answered_in_two_weeks_stands_on_one_word(day, more, standing):
    (line,) = once([sitting(1, day=day, **more)])
    assert line.standing(TODAY) == standing


def test_washington_ten_clock_hours_for_each_mentee_and_thirty_in_all():
    """Four mentees with 12, 11, 9 and 8 hours: 10 + 10 + 9 + 8 are 37, so 30."""
    rules = programme(most_units_a_mentee=10, most_units_a_year=30)
    some = [sitting(n, n, 60 * hours) for n, hours in enumerate((12, 11, 9, 8), 1)]
    assert claimable(rules, some, date(2026, 9, 1), date(2027, 8, 31)) == 30 * 60
    assert claimable(rules, some[:1], date(2026, 9, 1), date(2027, 8, 31)) == 10 * 60


def test_a_group_is_claimed_once_however_many_caps_it_would_fill():
    rules = programme(most_units_a_mentee=10)
    group = [sitting(1, pair, 90, kind="group") for pair in (1, 2, 3)]
    assert claimable(rules, group, date(2026, 9, 1), date(2027, 8, 31)) == 90


def test_twelve_months_of_claims_are_the_claim_of_the_year_and_a_new_year_begins_anew():
    rules = programme(most_units_a_mentee=3, round_to=30)
    days = [date(2026 if month > 8 else 2027, month, 5) for month in (9, 10, 11, 12, 1, 2, 3)]
    some = [sitting(n, minutes=50, day=day) for n, day in enumerate(days)] + [
        sitting(99, day=date(2027, 9, 2), minutes=40)
    ]
    months = [periods.month(day) for day in days]
    assert sum(claimable(rules, some, one.first, one.last) for one in months) == 180
    assert claimable(rules, some, date(2026, 9, 1), date(2027, 8, 31)) == 180
    assert claimable(rules, some, date(2026, 9, 1), date(2027, 9, 30)) == 210


def test_a_hidden_cell_cannot_be_worked_out_from_the_others():
    cells = {"under": {1, 2}, "at": {3, 4, 5, 6, 7, 8}, "over": {9, 10, 11, 12, 13, 14, 15}}
    assert hidden_of(cells) == {"under", "at"}
    # Two that are hidden already, but together still fewer than five.
    cells = {"a": {1}, "b": {2}, "c": set(range(10, 16)), "d": set(range(20, 29))}
    assert hidden_of(cells) == {"a", "b", "c"}
    assert hidden_of({"a": set(range(5)), "b": set(range(5, 20)), "c": set()}) == set()


def test_the_few_that_are_not_in_a_part_are_few_too():
    assert is_few_of(7, 8) and is_few_of(1, 8) and is_few_of(3, 4)
    assert not is_few_of(8, 8) and not is_few_of(0, 9) and not is_few_of(5, 10)


def test_ticks_are_shares_over_five_pairs_and_more():
    ticks = [Tick("Planning", pair, pair) for pair in range(1, 7)] + [
        Tick("Observing", pair, pair) for pair in range(1, 7)
    ]
    books = [sitting(pair, pair) for pair in range(1, 7)]
    mix = mix_of([*ticks, Tick("Families", 1, 1), Tick("Families", 1, 9)], books)
    shown = {line.label: line.percent for line in mix.lines}
    assert shown["Families"] is None and list(shown.values()).count(None) == 2
    assert mix.talks == 6 and 100 in shown.values()
    assert not mix_of([Tick("Planning", pair, pair) for pair in range(1, 5)], books).is_shown
    assert share(37, 100) == 35 and share(1, 0) == 0
    # The mentor's own time is no talk, so what she ticked at it is no part of what was done at talks.
    alone = [sitting(pair, pair, kind="support") for pair in range(7, 9)]
    more = mix_of([*ticks, *(Tick("Planning", pair, pair) for pair in range(7, 9))], [*books, *alone])
    assert (more.talks, more.lines) == (6, mix_of(ticks, books).lines)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ({}, date(2026, 9, 1), date(2027, 8, 31)),
        ({"period": "last-year"}, date(2025, 9, 1), date(2026, 8, 31)),
        ({"period": "2026-02"}, date(2026, 2, 1), date(2026, 2, 28)),
        ({"from": "2026-10-09", "to": "2026-10-02"}, date(2026, 10, 2), date(2026, 10, 9)),
        ({"from": "0001-01-01", "to": "9999-12-31"}, date(2026, 9, 1), date(2027, 8, 31)),
        ({"period": "9999-12"}, date(2026, 9, 1), date(2027, 8, 31)),
        ({"period": "²-²"}, date(2026, 9, 1), date(2027, 8, 31)),
    ],
)
def test_a_period_is_what_the_address_says_or_the_running_year(asked, first, last):
    found = periods.chosen(asked, None, TODAY)
    assert (found.first, found.last) == (first, last)


def test_totals_by_month_never_tell_a_day():
    asked = periods.chosen({"from": "2026-10-06", "to": "2026-10-06"}, None, TODAY)
    whole = periods.whole_months(asked)
    assert (whole.first, whole.last) == (date(2026, 10, 1), date(2026, 10, 31))
