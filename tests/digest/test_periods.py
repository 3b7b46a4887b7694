"""When a digest is due, by rhythm and by the reader's own clocks."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from portal.digest.periods import Choice, next_begins, period_now

LONDON, AUCKLAND = "Europe/London", "Pacific/Auckland"
USUAL = Choice()
# A Monday in winter, when London keeps UTC.
MONDAY = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def key(rhythm, moment, zone=LONDON, choice=USUAL):
    found = period_now(rhythm, zone, choice, moment)
    return found.key if found else None


def test_weekly_is_monday_at_six_and_not_a_minute_earlier():
    assert key("weekly", MONDAY) == "2026-W47"
    assert key("weekly", MONDAY - timedelta(minutes=1)) is None


def test_a_machine_that_was_off_on_monday_catches_up_on_tuesday_and_not_on_thursday():
    assert key("weekly", MONDAY + DAY) == "2026-W47"
    assert key("weekly", MONDAY + 3 * DAY) is None


def test_daily_is_each_morning_and_never_at_night():
    assert key("daily", MONDAY + 2 * DAY + HOUR) == "2026-11-18"
    assert key("daily", MONDAY + 2 * DAY + 16 * HOUR) is None


def test_fortnightly_is_every_second_monday_across_the_years():
    mondays = [MONDAY + timedelta(weeks=week) for week in range(60)]
    due = [number for number, moment in enumerate(mondays) if key("fortnightly", moment)]
    assert {later - earlier for earlier, later in pairwise(due)} == {2}
    assert len({key("fortnightly", mondays[number]) for number in due}) == len(due)


def test_monthly_is_the_first_monday_of_each_month():
    found = [period_now("monthly", LONDON, USUAL, MONDAY + number * DAY) for number in range(365)]
    begins = {one.key: one.begins.date() for one in found if one}
    assert list(begins.values())[:2] == [date(2026, 12, 7), date(2027, 1, 4)] and len(begins) == 12


def test_the_clock_on_the_readers_wall_counts():
    assert key("weekly", datetime(2026, 11, 15, 17, 0, tzinfo=UTC), AUCKLAND) == "2026-W47"
    assert key("weekly", datetime(2026, 11, 15, 17, 0, tzinfo=UTC)) is None


def test_in_summer_six_o_clock_is_six_o_clock():
    found = period_now("weekly", LONDON, USUAL, datetime(2026, 6, 15, 5, 0, tzinfo=UTC))
    assert found and found.begins == datetime(2026, 6, 15, 5, 0, tzinfo=UTC)


def test_a_region_may_choose_another_day_and_hour():
    thursday = Choice(weekday=3, hour=16)
    assert key("weekly", datetime(2026, 11, 19, 16, 5, tzinfo=UTC), choice=thursday) == "2026-W47"
    assert key("weekly", MONDAY, choice=thursday) is None


def test_a_day_that_is_moved_within_the_week_makes_no_second_period():
    sunday = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
    assert key("weekly", sunday, choice=Choice(weekday=6)) == key("weekly", MONDAY)


@pytest.mark.parametrize(("rhythm", "days"), [("daily", 1), ("weekly", 7), ("fortnightly", 14), ("monthly", 28)])
def test_the_next_one_lies_ahead_and_is_one(rhythm, days):
    begins = next_begins(rhythm, LONDON, USUAL, MONDAY)
    assert begins > MONDAY and key(rhythm, begins) is not None
    assert begins - MONDAY <= timedelta(days=days + 7)
