"""Calendar files are read back as they were meant, and wall time is asked about on the two nights when it is a question."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from portal.web.calendars import (
    ClockGap,
    ClockOverlap,
    Entry,
    as_download,
    ics_calendar,
    local_to_utc,
    stable_uid,
)

LONDON = ZoneInfo("Europe/London")
STARTS = datetime(2026, 11, 19, 17, 0, tzinfo=LONDON)
HOUR = timedelta(hours=1)


def entry(**changes: object) -> Entry:
    given = {
        "uid": stable_uid("session", 12, "example.org"),
        "title": "Paper bridges",
        "starts_at": STARTS,
        "ends_at": STARTS + HOUR,
    }
    return Entry(**(given | changes))  # type: ignore[arg-type]


def read_back(*entries: Entry, **options: str) -> list[object]:
    content = ics_calendar(entries, **options)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.replace(b"\r\n", b"").count(b"\n") == 0
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_an_entry_comes_back_as_it_left() -> None:
    (event,) = read_back(
        entry(place="Room 5, High Fell", url="https://a.example/e/12?x=1;2", about="Bring straws.\nAnd tape.")
    )
    assert event["uid"] == "session-12@example.org"
    assert event["summary"] == "Paper bridges"
    assert event.decoded("dtstart") == STARTS.astimezone(UTC)
    assert event.decoded("dtend") == STARTS + HOUR
    assert event["location"] == "Room 5, High Fell"
    assert event["url"] == "https://a.example/e/12?x=1;2"
    assert event["description"] == "Bring straws.\nAnd tape."
    assert (event["sequence"], event["status"]) == (0, "CONFIRMED")


def test_moments_leave_on_the_clock_of_their_place_with_its_rules_in_two_lines() -> None:
    content = ics_calendar([entry(time_zone="Europe/London")], name="Tarn", time_zone="Europe/London")
    assert b"DTSTART;TZID=Europe/London:20261119T170000" in content and b"X-WR-TIMEZONE:Europe/London" in content
    assert b"DTSTART:20251026T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in content
    assert content.count(b"BEGIN:STANDARD") == content.count(b"BEGIN:DAYLIGHT") == 1


@pytest.mark.parametrize("place", ["", "UTC", "Africa/Casablanca"])
def test_without_a_place_or_a_rule_moments_leave_in_utc(place: str) -> None:
    content = ics_calendar([entry(time_zone=place)])
    assert b"DTSTART:20261119T170000Z" in content and b"VTIMEZONE" not in content


def test_a_feed_is_no_message_and_says_when_to_look_again() -> None:
    content = ics_calendar([entry(is_tentative=True)], method="", again_after=HOUR)
    assert b"METHOD" not in content and b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in content
    assert b"STATUS:TENTATIVE" in content and b"TRANSP:TRANSPARENT" in content


def test_a_message_is_stamped_when_it_is_written() -> None:
    moment = datetime(2026, 11, 1, 9, tzinfo=UTC)
    content = ics_calendar([entry()], stamped_at=moment)
    assert b"DTSTAMP:20261101T090000Z" in content and b"LAST-MODIFIED" not in content


def test_a_change_rises_and_a_cancelled_entry_stays_the_same_entry() -> None:
    moment = datetime(2026, 11, 1, 9, tzinfo=UTC)
    (before,) = read_back(entry())
    (after,) = read_back(entry(sequence=3, is_cancelled=True, updated_at=moment), method="CANCEL")
    assert before["uid"] == after["uid"]
    assert (after["sequence"], after["status"]) == (3, "CANCELLED")
    assert after.decoded("dtstamp") == after.decoded("last-modified") == moment


def test_the_same_entry_gives_the_same_bytes() -> None:
    assert ics_calendar([entry()]) == ics_calendar([entry()])


def test_nobody_can_smuggle_a_line_in() -> None:
    evil = "Straws\r\nEND:VEVENT\r\nBEGIN:VEVENT\nX:1\u2028ATTACH:file:///etc/passwd\r\x00"
    events = read_back(entry(title=evil, place=evil, about=evil, url=evil), name=evil)
    assert len(events) == 1
    (event,) = events
    assert event["summary"] == "Straws END:VEVENT BEGIN:VEVENT X:1 ATTACH:file:///etc/passwd"
    assert "attach" not in event


words = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufeff"), min_size=1, max_size=120
).filter(lambda text: "\\N" not in text)  # the library takes these two signs for an escaped line end


@settings(max_examples=150, deadline=None)
@given(words, words)
def test_words_of_every_script_come_back(title: str, about: str) -> None:
    (event,) = read_back(entry(title=title, about=about))
    assert event["summary"] == " ".join(title.split())
    assert event.get("description", "") == about


def test_whole_days_end_on_their_last_day() -> None:
    (event,) = read_back(entry(starts_at=date(2026, 11, 19), ends_at=date(2026, 11, 20)))
    assert event.decoded("dtstart") == date(2026, 11, 19)
    assert event.decoded("dtend") == date(2026, 11, 21)


@pytest.mark.parametrize(
    "changes",
    [
        {"starts_at": datetime(2026, 11, 19, 17)},
        {"ends_at": STARTS - HOUR},
        {"ends_at": date(2026, 11, 20)},
        {"starts_at": date(2026, 11, 20), "ends_at": date(2026, 11, 19)},
    ],
)
def test_a_moment_without_a_place_or_an_end_before_the_start(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        ics_calendar([entry(**changes)])


def test_a_calendar_leaves_as_a_download() -> None:
    with Flask("tests").test_request_context():
        answer = as_download(ics_calendar([entry()]), "event-12.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="event-12.ics"')


@pytest.mark.parametrize(
    ("day", "at", "zone", "utc"),
    [
        ("2026-11-19", "17:00", "Europe/London", "2026-11-19T17:00"),
        ("2026-07-19", "17:00", "Europe/London", "2026-07-19T16:00"),
        ("2026-03-29", "00:59", "Europe/London", "2026-03-29T00:59"),
        ("2026-03-29", "02:00", "Europe/London", "2026-03-29T01:00"),
        ("2026-10-25", "00:59", "Europe/London", "2026-10-24T23:59"),
        ("2026-10-25", "02:00", "Europe/London", "2026-10-25T02:00"),
        ("2026-11-19", "17:00", "America/Los_Angeles", "2026-11-20T01:00"),
        ("2026-11-19", "17:00", "Asia/Kathmandu", "2026-11-19T11:15"),
        ("2026-11-19", "23:30", "Pacific/Auckland", "2026-11-19T10:30"),
        ("2026-04-05", "01:29", "Australia/Lord_Howe", "2026-04-04T14:29"),
        ("2026-01-01", "00:00", "UTC", "2026-01-01T00:00"),
    ],
)
def test_the_clock_on_the_wall_as_a_moment(day: str, at: str, zone: str, utc: str) -> None:
    moment = local_to_utc(date.fromisoformat(day), time.fromisoformat(at), zone)
    assert moment == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert moment.tzinfo == UTC


@pytest.mark.parametrize(
    ("day", "at", "zone"),
    [
        ("2026-03-29", "01:30", "Europe/London"),
        ("2026-03-08", "02:30", "America/Los_Angeles"),
        ("2026-10-04", "02:15", "Australia/Lord_Howe"),
        ("2026-03-29", "01:00", "Europe/London"),
    ],
)
def test_a_time_that_does_not_come_is_said(day: str, at: str, zone: str) -> None:
    with pytest.raises(ClockGap, match="clocks go forward") as refused:
        local_to_utc(date.fromisoformat(day), time.fromisoformat(at), zone, field="starts_at")
    assert refused.value.field == "starts_at"


def test_a_time_that_comes_twice_is_asked_about() -> None:
    day, at = date(2026, 10, 25), time(1, 30)
    with pytest.raises(ClockOverlap, match="1:30 am comes twice on Sunday 25 October 2026") as asked:
        local_to_utc(day, at, "Europe/London")
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert (asked.value.first, asked.value.second) == (first, second)
    assert local_to_utc(day, at, "Europe/London", second=False) == first
    assert local_to_utc(day, at, "Europe/London", second=True) == second


def test_an_unknown_place_is_an_error_of_the_program() -> None:
    with pytest.raises(KeyError):
        local_to_utc(date(2026, 1, 1), time(9), "Nowhere/Land")
