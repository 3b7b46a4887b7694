"""What search engines and strangers see: one address a page, the right state, gone from "upcoming" by itself."""

import re
from datetime import timedelta

import pytest

from portal.db import db
from portal.events.models import Event
from portal.events.operations_calling_off import call_off
from portal.networks.models import Network
from portal.web import clock
from tests import cast
from tests.events import planned

PUBLIC = "/p/tarn-and-tide/events"
HOST = "http://127.0.0.1:8000"


@pytest.fixture
def made(in_app):
    def make(*people, **more):
        with in_app():
            event = planned.event(**more)
            if people:
                planned.booked(event, *people)
            return event.id

    return make


def test_the_page_says_to_search_engines_what_it_is(client, made):
    page = client.get(f"{PUBLIC}/{made()}").text
    assert f'<link rel="canonical" href="{HOST}{PUBLIC}/' in page
    assert re.search(r'<meta name="description" content="[^"]*19 November 2026', page)
    assert 'itemtype="https://schema.org/EducationEvent"' in page and "noindex" not in page
    assert '<meta itemprop="startDate" content="2026-11-19T17:00:00+00:00">' in page
    assert "schema.org/InStock" in page and planned.LINK not in page


def test_a_full_event_says_so_and_offers_the_list(client, made):
    page = client.get(f"{PUBLIC}/{made('tobi', capacity=1)}").text
    assert "Full. You can join the waiting list." in page and "schema.org/SoldOut" in page
    assert "Book my place" not in page


def test_one_that_was_called_off_stays_and_says_why(client, in_app, made):
    event_id = made()
    with in_app():
        call_off(db.session.get_one(Event, event_id), "Snow.", cast.person_id("ines"))
    page = client.get(f"{PUBLIC}/{event_id}").text
    assert "Snow." in page and "schema.org/EventCancelled" in page and "<form" not in page.split("<main")[1]
    assert "Snow." in client.get(PUBLIC).text


def test_one_that_is_over_keeps_its_page_and_leaves_the_lists_by_itself(client, made):
    event_id = made()
    assert "Build a hand" in client.get("/p/tarn-and-tide/").text
    clock.freeze(planned.NEXT_THURSDAY + timedelta(minutes=1))
    page = client.get(f"{PUBLIC}/{event_id}")
    assert page.status_code == 200 and "This is over" in page.text
    assert "Build a hand" not in client.get(PUBLIC).text
    assert "Build a hand" not in client.get("/p/tarn-and-tide/").text


def test_the_network_s_own_page_lists_its_next_open_events(client, made):
    made()
    made(title="For members", is_public=False)
    made(title="In pencil", publish=False)
    page = client.get("/p/tarn-and-tide/").text
    assert "Build a hand" in page and "5:00 to 6:30 pm" in page
    assert "For members" not in page and "In pencil" not in page
    assert "Build a hand" not in client.get("/p/fell-and-furrow/").text


def test_a_network_without_the_room_shows_nothing_of_it(client, in_app, made):
    made()
    with in_app():
        db.session.get_one(Network, cast.network_id()).rooms = ["resources"]
        db.session.commit()
    page = client.get("/p/tarn-and-tide/").text.split("<main")[1]
    assert "Build a hand" not in page and "What’s on" not in page


def test_the_list_s_pages_have_an_address_each(client, made):
    for number in range(26):
        made(title=f"Evening {number}")
    assert f'<link rel="canonical" href="{HOST}{PUBLIC}">' in client.get(f"{PUBLIC}?sort=x").text
    assert f'href="{HOST}{PUBLIC}?page=2"' in client.get(f"{PUBLIC}?page=2").text


def test_what_belongs_to_one_person_is_not_indexed(client, in_app, made):
    from portal.events.signed import booking_token

    event_id = made("tobi")
    with in_app():
        token = booking_token(event_id, cast.person_id("tobi"))
    for path in (f"/e/{token}", f"{PUBLIC}/{event_id}/booked"):
        assert '<meta name="robots" content="noindex">' in client.get(path).text


def test_the_public_pages_stay_within_their_queries(client, in_app, made, queries):
    for number in range(8):
        event_id = made("tobi", "leon", title=f"Evening {number}", sessions=3)
    for path in (PUBLIC, f"{PUBLIC}/{event_id}", "/p/tarn-and-tide/"):
        client.get(path)
        with queries() as seen:
            assert client.get(path).status_code == 200
        assert len(seen) <= 12, (path, len(seen))
