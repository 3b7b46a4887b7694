"""Feeds: each holds what its reader may know and no word more, keeps its names, and ends when it should."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from portal.calendars.addresses import feed_token, read_token
from portal.calendars.operations import renew_addresses
from portal.db import db
from portal.events.models import Event
from portal.events.operations_calling_off import call_off
from portal.networks.models import Network
from portal.networks.operations_membership import leave
from portal.people.models import Person
from portal.people.operations_leaving import erase_person
from portal.web import clock
from tests import cast
from tests.events import planned

NETWORK = "tarn-and-tide"


def address(in_app, key="tobi", network=NETWORK, version=1):
    with in_app():
        token = feed_token(cast.person_id(key), cast.network_id(network) if network else 0, version)
    return f"/feeds/{token}.ics"


def read(answer):
    assert answer.status_code == 200 and answer.mimetype == "text/calendar"
    return {str(entry["uid"]): entry for entry in Calendar.from_ical(answer.data).walk("VEVENT")}


def titles(answer):
    return [str(entry["summary"]) for entry in read(answer).values()]


@pytest.fixture
def term(in_app):
    """A series of three of which Tobi books the second, an open evening that is full, a draft, and one of the others."""
    with in_app():
        series = planned.event("Leading a department", sessions=3, is_public=False)
        from portal.events.operations_booking import book

        book(series, [series.sessions[1].id], cast.person_id("tobi"))
        full = planned.event("One seat", capacity=1)
        planned.booked(full, "leon", "tobi")
        draft = planned.event("Not yet", publish=False)
        return {"series": series.id, "full": full.id, "draft": draft.id}


def test_booking_one_date_of_a_series_brings_one_entry(client, in_app, term):
    found = read(client.get(address(in_app, network=None)))
    assert sorted(str(entry["summary"]) for entry in found.values()) == [
        "Leading a department, session 2 of 3",
        "One seat (on the waiting list)",
    ]


def test_waiting_is_tentative_takes_no_time_and_brings_no_link(client, in_app, term):
    found = {str(entry["status"]): entry for entry in read(client.get(address(in_app, network=None))).values()}
    waits, has = found["TENTATIVE"], found["CONFIRMED"]
    assert waits["transp"] == "TRANSPARENT" and planned.LINK not in str(waits["description"])
    assert "transp" not in has and planned.LINK in str(has["description"])


def test_a_network_shows_what_is_published_and_links_only_where_she_has_a_place(client, in_app, term):
    found = read(client.get(address(in_app)))
    assert len(found) == 4 and not [one for one in found.values() if "Not yet" in one["summary"]]
    linked = [str(one["summary"]) for one in found.values() if planned.LINK in str(one["description"])]
    assert linked == ["Leading a department, session 2 of 3"]


def test_the_public_feed_holds_open_events_and_no_link(client, in_app, term):
    answer = client.get(f"/p/{NETWORK}/events.ics")
    assert titles(answer) == ["One seat"] and planned.LINK not in answer.text


@pytest.mark.parametrize("which", ["me", "network", "public"])
def test_no_feed_names_anybody_or_what_they_need(client, in_app, term, which):
    with in_app():
        event = db.session.get(Event, term["full"])
        for one in event.sessions:
            from portal.events.models import Booking

            for booking in db.session.query(Booking).filter_by(session_id=one.id):
                booking.needs = "CANARY wheelchair"
        db.session.commit()
    path = (
        f"/p/{NETWORK}/events.ics"
        if which == "public"
        else address(in_app, network=NETWORK if which == "network" else None)
    )
    text = client.get(path).text
    for word in (
        "CANARY",
        "Leon",
        "Tobi",
        "Ines",
        "Farrowby",
        "@tarn-and-tide.example",
        "ATTENDEE",
        "ORGANIZER",
        "METHOD",
    ):
        assert word not in text, word


def test_the_name_of_a_session_is_the_same_in_every_feed_file_and_mail(as_, client, in_app, term):
    from sqlalchemy import select

    from portal.mail.models import OutboxMail

    everywhere = [set(read(client.get(path))) for path in (address(in_app, network=None), address(in_app))]
    file = set(read(as_("tobi").get(f"/n/{NETWORK}/events/{term['full']}.ics")))
    public = set(read(client.get(f"/p/{NETWORK}/events.ics")))
    with in_app():
        mails = db.session.execute(
            select(OutboxMail.calendar).where(OutboxMail.person_id == cast.person_id("tobi"))
        ).scalars()
        mailed = set(re.findall(r"UID:(\S+)", " ".join(one or "" for one in mails)))
    assert file == public and file < everywhere[0] < everywhere[1] and mailed and mailed < everywhere[0]


def test_what_is_called_off_stays_and_says_so(client, in_app, term):
    with in_app():
        call_off(db.session.get(Event, term["full"]), "Snow.", cast.person_id("ines"))
    for path in (address(in_app, network=None), address(in_app), f"/p/{NETWORK}/events.ics"):
        [entry] = [one for one in read(client.get(path)).values() if "One seat" in one["summary"]]
        assert (entry["status"], entry["sequence"]) == ("CANCELLED", 1)
        assert entry["summary"].startswith("Called off: ")
        assert entry.decoded("last-modified") == entry.decoded("dtstamp") == cast.NOW


def test_a_change_shows_in_the_mark_and_in_the_entry(as_, client, in_app, term):
    from tests.events.test_planning import as_it_stands

    path = address(in_app)
    before = client.get(path)
    clock.freeze(cast.NOW + timedelta(hours=2))
    ines = as_("ines")
    edited = ines.post(
        f"/n/{NETWORK}/events/{term['full']}/edit",
        data=as_it_stands(in_app, term["full"], **{"sessions-0-starts": "16:30"}),
    )
    assert edited.status_code == 303
    after = client.get(path)
    assert before.headers["ETag"] != after.headers["ETag"]
    [was], [now] = (
        [one for one in read(a).values() if one["summary"] == "One seat (on the waiting list)"] for a in (before, after)
    )
    assert (was["uid"], was["sequence"]) == (now["uid"], 0) and now["sequence"] == 1
    assert now.decoded("last-modified") - was.decoded("last-modified") == timedelta(hours=2)


def test_who_has_it_already_is_told_so_and_nothing_more(client, in_app, term):
    path = address(in_app)
    first = client.get(path)
    assert client.get(path).data == first.data
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.data
    assert again.headers["Cache-Control"] == "private, max-age=900" and again.headers["X-Robots-Tag"] == "noindex"
    assert client.get(f"/p/{NETWORK}/events.ics").headers["Cache-Control"] == "public, max-age=900"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in first.data and b"X-PUBLISHED-TTL:PT1H" in first.data


def test_renewing_ends_every_older_address_at_once(as_, client, in_app, term):
    old = [address(in_app, network=None), address(in_app)]
    tobi = as_("tobi")
    assert old[0] in tobi.get("/me/calendars").text
    assert "stops at once" in tobi.get("/me/calendars/renew").text
    assert [client.get(path).status_code for path in old] == [200, 200]
    assert tobi.post("/me/calendars/renew").location == "/me/calendars"
    assert [client.get(path).status_code for path in old] == [404, 404]
    page = tobi.get("/me/calendars").text
    new = re.findall(r"value=\"http://[^/]+(/feeds/[^\"]+)\"", page)
    assert len(new) == 2 and [client.get(path).status_code for path in new] == [200, 200]
    assert "Last renewed on Tuesday 10 November 2026" in page
    assert "renewed the addresses of her calendars" in tobi.get("/me/history").text


def test_a_networks_feed_ends_with_her_membership_and_with_the_room(client, in_app, term):
    path, mine = address(in_app), address(in_app, network=None)
    with in_app():
        network = db.session.get(Network, cast.network_id())
        network.rooms = [room for room in network.rooms if room != "events"]
        db.session.commit()
    assert client.get(path).status_code == 404 and read(client.get(mine)) == {}
    assert client.get(f"/p/{NETWORK}/events.ics").status_code == 404
    with in_app():
        db.session.get(Network, cast.network_id()).rooms = ["events"]
        db.session.commit()
    assert client.get(path).status_code == 200
    with in_app():
        leave(cast.network_id(), cast.person_id("tobi"))
    assert client.get(path).status_code == 404


def test_a_feed_of_a_network_that_she_is_not_in(client, in_app, term):
    assert client.get(address(in_app, "kofi")).status_code == 404


def test_who_is_forgotten_or_joined_with_another_record(client, in_app, term):
    mine, leons = address(in_app, network=None), address(in_app, "leon", None)
    renewed = address(in_app, network=None, version=2)
    with in_app():
        db.session.get(Person, cast.person_id("leon")).merged_into = cast.person_id("tobi")
        db.session.commit()
    assert titles(client.get(leons)) == titles(client.get(mine))
    with in_app():
        renew_addresses(cast.person_id("tobi"))
    assert client.get(renewed).status_code == 200
    with in_app():
        erase_person(cast.person_id("tobi"))
    assert client.get(mine).status_code == 404
    assert client.get(renewed).status_code == 404


@pytest.mark.parametrize("token", ["x", "3.0.1", "3.0.1.AAAAAAAAAAAAAAAAAAAAAAAAAAA", "é", "%00", "a" * 3000])
def test_what_we_did_not_sign_leads_nowhere(client, token):
    assert client.get(f"/feeds/{token}.ics").status_code == 404


def test_a_token_of_another_kind_is_no_key(app, in_app):
    from portal.web.links import signed_token

    with in_app():
        assert read_token(signed_token("coming", 3, 1, days=5)) is None


def test_old_dates_leave_the_feed_and_all_that_lies_ahead_stays(client, in_app):
    with in_app():
        planned.event("Last spring", datetime(2026, 4, 2, 17, tzinfo=UTC))
        planned.event("In June", datetime(2026, 6, 4, 17, tzinfo=UTC))
        planned.event("In three years", datetime(2029, 6, 7, 17, tzinfo=UTC))
    assert titles(client.get(address(in_app))) == ["In June", "In three years"]


def test_a_network_of_five_hundred_dates_asks_no_more_than_one_of_five(client, in_app, queries):
    with in_app():
        for number in range(10):
            planned.event(f"Series {number}", sessions=50)
    for path in (address(in_app), address(in_app, network=None), f"/p/{NETWORK}/events.ics"):
        with queries() as seen:
            answer = client.get(path)
        assert len(seen) <= 5, seen
        assert len(read(answer)) == (0 if "/feeds/" in path and path == address(in_app, network=None) else 500)


def test_the_page_says_where_how_and_who_and_asks_little(as_, queries):
    tobi = as_("tobi")
    with queries() as seen:
        page = tobi.get("/me/calendars").text
    assert len(seen) <= 12, seen
    assert 'href="webcal://' in page and "readonly" in page
    for words in ("Outlook", "Google", "Phone", "Who can read what", f"/p/{NETWORK}/events.ics"):
        assert words in page


def test_pages_lead_to_their_calendars(as_, client, in_app, term):
    public = client.get(f"/p/{NETWORK}/events").text
    title = "All open events of Tarn and Tide STEM Network"
    assert f'<link rel="alternate" type="text/calendar" title="{title}" href="/p/{NETWORK}/events.ics">' in public
    assert "follow the calendar of" in public
    assert 'type="text/calendar"' in client.get(f"/p/{NETWORK}/events/{term['full']}").text
    tobi = as_("tobi")
    assert "/me/calendars" in tobi.get("/me").text and "/me/calendars" in tobi.get(f"/n/{NETWORK}/events/").text
