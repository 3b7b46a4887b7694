"""Dates, times, numbers and lengths of time as people type them."""

from datetime import date, time
from decimal import Decimal

import pytest

from portal.web.tables_dates import Unreadable, guess_date_order, read_date, read_time
from portal.web.tables_numbers import TwoWays, read_decimal, read_int, read_minutes

NOVEMBER = date(2026, 11, 19)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-19",
        "19/11/2026",
        "11/19/2026",
        "19.11.26",
        "19 November 2026",
        "Thu 19th Nov 2026",
        "November 19, 2026",
        "nov 19 26",
        "20261119",
        "46345",
        "2026-11-19 17:30:00",
        "11/19/2026 5:30 pm",
        "2026-11-19T17:30:00Z",
        " 2026/11/19 ",
    ],
)
def test_one_day_in_many_hands(text: str) -> None:
    assert read_date(text) == NOVEMBER


def test_the_order_settles_what_could_be_two_days() -> None:
    assert read_date("1/2/2026", "dmy") == date(2026, 2, 1)
    assert read_date("1/2/2026", "mdy") == date(2026, 1, 2)
    assert read_date("26/2/1", "ymd") == date(2026, 2, 1)
    with pytest.raises(Unreadable, match="2 January or 1 February"):
        read_date("1/2/2026")


def test_months_in_another_language() -> None:
    assert read_date("19 novembre 2026", locale="fr") == NOVEMBER
    assert read_date("19. November 2026", locale="de-DE") == NOVEMBER


@pytest.mark.parametrize(
    "text", ["", "soon", "31/2/2026", "19 November", "2026", "32 May 2026", "1/13/13/2026", "0/0/0"]
)
def test_what_is_no_day_is_said_with_an_example(text: str) -> None:
    with pytest.raises(Unreadable, match="19 November 2026"):
        read_date(text)


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["1/2/2026", "13/2/2026"], "dmy"),
        (["1/2/2026", "2/13/2026", "3/4/26"], "mdy"),
        (["2026-01-02", "2026/03/04"], "ymd"),
        (["1/2/2026", "3/4/2026"], "ambiguous"),
        (["13/2/2026", "2/13/2026"], "ambiguous"),
        (["1 May 2026", ""], "ymd"),
        (["5/26/2015 22:31:50"], "mdy"),
    ],
)
def test_a_whole_column_tells_its_order(column: list[str], order: str) -> None:
    assert guess_date_order(column) == order


@pytest.mark.parametrize(
    "text", ["5:30pm", "17:30", "17.30", "5:30 PM", "17h30", "1730", "5.30 p.m.", "17:30:00", "530 pm"]
)
def test_one_time_in_many_hands(text: str) -> None:
    assert read_time(text) == time(17, 30)


def test_noon_and_midnight() -> None:
    assert [read_time(text) for text in ("12pm", "12 am", "0:00", "5pm", "9", "5.30")] == [
        time(12),
        time(0),
        time(0),
        time(17),
        time(9),
        time(5, 30),
    ]


@pytest.mark.parametrize("text", ["", "24:00", "13pm", "9:60", "five", "5:3", "-1", "1:2:3:4"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(Unreadable, match="17:30"):
        read_time(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("24", 24),
        ("1,200", 1200),
        ("1 200", 1200),
        ("1’200", 1200),
        ("24.0", 24),
        ("159.00000", 159),
        ("-3", -3),
        ("−3", -3),
        ("٢٤", 24),
        ("1.234.567", 1234567),
    ],
)
def test_whole_numbers(text: str, number: int) -> None:
    assert read_int(text) == number


@pytest.mark.parametrize("text", ["", "a", "1.5", "12,5", "1e5", "²", "10 12", "9" * 30, "0x10", "--1"])
def test_what_is_no_whole_number(text: str) -> None:
    with pytest.raises(Unreadable, match="Write it like 24"):
        read_int(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.5", "0.5"),
        ("0,5", "0.5"),
        ("1½", "1.5"),
        ("½", "0.5"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("£12", "12"),
        ("0.125", "0.125"),
        (".5", "0.5"),
    ],
)
def test_numbers_with_a_fraction(text: str, number: str) -> None:
    assert read_decimal(text) == Decimal(number)


def test_three_digits_after_a_point_are_two_numbers_until_the_point_is_known() -> None:
    with pytest.raises(TwoWays, match="could mean 1234"):
        read_decimal("1.234")
    assert read_decimal("-94.578", point=".") == Decimal("-94.578")
    assert read_decimal("1.234,5", point=",") == Decimal("1234.5")


@pytest.mark.parametrize(
    "text",
    ["90", "90 min", "1h30", "1:30", "1.5 h", "1½ hours", "1 h 30 min", "1 hour and 30 minutes", "01:30:00", "90.0"],
)
def test_one_length_in_many_hands(text: str) -> None:
    assert read_minutes(text) == 90


@pytest.mark.parametrize("text", ["", "long", "1:60", "-5", "1h99x", "100000"])
def test_what_is_no_length(text: str) -> None:
    with pytest.raises(Unreadable, match="1h30"):
        read_minutes(text)
