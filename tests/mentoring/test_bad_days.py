"""Days, minutes and months that no calendar or database can count with are answered in words, wherever they are typed."""

from datetime import date

import pytest

from portal.db import db
from portal.mentoring.models import PairProgramme
from portal.mentoring_mail.reading_days import day_at, day_words, next_day_at
from portal.networks.models import Network
from portal.programmes.models import Programme
from portal.web.links import signed_token
from tests import cast
from tests.mentoring.world import BASE, contacts, pair, quick

__all__ = ["pair"]
YEARS = "Type a year from 1950 to 2150."


@pytest.fixture(params=["America/Los_Angeles", "Pacific/Auckland"])
def far_zone(request, in_app, pair):
    """A network far west, then far east: its first and its last day lie outside of the calendar."""
    with in_app():
        db.session.get_one(Network, cast.network_id()).time_zone = request.param
        closing = Programme(network_id=cast.network_id(), name="Closing", closes_on_day=15, created_at=cast.NOW)
        db.session.add(closing)
        db.session.flush()
        db.session.add(PairProgramme(pairing_id=pair, programme_id=closing.id, since=date(2026, 9, 1)))
        db.session.commit()
        return request.param


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_end_of_the_calendar_is_no_day(as_, in_app, far_zone, pair, day):
    dafydd = as_("dafydd")
    for typed in ({"when": "earlier", "on": day, "start": "23:50"}, {"next_on": day, "next_time": "00:10"}):
        answer = dafydd.post(f"{BASE}/pairs/{pair}/met", data=quick(**typed))
        assert answer.status_code == 422 and YEARS in answer.text
        kept = dafydd.post(f"{BASE}/pairs/{pair}/draft", data=quick(parked="x", **typed), follow_redirects=True)
        assert kept.status_code == 200
    with in_app():
        who = cast.person_id("dafydd")
        link = signed_token("talked", who, pair, days=30)
    assert dafydd.get(f"/a/{link}?on={day}&next_on={day}").status_code == 200
    assert YEARS in dafydd.post(f"/a/{link}", data={"choice": "typed", "minutes": "45", "on": day}).text
    with in_app():
        assert not contacts()


@pytest.mark.parametrize("month", ["0001-01", "9999-12", "2026-13", "2026", "²"])
def test_a_month_that_cannot_be_counted_with_is_not_there(as_, pair, month):
    assert as_("dafydd").post(f"{BASE}/pairs/{pair}/months/{month}/ask").status_code == 404
    assert as_("ines").post(f"{BASE}/pairs/{pair}/months/{month}/reopen", data={"days": "7"}).status_code == 404


@pytest.mark.parametrize("minutes", ["99999999999999999999", "-5", "1800", "0", "٤٥٠٠"])
def test_minutes_that_nobody_talked_are_refused_in_words(as_, in_app, pair, minutes):
    for typed in ({"length": minutes}, {"length": "other", "minutes": minutes}):
        answer = as_("dafydd").post(f"{BASE}/pairs/{pair}/met", data=quick(**typed))
        assert answer.status_code == 422
    with in_app():
        assert not contacts()


def test_a_line_by_mail_names_no_such_year_either():
    words, today = day_words("en"), date(2026, 11, 10)
    for said in ("9999-12-31", "0001-01-01", "31.12.9999"):
        for read in (day_at, next_day_at):
            found = read(said, today, words)
            assert found is not None and found.day is None
