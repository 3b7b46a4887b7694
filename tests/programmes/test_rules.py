"""What a programme's rules come to: time asked for by a day, the next talk, silence, units and caps."""

from datetime import date
from fractions import Fraction

import pytest

from portal.programmes.models import Programme
from portal.programmes.rules import (
    Due,
    cadence_of,
    claim_of,
    next_due,
    silent_days,
    target_between,
    target_by,
    units_of,
)

DAY = date(2026, 11, 10)


def programme(**rules):
    given = {"year_begins_month": 9, "year_begins_day": 1, "minutes_a_unit": 60, "round_to": 1, "silent_after_days": 30}
    return Programme(**(given | rules))


def test_a_year_of_hours_grows_day_by_day():
    oregon = programme(minutes_a_year=75 * 60, most_minutes_a_year=90 * 60)
    begun = target_by(oregon, date(2026, 9, 1), None, DAY)
    assert begun.minutes_least == 75 * 60 * 71 // 365
    assert (begun.minutes_in_all, begun.minutes_most) == (75 * 60, 90 * 60)
    assert target_by(oregon, date(2025, 9, 1), None, date(2026, 8, 31)).minutes_least == 75 * 60


def test_a_pair_that_begins_late_or_ends_early_owes_its_share():
    rule = programme(minutes_a_year=3650)
    late = target_by(rule, date(2026, 11, 1), None, DAY)
    assert (late.minutes_least, late.minutes_in_all) == (100, 3650 - 610)
    assert target_by(rule, date(2026, 9, 1), date(2026, 9, 10), DAY).minutes_least == 100
    assert target_by(rule, date(2026, 12, 1), None, DAY).minutes_least == 0


def test_a_weekly_average_counts_whole_weeks_and_the_larger_rule_holds():
    assert target_by(programme(minutes_a_week=60), date(2026, 10, 28), None, DAY).minutes_least == 120
    both = programme(minutes_a_week=60, minutes_a_year=365)
    assert target_by(both, date(2026, 9, 1), None, DAY).minutes_least == 10 * 60


def test_a_period_of_two_years_asks_for_its_share_of_each():
    rule = programme(minutes_a_year=3650, most_minutes_a_year=7300)
    found = target_between(rule, date(2025, 1, 1), None, date(2026, 8, 22), date(2026, 9, 10))
    assert (found.minutes_least, found.minutes_most) == (200, 400)


def test_who_stands_under_at_and_over():
    found = target_by(programme(minutes_a_year=3650, most_minutes_a_year=4000), date(2026, 9, 1), None, DAY)
    assert [found.standing(minutes) for minutes in (709, 710, 4000, 4001)] == ["under", "at", "at", "over"]
    assert target_by(programme(), date(2026, 9, 1), None, DAY).standing(5) == ""


@pytest.mark.parametrize(
    ("rule", "last_on", "due"),
    [
        (14, date(2026, 11, 3), Due(date(2026, 11, 17), 0)),
        (7, date(2026, 10, 27), Due(date(2026, 11, 3), 7)),
        (None, date(2026, 11, 3), None),
        (7, None, Due(date(2026, 9, 8), 63)),
    ],
)
def test_the_next_talk_is_due_so_many_days_after_the_last(rule, last_on, due):
    assert next_due(rule, date(2026, 9, 1), last_on, DAY) == due


def test_in_the_first_weeks_of_a_pair_the_closer_rhythm_holds():
    jersey = programme(every_days=7, first_every_days=4, first_weeks=4)
    assert next_due(jersey, date(2026, 11, 2), date(2026, 11, 9), DAY) == Due(date(2026, 11, 13), 0)
    assert next_due(jersey, date(2026, 9, 1), date(2026, 11, 9), DAY) == Due(date(2026, 11, 16), 0)


def test_of_two_programmes_the_one_that_asks_soonest_holds():
    found = cadence_of([programme(every_days=14, silent_after_days=42), programme(every_days=7)], every_days=10)
    assert (found.every_days, found.silent_after_days) == (7, 30)
    assert cadence_of([]).silent_after_days == 30 and cadence_of([]).every_days is None


def test_silence_begins_after_the_rule_and_not_on_its_last_day():
    assert silent_days(30, date(2026, 9, 1), date(2026, 10, 11), DAY) is None
    assert silent_days(30, date(2026, 9, 1), date(2026, 10, 10), DAY) == 31
    assert silent_days(30, date(2026, 11, 1), None, DAY) is None


def test_units_are_whole_steps_rounded_down():
    quarters = units_of(programme(round_to=15), 104)
    assert (quarters.minutes, quarters.amount) == (90, Fraction(3, 2))
    assert units_of(programme(), -5).minutes == 0


def test_a_mentor_claims_up_to_the_cap_of_each_mentee_and_of_the_year():
    washington = programme(most_units_a_mentee=10, most_units_a_year=30, round_to=60)
    found = claim_of(washington, {"tobi": 659, "leon": 119})
    assert (found.by_mentee, found.minutes, found.was_cut) == ({"tobi": 600, "leon": 60}, 660, False)
    four = claim_of(washington, dict.fromkeys("abcd", 720))
    assert (four.minutes, four.was_cut) == (1800, True)


def test_weeks_run_through_where_a_programmes_year_turns_within_a_term():
    """Four days on one side and three on the other are a week."""
    rule = programme(minutes_a_week=60)
    assert target_between(rule, date(2025, 1, 1), None, date(2026, 8, 28), date(2026, 9, 3)).minutes_least == 60
