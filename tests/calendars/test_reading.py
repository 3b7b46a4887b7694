"""Files as real programs write them: every entry is read as it was meant, or left with a sentence."""

import csv
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.web.calendars_in import NotACalendar
from tests.calendars.files import NEW_YORK, calendar, entry, only, reading, starts, utc, why


@pytest.fixture(autouse=True)
def here(in_app):
    with in_app():
        yield


def test_an_entry_is_read_as_it_was_meant():
    found = only(
        calendar(
            entry(
                "LOCATION:Room 5\\, High Fell",
                "DESCRIPTION:Bring straws\\; tape.\\nAnd card.",
                dtend="20261203T183000Z",
            )
        )
    )
    [date] = found.dates
    assert (found.title, found.about) == ("Soldering", "Bring straws; tape.\nAnd card.")
    assert (date.starts_at, date.minutes, date.place, date.key) == (utc(2026, 12, 3, 17), 90, "Room 5, High Fell", "")


ACCENTS = entry(summary="Löten für Anfänger – naïve 🪢")


SMALL = calendar(ACCENTS).replace(b"BEGIN", b"begin").replace(b"VEVENT", b"vevent").replace(b"SUMMARY", b"summary")


@pytest.mark.parametrize(
    "packed",
    [
        calendar(ACCENTS),
        b"\xef\xbb\xbf" + calendar(ACCENTS),
        calendar(ACCENTS).decode().encode("utf-16"),
        calendar(ACCENTS).decode().encode("utf-16-le"),
        calendar(ACCENTS).decode().encode("utf-16-be"),
        calendar(ACCENTS).replace(b"\r\n", b"\n"),
        calendar(ACCENTS).replace(b"\r\n", b"\r"),
        calendar(ACCENTS).replace(b"\r\n", b"\r\r\n"),
        SMALL,
        # Folded in the middle of a letter.
        calendar(ACCENTS).replace(b"L\xc3\xb6ten", b"L\xc3\r\n \xb6te\r\n\tn"),
        ACCENTS.encode(),
    ],
    ids=[
        "plain",
        "mark",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "lf",
        "cr",
        "crcrlf",
        "small letters",
        "folded",
        "no calendar",
    ],
)
def test_however_it_is_packed(packed):
    assert only(packed).title == "Löten für Anfänger – naïve 🪢"


def test_latin_1_is_guessed_line_by_line():
    mixed = calendar(entry(summary="Löten")).decode().encode("latin-1")
    assert only(mixed).title == "Löten"


@pytest.mark.parametrize(
    ("line", "start"),
    [
        ("DTSTART:20261203T170000Z", "2026-12-03 17:00"),
        ("DTSTART;TZID=Europe/London:20260703T170000", "2026-07-03 16:00"),
        ("DTSTART;TZID=America/New_York:20261203T170000", "2026-12-03 22:00"),
        ("DTSTART;TZID=Eastern Standard Time:20261203T170000", "2026-12-03 22:00"),
        ('DTSTART;TZID="Eastern Standard Time":20260703T170000', "2026-07-03 21:00"),
        ("DTSTART;TZID=/mozilla.org/20070129_1/America/New_York:20261203T170000", "2026-12-03 22:00"),
        ("DTSTART;TZID=/softwarestudio.org/Olson_20011030_5/Pacific/Auckland:20261203T170000", "2026-12-03 04:00"),
        ("DTSTART;TZID=America_New_York:20261203T170000", "2026-12-03 22:00"),
        ("DTSTART;TZID=Our own clocks:20261203T170000", "2026-12-03 22:00"),
        ("DTSTART;TZID=Our own clocks:20260703T170000", "2026-07-03 21:00"),
        ("DTSTART;TZID=Asia/Kathmandu:20261203T170000", "2026-12-03 11:15"),
        ("DTSTART:20260703T170000", "2026-07-03 16:00"),
        ("DTSTART;;VALUE=DATE-TIME:20261203T170000Z", "2026-12-03 17:00"),
        ("DTSTART;VALUE=DATE-TIME;TZID=Europe/Paris:20261203T170000", "2026-12-03 16:00"),
        # The two nights of the year, in London and by the rules in the file: of two the first, none is an hour later.
        ("DTSTART;TZID=Europe/London:20261025T013000", "2026-10-25 00:30"),
        ("DTSTART;TZID=Europe/London:20270328T013000", "2027-03-28 01:30"),
        ("DTSTART;TZID=Our own clocks:20261101T013000", "2026-11-01 05:30"),
        ("DTSTART;TZID=Our own clocks:20270314T023000", "2027-03-14 07:30"),
    ],
)
def test_the_clock_that_is_meant(line, start):
    assert starts(calendar(entry(line, "DURATION:PT1H"), zones=NEW_YORK)) == [start]


def test_a_calendar_says_its_clock_and_the_rest_is_said_of_floating_times():
    floating = entry("DTSTART:20261203T170000", "DURATION:PT1H")
    assert starts(calendar(floating, head="X-WR-TIMEZONE:America/New_York\n")) == ["2026-12-03 22:00"]
    assert only(calendar(floating)).remarks == ["It names no time zone: read on the clocks of Europe/London."]


def test_an_hour_that_does_not_come_is_said():
    [remark] = only(calendar(entry("DTSTART;TZID=Europe/London:20270328T013000", "DURATION:PT1H"))).remarks
    assert remark.startswith("1:30 am does not come on 28 March 2027")


FIRST = "2026-03-20 17:00"


@pytest.mark.parametrize(
    ("lines", "dates"),
    [
        (("RRULE:FREQ=WEEKLY;COUNT=3",), [FIRST, "2026-03-27 17:00", "2026-04-03 16:00"]),
        (("RRULE:FREQ=WEEKLY;UNTIL=20260327T170000Z",), [FIRST, "2026-03-27 17:00"]),
        (("RRULE:FREQ=WEEKLY;UNTIL=20260327",), [FIRST, "2026-03-27 17:00"]),
        (
            ("RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/London:20260327T170000"),
            [FIRST, "2026-04-03 16:00"],
        ),
        (("RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20260403T160000Z"), [FIRST, "2026-03-27 17:00"]),
        (("RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;VALUE=DATE:20260327"), [FIRST, "2026-04-03 16:00"]),
        (
            ("RDATE;TZID=Europe/London:20260401T090000,20260402T090000",),
            [FIRST, "2026-04-01 08:00", "2026-04-02 08:00"],
        ),
        (("RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=2",), [FIRST, "2026-03-27 17:00"]),
        (("RRULE:",), [FIRST]),
    ],
)
def test_repeats_keep_their_hour_on_the_wall_across_the_change_of_the_clocks(lines, dates):
    assert starts(calendar(entry("DTSTART;TZID=Europe/London:20260320T170000", "DURATION:PT1H", *lines))) == dates


def test_one_date_of_a_series_can_say_otherwise():
    series = entry("DTSTART:20261203T170000Z", "RRULE:FREQ=WEEKLY;COUNT=3", "DURATION:PT1H")
    moved = entry("DTSTART:20261211T100000Z", "RECURRENCE-ID:20261210T170000Z", "DURATION:PT2H", "LOCATION:Elsewhere")
    gone = entry("DTSTART:20261217T170000Z", "RECURRENCE-ID:20261217T170000Z", "DURATION:PT1H", "STATUS:CANCELLED")
    found = only(calendar(moved, gone, series))
    assert [(one.key, one.minutes, one.place, one.is_cancelled) for one in found.dates] == [
        ("20261203T170000Z", 60, "", False),
        ("20261210T170000Z", 120, "Elsewhere", False),
        ("20261217T170000Z", 60, "", True),
    ]


def test_dates_of_a_series_that_is_not_in_the_file_stand_together():
    ones = [
        entry(f"DTSTART:202612{day}T170000Z", f"RECURRENCE-ID:202612{day}T170000Z", "DURATION:PT1H") for day in (10, 17)
    ]
    found = only(calendar(*ones))
    assert [one.key for one in found.dates] == ["20261210T170000Z", "20261217T170000Z"] and not found.has_series


def test_a_rule_without_an_end_is_followed_for_two_years_and_sixty_dates():
    found = only(calendar(entry("DTSTART:20200107T170000Z", "RRULE:FREQ=WEEKLY", "DURATION:PT1H")))
    assert len(found.dates) == 60 and found.dates[0].starts_at == utc(2026, 11, 10, 17)
    assert found.remarks == [
        "It repeats without an end: followed for 24 months.",
        "Of its 462 dates the 60 from 10 November 2026 to 28 December 2027 are taken.",
    ]


def test_of_a_long_series_that_is_over_the_latest_dates_are_taken():
    found = only(calendar(entry("DTSTART:20200107T170000Z", "RRULE:FREQ=WEEKLY;COUNT=100", "DURATION:PT1H")))
    assert len(found.dates) == 60 and found.dates[-1].starts_at == utc(2021, 11, 30, 17)


def test_whole_days_get_the_hours_of_a_school_day():
    found = only(calendar(entry("DTSTART;VALUE=DATE:20261203", "DTEND;VALUE=DATE:20261205")))
    assert found.is_whole_day
    assert [(one.key, one.starts_at, one.minutes) for one in found.dates] == [
        ("20261203", utc(2026, 12, 3, 9), 390),
        ("20261204", utc(2026, 12, 4, 9), 390),
    ]
    midnight = entry("DTSTART;TZID=Europe/London:20261203T000000", "DTEND;TZID=Europe/London:20261204T000000")
    assert only(calendar(midnight)).is_whole_day


def test_a_link_in_the_place_is_a_key_and_no_place():
    [date] = only(calendar(entry("LOCATION:Room 5\\, https://meet.example/abc?pwd=1"))).dates
    assert (date.place, date.link) == ("Room 5", "https://meet.example/abc?pwd=1")
    [date] = only(calendar(entry("CONFERENCE;VALUE=URI:https://meet.example/x", "LOCATION:Room 5"))).dates
    assert (date.place, date.link) == ("Room 5", "https://meet.example/x")


def test_who_is_invited_and_who_sent_it_is_never_read():
    invites = ("ORGANIZER;CN=Canary:mailto:canary@school.example", "ATTENDEE;CN=Canary:mailto:two@school.example")
    read = repr(reading(calendar(entry(*invites, "CONTACT:Canary"))))
    assert "anary" not in read and "school.example" not in read


def zone(name, *lines):
    start = ["BEGIN:VTIMEZONE", f"TZID:{name}", "BEGIN:STANDARD", "DTSTART:20000101T000000", "TZOFFSETFROM:+0100"]
    return "\n".join([*start, *lines, "END:STANDARD", "END:VTIMEZONE", ""])


def at(name, *lines):
    """An entry on a clock that the file tells of in these lines."""
    return calendar(entry(f"DTSTART;TZID={name}:20261203T170000", "DURATION:PT1H"), zones=zone("X", *lines))


OFTEN = "RRULE:FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=" + ",".join(map(str, range(60)))
OUT_OF_TIME = "Its dates lie before 1950 or after 2150."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (calendar(entry(dtstart="")), "It has no start."),
        (calendar(entry(dtend="20261203T160000Z")), "It ends before it starts."),
        (calendar(entry(duration="-PT1H")), "It ends before it starts."),
        (
            calendar(entry(dtstart="20261399T170000Z")),
            "It holds a date or a length that can’t be read: 20261399T170000Z",
        ),
        (calendar(entry(duration="P")), "It holds a date or a length that can’t be read: P"),
        (at("Nowhere/Land"), "Its time zone, “Nowhere/Land”, is not known, and the file does not say what it is."),
        (at("X", "TZOFFSETTO:+9999"), "Its time zone, “X”, is not known"),
        (at("X", "TZOFFSETTO:x"), "Its time zone, “X”, is not known"),
        (at("X", "TZOFFSETTO:+0200", "RRULE:FREQ=SECONDLY"), "Its time zone, “X”, is not known"),
        (at("X", "TZOFFSETTO:+0200", "RDATE:2026"), "Its time zone, “X”, is not known"),
        (calendar(entry(dtstart="19491231T170000Z")), OUT_OF_TIME),
        (calendar(entry(dtstart="21510101T170000Z")), OUT_OF_TIME),
        (calendar(entry(dtstart="00010101T000000")), OUT_OF_TIME),
        (calendar(entry(dtend="20261206T170000Z")), "It lasts longer than a day. Plan it as one event with several"),
        (
            calendar(entry("DTSTART;VALUE=DATE:20261203", "DTEND;VALUE=DATE:20261213")),
            "It lasts 10 whole days: a holiday",
        ),
        (calendar(entry("RRULE:FREQ=MINUTELY")), "It repeats more often than once a day: that is no meeting."),
        (calendar(entry("RRULE:FREQ=FORTNIGHTLY")), "How it repeats can’t be read: FREQ=FORTNIGHTLY"),
        (calendar(entry("RRULE:FREQ=DAILY;INTERVAL=0")), "How it repeats can’t be read: FREQ=DAILY;INTERVAL=0"),
        (calendar(entry("RRULE:FREQ=DAILY;BYDAY=XX")), "How it repeats can’t be read: FREQ=DAILY;BYDAY=XX"),
        (
            calendar(entry("RRULE:RSCALE=CHINESE;FREQ=YEARLY")),
            "It repeats by another calendar than the one of the western",
        ),
        (calendar(entry("RRULE:FREQ=DAILY;COUNT=1", "EXDATE:20261203T170000Z")), "None of its dates is left"),
        (
            calendar(entry("DTSTART:19600101T170000Z", "DURATION:PT1H", OFTEN)),
            "It repeats too often, over too long a time",
        ),
        (
            calendar(entry("RECURRENCE-ID;RANGE=THISANDFUTURE:20261203T170000Z")),
            "It changes all later dates of a series",
        ),
        (calendar(entry("CLASS:PRIVATE")), "It is marked as private in the other calendar."),
        (calendar(entry(), head="METHOD:REPLY\n"), "It is somebody’s answer to an invitation, not an event."),
        (calendar(entry().replace("VEVENT", "VTODO")), "It is a task, not an event."),
        (calendar(entry().replace("VEVENT", "VJOURNAL")), "It is a journal note, not an event."),
        (calendar(entry()).partition(b"END:VEVENT")[0], "The file breaks off in the middle of it."),
    ],
)
def test_what_can_not_be_taken_says_why(content, sentence):
    assert why(content).startswith(sentence)


def test_what_is_called_off_stays_known_as_such():
    assert only(calendar(entry("STATUS:CANCELLED"))).kept == []
    assert only(calendar(entry(), head="METHOD:CANCEL\n")).kept == []


def test_without_an_end_or_a_name():
    found = only(calendar(entry("DTSTART:20261203T170000Z", summary=None)))
    assert found.title == "Event without a name" and found.dates[0].minutes == 60
    assert found.remarks == ["It says no length: taken as one hour.", "It has no name. Give it one."]


def test_of_two_versions_the_newer_is_taken():
    read = reading(calendar(entry("SEQUENCE:2", summary="Newer"), entry("SEQUENCE:1", summary="Older")))
    assert [one.title for one in read.found] == ["Newer"]
    assert [(one.title, one.is_refused) for one in read.left] == [("Older", False)]


def test_several_calendars_in_one_file_and_a_name_of_one_in_another():
    both = calendar(entry(uid="1@a", summary="One")) + calendar(entry(uid="1@b", summary="Two"))
    assert [one.title for one in reading(both).found] == ["One", "Two"]


def test_clocks_of_one_file_are_unknown_to_the_next():
    assert starts(calendar(entry("DTSTART;TZID=Our own clocks:20261203T170000", "DURATION:PT1H"), zones=NEW_YORK))
    assert "Our own clocks" in why(calendar(entry("DTSTART;TZID=Our own clocks:20261203T170000", "DURATION:PT1H")))


@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 500, b"name,address\nInes,x", b"%PDF-1.7 \xff", b"BEGIN:VCARD\nEND:VCARD"]
)
def test_a_file_that_is_none_says_so(content):
    with pytest.raises(NotACalendar, match="This is no calendar file"):
        reading(content)


def test_an_empty_calendar_is_one():
    read = reading(calendar())
    assert (read.entries, read.found, read.left) == (0, [], [])


def test_ten_megabytes_are_read_in_seconds():
    one = entry("DESCRIPTION:" + "Straws and tape. " * 50)
    content = calendar(*(one.replace("1@old", f"{number}@old") for number in range(10_000)))
    assert len(content) > 9_500_000
    began = time.process_time()
    assert len(reading(content).found) == 10_000
    assert time.process_time() - began < 15
    with pytest.raises(NotACalendar, match="larger than 20 MB"):
        reading(content * 3)


HEAP = r"""BEGIN:VCALENDAR|END:VCALENDAR|BEGIN:VEVENT|END:VEVENT|BEGIN:VTIMEZONE|END:VTIMEZONE|BEGIN:STANDARD|END:STANDARD
TZID:X|TZOFFSETFROM:+0100|TZOFFSETTO:-0000|DTSTART:20261203T170000|DTSTART;TZID=X:20261025T013000|DTSTART;VALUE=DATE:20261203
DTEND:20261203|DURATION:P1W|DURATION:-P1D|RRULE:FREQ=YEARLY;BYDAY=53MO|RRULE:FREQ=MONTHLY;BYMONTHDAY=31;COUNT=9
RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3|RDATE:2026,20261203T170000Z/PT1H|EXDATE:|EXDATE;TZID=X:20261203T170000
RECURRENCE-ID:20261203|RECURRENCE-ID:20261203T170000Z|UID:1|UID:2|SEQUENCE:9999999999999|SUMMARY:\|;:|:| folded
SUMMARY;X="a:b\;c":y|METHOD:CANCEL|STATUS:CANCELLED|RRULE:FREQ=WEEKLY;WKST=ZZ;BYSETPOS=0|DTSTART:99999999T999999Z
DTEND:21501231T235959Z|DTSTART:21501231T235959""".replace("\n", "|").split("|")
PIECES = st.lists(st.sampled_from(HEAP), max_size=30)


@settings(max_examples=300, deadline=None)
@given(PIECES)
def test_no_heap_of_lines_breaks_the_reader(lines):
    try:
        read = reading("\r\n".join(["BEGIN:VCALENDAR", *lines]).encode())
    except NotACalendar:
        return
    assert len([number for one in read.found for number in one.numbers]) + len(read.left) == read.entries


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_no_heap_of_bytes_breaks_the_reader(content):
    read = reading(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + content + b"\r\nEND:VEVENT\r\nEND:VCALENDAR")
    assert read.entries == len(read.left) + sum(len(one.numbers) for one in read.found)


@pytest.mark.shared
def test_every_real_calendar_is_read_or_refused_with_a_reason(shared_data):
    folder = shared_data / "calendars"
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as rows:
        manifest = {row["file"]: int(row["vevents"]) for row in csv.DictReader(rows)}
    files = sorted((folder / "ics").iterdir())
    assert len(files) == len(manifest) == 281
    reasons, sums, began = Counter(), Counter(), time.process_time()
    for file in files:
        try:
            read = reading(file.read_bytes())
        except NotACalendar:
            # Pieces of calendars: a time zone or an alarm alone.
            assert manifest[file.name] == 0, file.name
            sums["none"] += 1
            continue
        taken = [number for one in read.found for number in one.numbers]
        others = sum(
            one.reason.endswith("not an event.") and not one.reason.startswith("It is somebody") for one in read.left
        )
        assert sorted(taken + [one.number for one in read.left]) == list(range(1, read.entries + 1)), file.name
        assert read.entries - others == manifest[file.name], file.name
        assert all(one.reason for one in read.left) and all(one.dates for one in read.found)
        reasons.update(one.reason[:40] for one in read.left)
        sums.update(entries=read.entries - others, taken=len(taken), things=len(read.found), others=others)
    assert time.process_time() - began < 60
    print(dict(sums), reasons.most_common())
    assert sums["entries"] == 3923 and sums["none"] == 10
    assert sums["taken"] >= 3700, reasons.most_common()
