"""Who reads which rows of the report: a mentor who coordinates never reads of her mentee's wish, nor a region of other networks."""

from datetime import date, timedelta

import pytest

from portal.db import db
from portal.matching.models import MentorAsk
from portal.networks.models import Membership, Network
from portal.programmes.models import Programme
from portal.programmes.starting import rules
from portal.statements.counted import Counted, Sitting
from portal.statements.periods import Period
from portal.statements.queries_hours import moments
from portal.statements.queries_pairs import Pair
from portal.statements.queries_report import Wish, wishes
from portal.statements.report import Report, standing_of
from portal.statements.report_rows import ROWS
from portal.web import clock
from tests import cast
from tests.matching.people import asks
from tests.statements.world import BASE, ZONE, log, pair, programme

NUMBERS = "/n/tarn-and-tide/numbers"
TODAY = date(2026, 11, 10)


def test_a_mentor_who_coordinates_does_not_find_the_wish_of_her_mentee_among_the_rows(as_, in_app):
    with in_app():
        hers = pair("mairead", "tobi")
        for who in ("leon", "tobi"):
            asks(who)
    her_rows = as_("mairead").get(f"{BASE}/report/rows/wishes").text
    assert "Leon Farrowby" in her_rows and "Tobi Larkhill" not in her_rows
    assert "Tobi Larkhill" in as_("ines").get(f"{BASE}/report/rows/wishes?format=csv").text
    with in_app():
        # Also once they are no pair any more: the days would tell it as well.
        db.session.merge(hers).ended_on = TODAY
        db.session.commit()
    assert "Tobi Larkhill" not in as_("mairead").get(f"{BASE}/report/rows/wishes?format=csv").text


def test_the_wish_that_made_her_own_pair_is_no_secret_to_its_mentor(as_, in_app):
    with in_app():
        asks("tobi")
        pair("mairead", "tobi", since=TODAY)
    assert "Tobi Larkhill" in as_("mairead").get(f"{BASE}/report/rows/wishes").text


@pytest.fixture
def region(in_app):
    with in_app():
        child = db.session.get(Network, cast.network_id("fell-and-furrow"))
        child.parent_id = cast.network_id()
        db.session.commit()
        there = pair("bryony", "kofi")
        there.network_id = child.id
        told = log(there, date(2026, 10, 6), 45)
        told.contact.network_id = child.id
        db.session.commit()


@pytest.mark.usefixtures("region")
def test_a_region_reads_totals_and_no_row_of_another_network(as_):
    ines = as_("ines")
    page = ines.get(f"{BASE}/report?whose=region").text
    assert "Tarn and Tide STEM Network alone" in page
    assert "report/rows/" not in page and "report/rows/" in ines.get(f"{BASE}/report").text
    for rows in ROWS:
        assert "Kofi Marrable" not in ines.get(f"{BASE}/report/rows/{rows}?whose=region").text, rows
    numbers = ines.get(f"{NUMBERS}/?whose=region").text
    assert "rows/mentoring-pairs" not in numbers
    assert ines.get(f"{NUMBERS}/rows/mentoring-pairs?whose=region").status_code == 403
    assert ines.get(f"{NUMBERS}/rows/sessions?whose=region").status_code == 200
    assert ines.get(f"{NUMBERS}/rows/mentoring-pairs").status_code == 200


def report_of(found, today=TODAY):
    return Report(Period("year", date(2026, 9, 1), date(2027, 8, 31)), None, today, [], Counted((), {}), found)


@pytest.mark.parametrize(("days", "is_in_time"), [(0, True), (30, True), (31, False)])
def test_matched_in_time_is_told_by_the_days_that_the_rows_show(days, is_in_time):
    asked = date(2026, 9, 1)
    report = report_of([Wish(1, "Tobi", asked, asked + timedelta(days=days), True)])
    assert report.matched == (int(is_in_time), 1)
    assert ROWS["wishes"].of(report)[0][3] == days


def test_the_hour_of_the_day_makes_nobody_late(in_app):
    """Asked at eight on the first, paired at ten on the thirty-first day: thirty days, as the rows say."""
    with in_app():
        ask = asks("tobi")
        ask.asked_at = clock.now() - timedelta(days=30, hours=2)
        db.session.commit()
        pair("dafydd", "tobi", since=TODAY)
        found = wishes((cast.network_id(),), *moments(date(2026, 9, 1), TODAY, ZONE), ZONE)
        assert [one.waited() for one in found] == [30] and report_of(found).matched == (1, 1)


@pytest.mark.parametrize("how", ["paused", "left"])
def test_who_set_it_aside_or_left_waits_no_longer(in_app, how):
    with in_app():
        ask = asks("tobi")
        ask.asked_at = clock.now() - timedelta(days=50)
        db.session.commit()
        span = (*moments(date(2026, 9, 1), TODAY, ZONE), ZONE)
        assert report_of(wishes((cast.network_id(),), *span)).matched == (0, 1)
        if how == "paused":
            db.session.get(MentorAsk, ask.id).paused_at = clock.now()
        else:
            hers = db.session.query(Membership).filter_by(person_id=cast.person_id("tobi")).one()
            hers.ended_at = clock.now()
        db.session.commit()
        assert report_of(wishes((cast.network_id(),), *span)).matched == (0, 0)


def test_a_coordinator_is_told_which_two_reports_can_be_subtracted(as_, in_app):
    """Six pairs in all, five of them in a programme: the sixth is what one report has and the other has not."""
    with in_app():
        induction = programme("Induction")
        names = [("dafydd", "tobi"), ("dafydd", "leon"), ("mairead", "tobi"), ("mairead", "leon"), ("ines", "tobi")]
        made = [pair(*two, induction.id) for two in names]
        made.append(pair("ines", "leon"))
        for one in made:
            log(one, date(2026, 10, 6), 30)
    ines = as_("ines")
    said = "differ by one pair. Whoever has both can work out its hours"
    both = [ines.get(f"{BASE}/report?programme={asked}").text for asked in (0, induction.id)]
    assert all(said in page for page in both)
    assert "the one of Induction" in both[0] and "the one of all talks" in both[1]
    assert "hand out only one" not in ines.get(f"{BASE}/report?programme=0&from=2026-07-01&to=2026-07-31").text


def test_matched_in_time_is_told_for_the_programme_that_the_pair_came_into(in_app):
    """Tobi's pair is in Induction, Leon's in no programme; who still waits may be meant for either."""
    with in_app():
        induction = programme("Induction")
        span = (*moments(date(2026, 9, 1), TODAY, ZONE), ZONE)
        for who, counts_for in (("tobi", (induction.id,)), ("leon", ())):
            asks(who).asked_at = clock.now() - timedelta(days=50)
            db.session.commit()
            pair("dafydd", who, *counts_for, since=TODAY)
        asks("petra").asked_at = clock.now() - timedelta(days=40)
        db.session.commit()
        here = (cast.network_id(),)
        assert [one.person for one in wishes(here, *span, induction.id)] == ["Tobi Larkhill", "Petra Lindqvist"]
        assert len(wishes(here, *span)) == 3


@pytest.mark.parametrize("key", ["year", "days"])
@pytest.mark.parametrize(("minutes", "standing"), [(13 * 60, "under"), (40 * 60, "at"), (91 * 60, "over")])
def test_a_year_is_a_year_however_it_is_asked_for(key, minutes, standing):
    """Forty hours by November are not over a cap of ninety a year, because somebody typed the days of the year."""
    oregon = Programme(**rules("Oregon", minutes_a_year=75 * 60, most_minutes_a_year=90 * 60))
    whole = Period(key, date(2026, 9, 1), date(2027, 8, 31))
    two = Pair(1, 1, 2, "Dafydd", "Tobi", date(2026, 9, 1), None)
    assert standing_of(Report(whole, oregon, TODAY, [two], Counted((), {})), two, minutes) == standing


def test_the_median_is_no_pairs_own_sum_to_the_minute():
    pairs = [Pair(one, 9, one, "Dafydd", str(one), date(2026, 9, 1), None) for one in range(1, 6)]
    books = tuple(
        Sitting(one, one, one, 9, one, TODAY, minutes, "one_to_one", "phone")
        for one, minutes in enumerate((10, 50, 77, 90, 300), 1)
    )
    whole = Period("year", date(2026, 9, 1), date(2027, 8, 31))
    assert Report(whole, None, TODAY, pairs, Counted(books, {})).median_minutes == 75
