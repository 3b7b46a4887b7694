"""Our calendars, read back: by icalendar field by field, by the rules that travel along, and by khal through vdirsyncer."""

import io
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from flask import Flask, Response
from icalendar import Calendar

from portal.calendars.addresses import feed_token
from portal.db import db
from portal.events.operations_booking import book
from portal.events.operations_calling_off import call_off
from portal.networks.models import Network
from portal.web import clock
from portal.web.calendars import Entry, ics_calendar, stable_uid
from portal.web.calendars_clocks import clocks_in
from tests import cast
from tests.calendars.outside import served, shown, sync
from tests.events import planned

LONG = "Knots; ropes, and a \\ 🪢 in 75 octets " + "é" * 60 + " «ورشة» 教室"
PLACES = (
    "Europe/London",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Auckland",
)
# On both edges of summer time, in both hours that look alike, over them, over midnight and over the end of a year.
MOMENTS = (
    "2026-10-24 23:30", "2026-10-25 00:30", "2026-10-25 01:30", "2026-10-25 02:30", "2026-11-01 05:30", "2026-11-01 06:30",
    "2027-03-28 00:30", "2027-03-28 01:00", "2027-03-14 06:59", "2027-03-14 07:00", "2026-12-31 23:30", "2026-11-19 18:15",
    "2027-04-03 14:45", "2027-04-03 15:15", "2026-10-03 15:29",
)  # fmt: skip
CHANGED = datetime(2026, 11, 10, 9, 30, 5, tzinfo=UTC)


def entries() -> list[Entry]:
    made = [
        Entry(
            uid=stable_uid("session", number, "portal.example"),
            title=f"{number} {LONG}",
            starts_at=(start := datetime.fromisoformat(moment).replace(tzinfo=UTC)),
            ends_at=start + timedelta(minutes=90),
            place=f"Room {number}; “High” Fell, \\ left",
            url=f"https://portal.example/e/{number}?a=1;2&b=é",
            about="Bring straws.\nAnd; tape, card \\ glue.\n\n" + "🪢" * 40,
            sequence=number,
            is_cancelled=number % 7 == 3,
            is_tentative=number % 7 == 5,
            updated_at=CHANGED,
            time_zone=place,
        )
        for number, (place, moment) in enumerate((place, moment) for place in PLACES for moment in MOMENTS)
    ]
    whole = Entry(stable_uid("day", 1, "portal.example"), "Whole days", date(2026, 10, 25), date(2026, 10, 26))
    return [*made, whole]


def test_every_field_comes_back_through_icalendar_as_it_left():
    made = entries()
    content = ics_calendar(made, "Dates; of\nTobi", method="")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    read = {str(one["uid"]): one for one in Calendar.from_ical(content).walk("VEVENT")}
    assert len(read) == len(made)
    for entry in made[:-1]:
        event = read[entry.uid]
        assert (event.start, event.end) == (entry.starts_at, entry.ends_at), entry.starts_at
        assert (event["summary"], event["location"], event["description"]) == (entry.title, entry.place, entry.about)
        assert (event["url"], event["sequence"]) == (entry.url, entry.sequence)
        status = "CANCELLED" if entry.is_cancelled else "TENTATIVE" if entry.is_tentative else "CONFIRMED"
        assert event["status"] == status and ("transp" in event) == (status != "CONFIRMED")
        assert event.decoded("dtstamp") == event.decoded("last-modified") == CHANGED
        assert not {"attendee", "organizer", "method"} & {key.lower() for key in event}
    whole = read["day-1@portal.example"]
    assert (whole.decoded("dtstart"), whole.decoded("dtend")) == (date(2026, 10, 25), date(2026, 10, 27))


def test_an_hour_that_comes_twice_leaves_in_utc_and_every_other_on_its_own_clock():
    told = ics_calendar(entries()).decode()
    assert "DTSTART:20261025T003000Z" in told and "DTSTART:20261025T013000Z" in told
    assert (
        "DTSTART;TZID=Europe/London:20261025T023000" in told and "DTSTART;TZID=Asia/Kathmandu:20261120T000000" in told
    )
    # Its clocks follow the moon: no rule of two lines is true, so its moments leave in UTC.
    assert "TZID:Africa/Casablanca" not in told
    assert told.count("BEGIN:VTIMEZONE") == 5 and len(told.partition("BEGIN:VEVENT")[0]) < 2500


# Their rules changed in these years, or follow the moon or a decree: their moments leave in UTC.
NO_RULE = {"Africa/Casablanca", "America/Santiago", "Africa/Cairo", "America/Sao_Paulo", "Asia/Tehran"}


@pytest.mark.parametrize("place", [*PLACES, "Europe/Dublin", *sorted(NO_RULE - {"Africa/Casablanca"})])
@pytest.mark.parametrize("year", [2007, 2019, 2026, 2038])
def test_the_rules_that_travel_along_say_what_the_clocks_do(place, year):
    """Read by a stranger (dateutil) under a name that it can't look up."""
    clocks = clocks_in(place, year, year)
    if clocks is None:
        assert place in NO_RULE or year == 2007
        return
    lines = clocks.component().to_ical().decode().replace(place, "Ours")
    ours = tzical(io.StringIO(f"BEGIN:VCALENDAR\r\n{lines}END:VCALENDAR\r\n")).get("Ours")
    moment, zone = datetime(year, 1, 1, 0, 17), ZoneInfo(place)
    while moment.year == year:
        theirs = moment.replace(tzinfo=zone)
        # Hours that come twice or not at all leave in UTC, so no rule is asked about them.
        if theirs.utcoffset() == theirs.replace(fold=1).utcoffset():
            assert moment.replace(tzinfo=ours).utcoffset() == theirs.utcoffset(), moment
        moment += timedelta(hours=1)


def on_the_wall(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Asia/Kathmandu"])
def test_khal_shows_every_entry_at_its_hour_with_its_words(tmp_path, zone):
    app = Flask("feeds")
    made = entries()
    app.add_url_rule("/feed.ics", "feed", lambda: Response(ics_calendar(made, method=""), mimetype="text/calendar"))
    with served(app) as address:
        sync(f"{address}/feed.ics", tmp_path)
    # By title: vdirsyncer gives what it fetches from the web names of its own.
    seen = {row["title"]: row for row in shown(tmp_path, zone).values()}
    assert set(seen) == {entry.title for entry in made}
    for entry in made[:-1]:
        said = seen[entry.title]
        assert (said["start-long"], said["end-long"]) == tuple(
            on_the_wall(one, zone) for one in (entry.starts_at, entry.ends_at)
        )
        assert (said["location"], said["description"]) == (entry.place, entry.about)
        assert said["url"] == entry.url
        assert said["status"].strip() == (
            "CANCELLED" if entry.is_cancelled else "TENTATIVE" if entry.is_tentative else "CONFIRMED"
        )
    assert seen["Whole days"]["start-long"].startswith("2026-10-25")


@pytest.fixture
def dates(in_app):
    """Tobi's dates in two networks, one of them in Kathmandu, on both edges of London's summer."""
    with in_app():
        series = planned.event(LONG, datetime(2027, 3, 21, 16, 30, tzinfo=UTC), sessions=3)
        book(series, [series.sessions[1].id], cast.person_id("tobi"))
        autumn = planned.event("Night sky", datetime(2026, 11, 30, 23, 30, tzinfo=UTC))
        planned.booked(autumn, "tobi")
        db.session.get(Network, cast.network_id("fell-and-furrow")).time_zone = "Asia/Kathmandu"
        from portal.events.drafts import EventDraft, SessionDraft
        from portal.events.operations import plan_event

        draft = EventDraft("Far away", "Line one", getting_there="Two\nlines; here, too", sessions=[
            SessionDraft(datetime(2026, 12, 1, 18, 20, tzinfo=UTC), 45, "online", "", planned.LINK)])  # fmt: skip
        far = plan_event(cast.network_id("fell-and-furrow"), draft, cast.person_id("bryony"), publish=True)
        book(far, [far.sessions[0].id], cast.person_id("tobi"), "guest")
        token = feed_token(cast.person_id("tobi"), 0, 1)
        return f"/feeds/{token}.ics", {"series": series.sessions[1].id, "sky": autumn.id, "far": far.sessions[0].id}


def test_a_computer_that_follows_me_sees_my_dates_and_what_becomes_of_them(app, in_app, tmp_path, dates):
    path, ids = dates
    with served(app) as address:
        sync(address + path, tmp_path)
        seen = {row["title"]: row for row in shown(tmp_path, "Europe/London").values()}
        assert sorted(seen) == sorted([f"{LONG}, session 2 of 3", "Night sky", "Far away"])
        # The Sunday on which the clocks go forward: half past four by the wall of the week before is half past five.
        assert seen[f"{LONG}, session 2 of 3"]["start-long"] == "2027-03-28 17:30"
        assert (seen["Night sky"]["start-long"], seen["Night sky"]["end-long"]) == (
            "2026-11-30 23:30",
            "2026-12-01 01:00",
        )
        assert seen["Far away"]["start-long"] == "2026-12-01 18:20" and seen["Far away"]["location"] == "online"
        assert seen["Far away"]["description"] == f"Line one\nJoin: {planned.LINK}\nTwo\nlines; here, too"
        there = {row["title"]: row for row in shown(tmp_path, "Asia/Kathmandu").values()}
        assert there["Far away"]["start-long"] == "2026-12-02 00:05"
        clock.freeze(cast.NOW + timedelta(days=1))
        with in_app():
            from portal.events.models import Event

            call_off(db.session.get(Event, ids["sky"]), "Clouds.", cast.person_id("ines"))
        sync(address + path, tmp_path)
        seen = {row["title"]: row["status"].strip() for row in shown(tmp_path, "Europe/London").values()}
        assert seen["Called off: Night sky"] == "CANCELLED" and len(seen) == 3
