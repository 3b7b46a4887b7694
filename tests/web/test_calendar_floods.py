"""Calendar files that were made to keep the server busy: answered at once, like any other that is none."""

import time
from datetime import time as hour

import pytest

from portal.web.calendars_in import NotACalendar, read_calendar
from portal.web.calendars_in_dates import WholeDay
from tests import cast

EVENT = b"BEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Build a hand\r\nDTSTART:20261119T170000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\n"
MEGABYTE = 1_000_000
# Seconds on a busy machine; without the limits these take from minutes to days.
LONGEST = 20


def read(content):
    return read_calendar(content, "Europe/London", cast.NOW, WholeDay(hour(9), 390))


def calendar(*more):
    return b"BEGIN:VCALENDAR\r\n" + b"".join(more) + EVENT + b"END:VCALENDAR\r\n"


@pytest.mark.parametrize(
    "flood",
    [
        b"\n" * MEGABYTE,
        b"\r\n" * MEGABYTE,
        b"X:y\r\n \r\n" * 100_000,
        b"BEGIN:X\r\n" * 100_000,
        b"BEGIN:VCALENDAR\r\n" * 100_000,
        b"BEGIN:X\r\n" * 50_000 + b"END:Y\r\n" * 50_000,
        b"BEGIN:X\r\n" * 50_000 + b"END:X\r\n" * 50_000,
        b'X;A="' + b'"' * 100_000 + b"\r\n",
        b"X" + b";" * 100_000 + b"\r\n",
        b"X" + b"; " * 90_000 + b"\r\n",
        b"X;A=" + b"," * 100_000 + b"\r\n",
        b"DESCRIPTION:" + b"a\r\n " * 300_000,
    ],
    ids=lambda flood: repr(flood[:12]),
)
def test_a_flood_of_lines_is_read_in_a_moment_and_the_entry_in_it_too(in_app, flood):
    with in_app():
        begun = time.perf_counter()
        try:
            found = read(calendar(flood)).found
        except NotACalendar:
            found = []
        assert time.perf_counter() - begun < LONGEST
    assert [one.title for one in found] in (["Build a hand"], [])


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=1",
        "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1;BYMONTH=2",
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16",
        "FREQ=DAILY;INTERVAL=9999999",
        "FREQ=DAILY;UNTIL=99991231T235959Z",
        "FREQ=DAILY;BYSETPOS=1;BYHOUR=" + ",".join(["1"] * 500),
        "FREQ=DAILY;COUNT=9999999;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23",
        "FREQ=YEARLY;BYEASTER=1",
        "FREQ=DAILY;COUNT=" + "9" * 5000,
        "FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 20_000),
    ],
)
@pytest.mark.parametrize("start", ["20261119T170000Z", "19000101T000000Z", "99990101T000000Z"])
def test_a_rule_that_never_ends_does(in_app, rule, start):
    entry = f"BEGIN:VEVENT\r\nUID:r\r\nSUMMARY:r\r\nDTSTART:{start}\r\nDURATION:PT1H\r\nRRULE:{rule}\r\nEND:VEVENT\r\n"
    with in_app():
        begun = time.perf_counter()
        read(calendar(entry.encode()))
        assert time.perf_counter() - begun < LONGEST


def test_many_dates_of_one_entry(in_app):
    days = ",".join(
        f"2026{month:02}{day:02}T{h:02}0000Z" for month in range(1, 13) for day in range(1, 29) for h in range(24)
    )
    dates = f"RDATE:{days}\r\nEXDATE:{days}\r\n".encode()
    with in_app():
        begun = time.perf_counter()
        read(calendar(EVENT.replace(b"END:", dates + b"END:")))
        assert time.perf_counter() - begun < LONGEST
