"""From the clock on the wall to moments, on the days that do not behave too."""

from datetime import UTC, date, datetime, time

import pytest

from portal.events.times import moved, slot, to_utc, weeks_ahead
from portal.events.typed import date_typed, minutes_typed, time_typed
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast

LONDON = "Europe/London"
THURSDAY = date(2026, 11, 19)


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def test_an_evening_is_ninety_minutes():
    found = slot(THURSDAY, time(17), time(18, 30), LONDON)
    assert (found.starts_at, found.minutes) == (datetime(2026, 11, 19, 17, tzinfo=UTC), 90)


def test_an_end_before_the_start_is_refused_with_what_was_likely_meant():
    with pytest.raises(DomainError) as refused:
        slot(THURSDAY, time(17), time(16, 30), LONDON)
    assert refused.value.sentence == "The end, 4:30, is before the start, 5:00. Did you mean 6:30?"
    assert refused.value.field == "ends"


def test_a_late_evening_may_end_after_midnight():
    assert slot(THURSDAY, time(22), time(0, 30), LONDON).minutes == 150


def test_an_hour_that_is_skipped_is_refused():
    with pytest.raises(DomainError, match=r"no 1:30 am on Sunday 28 March 2027"):
        slot(date(2027, 3, 28), time(1, 30), time(3), LONDON)


def test_an_hour_that_comes_twice_is_asked_for():
    twice = date(2026, 10, 25)
    with pytest.raises(DomainError) as asked:
        slot(twice, time(1, 30), time(3), LONDON)
    assert asked.value.field == "fold"
    first, second = (slot(twice, time(1, 30), time(3), LONDON, fold) for fold in (0, 1))
    assert (first.minutes, second.minutes) == (150, 90)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [("Asia/Kathmandu", (11, 15)), ("America/Los_Angeles", (1, 0)), ("UTC", (17, 0)), ("Pacific/Auckland", (4, 0))],
)
def test_each_zone_keeps_its_own_five_o_clock(zone, expected):
    moment = to_utc(THURSDAY, time(17), zone)
    assert (moment.hour, moment.minute) == expected


def test_the_length_over_a_change_of_the_clocks_is_real_time():
    night = slot(date(2026, 10, 24), time(22), time(3), LONDON)
    assert night.minutes == 6 * 60


def test_a_copy_keeps_weekday_and_hour_over_a_change_of_the_clocks():
    clock.freeze(cast.NOW)
    summer = datetime(2026, 6, 11, 16, 0, tzinfo=UTC)
    later = moved(summer, weeks_ahead(summer, LONDON), LONDON)
    local = clock.local(later, LONDON)
    assert (local.weekday(), local.hour) == (3, 17)
    assert (local.date() - clock.today(LONDON)).days >= 14


@pytest.mark.parametrize("typed", ["19 November 2026", "2026-11-19", "19/11/2026", "Thu 19 Nov 2026"])
def test_a_date_is_read_as_people_write_it(typed):
    assert date_typed(typed) == THURSDAY


@pytest.mark.parametrize("typed", ["5pm", "17:00", "5:00 pm", "17.00"])
def test_a_time_is_read_as_people_write_it(typed):
    assert time_typed(typed) == time(17)


@pytest.mark.parametrize(
    ("reader", "typed"), [(date_typed, "soon"), (date_typed, ""), (time_typed, "late"), (minutes_typed, "-")]
)
def test_what_cannot_be_read_is_said_in_words(reader, typed):
    with pytest.raises(DomainError):
        reader(typed)
