"""When two schools meet next, on the first page of those whom the date concerns, and in their digest."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.activities.meetings import Met
from portal.db import db
from portal.mentor_schools.models import OrganisationMeeting
from portal.mentor_schools.operations import end_pair
from portal.mentor_schools.operations_answering import accept_pair
from portal.mentor_schools.operations_meetings import delete_meeting, log_meeting
from portal.mentor_schools.pairs import Meeting
from portal.people.models import Affiliation
from portal.today.dates_ahead import my_dates
from portal.web import clock
from tests import cast
from tests.access.mentor_schools import met, proposed, running
from tests.digest.reading import everything, titles
from tests.statements.world import log, pair

TODAY = "/n/tarn-and-tide/today/"
DECEMBER = date(2026, 12, 1)


def ahead(who, today=None):
    """(id, day, whether she leads) of the schools that meet again, as her first page has them."""
    today = today or clock.today()
    _pairs, schools = my_dates(cast.network_id(), cast.person_id(who), today, "Europe/London")
    return [(one.id, one.next_at.date(), one.i_lead) for one in schools]


def came_along(who="leon"):
    """She works at the school that is helped, and was at the meeting that said the date."""
    two = running()
    db.session.add(
        Affiliation(
            person_id=cast.person_id(who), organisation_id=two.mentee_organisation_id, started_on=cast.LONG_AGO.date()
        )
    )
    db.session.flush()
    met(two, there=("dafydd", "tobi", who))
    return two


def test_the_next_meeting_stands_on_the_first_page_of_the_leads_and_of_who_was_there(as_, in_app):
    with in_app():
        two = came_along()
        expected = {"dafydd": True, "tobi": True, "leon": False}
        for who, leads in expected.items():
            assert ahead(who) == [(two.id, DECEMBER, leads)]
        assert ahead("ines") == ahead("petra") == ahead("mairead") == []
        path = f"/n/tarn-and-tide/mentoring/schools/{two.id}"
    page = as_("tobi").get(TODAY).text
    assert "Your next date is Tuesday 1 December 2026." in page and "The next meeting of mentor schools" in page
    assert f'{path}"' in page and f'{path}/met"' in page
    page = as_("leon").get(TODAY).text
    assert f'{path}"' in page and f"{path}/met" not in page
    assert "mentor schools" not in as_("mairead").get(TODAY).text


def test_of_several_dates_the_soonest_that_has_not_passed_is_told(in_app):
    with in_app():
        two = running()
        met(two)
        later = Meeting(
            Met(datetime(2026, 11, 4, 12, tzinfo=UTC), 30),
            frozenset({cast.person_id("dafydd")}),
            "",
            date(2026, 11, 20),
        )
        log_meeting(two, cast.person_id("dafydd"), later, "Europe/London")
        assert ahead("dafydd") == [(two.id, date(2026, 11, 20), True)]
        assert ahead("dafydd", date(2026, 11, 20)) == [(two.id, date(2026, 11, 20), True)]
        assert ahead("dafydd", date(2026, 11, 21)) == [(two.id, DECEMBER, True)]
        assert ahead("dafydd", date(2026, 12, 2)) == []


@pytest.mark.parametrize("how", ["removed", "ended"])
def test_a_removed_meeting_and_an_ended_pair_have_no_next_date(in_app, how):
    with in_app():
        two = running()
        meeting = db.session.get_one(OrganisationMeeting, met(two))
        if how == "removed":
            delete_meeting(meeting, cast.person_id("tobi"))
        else:
            end_pair(two, cast.person_id("tobi"), date(2026, 11, 9), "met", "", date(2026, 11, 10))
        assert ahead("tobi") == []


def test_it_stands_beside_the_next_dates_of_pairs_and_a_coordinator_reads_her_own_at_the_side(as_, in_app):
    with in_app():
        two = proposed(mentor_lead_id=cast.person_id("ines"))
        for lead in ("ines", "tobi"):
            accept_pair(two, cast.person_id(lead))
        met(two, there=("tobi",))
        log(pair("dafydd", "tobi"), date(2026, 11, 3), 40, next_at=datetime(2026, 11, 19, 17, tzinfo=UTC))
        pairs, schools = my_dates(cast.network_id(), cast.person_id("tobi"), clock.today(), "Europe/London")
        assert [one.other for one in pairs] == ["Dafydd Okonjo-Reeve"] and len(schools) == 1
        assert pairs[0].next_at == datetime(2026, 11, 19, 17, tzinfo=UTC)
    assert "next Tue 1 Dec" in as_("ines").get(TODAY).text
    assert "next Tue 1 Dec" not in as_("mairead").get(TODAY).text


@pytest.mark.parametrize("who", ["tobi", "ines"])
def test_the_first_page_asks_no_more_than_fourteen_questions(as_, in_app, queries, who):
    with in_app():
        came_along()
        log(pair("dafydd", "tobi"), date(2026, 11, 3), 40)
    one = as_(who)
    with queries() as seen:
        assert one.get(TODAY).status_code == 200
    assert len(seen) <= 14


def test_the_digest_tells_it_in_the_week_before_and_once(in_app):
    with in_app():
        came_along()
        clock.freeze(datetime(2026, 11, 30, 7, tzinfo=UTC))
        for who in ("dafydd", "tobi", "leon"):
            assert titles(who, "yours") == ["Brackenhythe Academy and Low Garrick School meet"]
        assert "Tue 1 Dec" in everything("leon") and "Two robots" not in everything("leon")
        assert not titles("ines", "yours") and not titles("mairead", "yours")
        clock.freeze(datetime(2026, 11, 30, 7, tzinfo=UTC) - timedelta(days=14))
        assert not titles("tobi", "yours")
