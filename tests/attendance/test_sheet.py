"""Who came: the sheet, walk-ins, corrections, closing, and the hours that follow from them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.activities import counting
from portal.activities.models import Activity, Participation
from portal.attendance.queries import sheet_of
from portal.db import db
from portal.events.models import Booking, Session
from portal.events.queries import hours_of, unmarked_sessions
from portal.history.queries import lines_about
from portal.people.models import Person
from portal.web import clock
from tests import cast
from tests.attendance.sheets import AFTER, Evening
from tests.events import planned

ROOM = "/n/tarn-and-tide/events/"
YEAR = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))


def test_part_is_saved_now_and_the_rest_later(as_, in_app):
    evening = Evening(in_app, "tobi", "leon", "dafydd")
    ines = as_("ines")
    ines.post(evening.url, data=evening.typed(tobi="here"))
    assert evening.minutes() == {"Tobi": 90}
    assert "1 of 3 marked" in ines.get(evening.url).get_data(as_text=True)
    ines.post(evening.url, data=evening.typed(leon=("part", "17:30", "18:30"), dafydd="away"))
    assert evening.minutes() == {"Tobi": 90, "Leon": 60, "Dafydd": 0}


def test_the_first_mark_makes_it_held_and_nobody_here_does_not(as_, in_app):
    evening = Evening(in_app, "tobi", "leon")
    as_("ines").post(evening.url, data=evening.typed(tobi="away"))
    with in_app():
        assert db.session.get(Session, evening.session_id).held_at is None
    as_("ines").post(evening.url, data=evening.typed(leon="here"))
    with in_app():
        assert db.session.get(Session, evening.session_id).held_at == AFTER


def test_a_correction_leaves_a_line_with_old_and_new_minutes(as_, in_app):
    evening = Evening(in_app, "tobi")
    ines = as_("ines")
    ines.post(evening.url, data=evening.typed(tobi="here"))
    ines.post(evening.url, data=evening.typed(tobi=("part", "45")))
    with in_app():
        sentences = [line.sentence for line in lines_about("activity", evening.session_id)]
    assert "Ines Quarrie changed Tobi Larkhill from 90 to 45 minutes" in sentences


@pytest.mark.parametrize(
    "answer", [("part",), ("part", "18:30", "17:30"), ("part", "200"), ("part", "x"), ("part", "-5")]
)
def test_nonsense_is_refused_beside_the_row_and_nothing_is_half_saved(as_, in_app, answer):
    evening = Evening(in_app, "tobi", "leon")
    reply = as_("ines").post(evening.url, data=evening.typed(tobi=answer, leon="here"))
    assert reply.status_code == 422 and "Tobi Larkhill" in reply.get_data(as_text=True)
    assert evening.minutes() == {}


def test_time_outside_the_session_does_not_count(as_, in_app):
    evening = Evening(in_app, "tobi")
    as_("ines").post(evening.url, data=evening.typed(tobi=("part", "16:30", "18:00")))
    assert evening.minutes() == {"Tobi": 60}


def test_two_who_mark_at_once_do_not_overwrite_each_other(as_, in_app):
    evening = Evening(in_app, "tobi", "leon")
    stale = evening.typed(leon="here")
    as_("mairead").post(evening.url, data=evening.typed(tobi=("part", "30")))
    assert as_("ines").post(evening.url, data=stale).status_code == 303
    assert evening.minutes() == {"Tobi": 30, "Leon": 90}
    stale = evening.typed(tobi="away")
    as_("mairead").post(evening.url, data=evening.typed(tobi=("part", "60")))
    assert as_("ines").post(evening.url, data=stale).status_code == 422
    assert evening.minutes()["Tobi"] == 60


def test_a_walk_in_becomes_a_person_without_an_account(as_, in_app):
    evening = Evening(in_app)
    data = {"name": "Priya Wexcombe", "school": "Hollins Green Primary", "address": "", "capacity": "participant"}
    assert as_("ines").post(f"{evening.url}/walk-in", data=data).status_code == 303
    with in_app():
        priya = db.session.execute(select(Person).where(Person.name == "Priya Wexcombe")).scalar_one()
        there = db.session.execute(select(Participation)).scalar_one()
        assert priya.admitted_at is None and there.organisation_id is not None
    assert evening.minutes() == {"Priya": 90}
    assert "Priya Wexcombe" in as_("ines").get(evening.url).get_data(as_text=True)


def test_a_walk_in_is_found_by_address_or_by_name_and_school(as_, in_app):
    evening = Evening(in_app)
    by_address = {"name": "T. Larkhill", "address": "TOBI@tarn-and-tide.example", "capacity": "participant"}
    by_name = {"name": "Leon Farrowby", "school": "withen cross first school", "capacity": "presenter"}
    for data in (by_address, by_name):
        as_("ines").post(f"{evening.url}/walk-in", data=data)
    assert set(evening.minutes()) == {"Tobi", "Leon"}
    with in_app():
        assert len(db.session.execute(select(Person)).all()) == len(cast.CAST)


def test_a_double_press_adds_one_walk_in(as_, in_app):
    evening = Evening(in_app)
    data = {"name": "Priya Wexcombe", "capacity": "participant", "form_key": "b" * 32}
    ines = as_("ines")
    assert {ines.post(f"{evening.url}/walk-in", data=data).status_code for _press in range(2)} == {303}
    with in_app():
        assert len(db.session.execute(select(Participation)).all()) == 1


def test_the_school_is_where_she_worked_that_day(as_, in_app):
    evening = Evening(in_app, "tobi")
    as_("ines").post(evening.url, data=evening.typed(tobi="here"))
    with in_app():
        from portal.organisations.models import Organisation

        there = db.session.execute(select(Participation)).scalar_one()
        assert db.session.get(Organisation, there.organisation_id).name == "Low Garrick School"


def test_closing_asks_about_the_unmarked_and_leaves_them_unmarked(as_, in_app):
    evening = Evening(in_app, "tobi", "leon")
    ines = as_("ines")
    ines.post(evening.url, data=evening.typed(tobi="here"))
    assert "1 person has no mark" in ines.get(f"{evening.url}/closing").get_data(as_text=True)
    ines.post(f"{evening.url}/closing")
    html = ines.get(evening.url).get_data(as_text=True)
    assert "not marked" in html and "Closed" in html
    assert evening.minutes() == {"Tobi": 90}
    ines.post(evening.url, data=evening.typed(leon="here"))
    assert evening.minutes() == {"Tobi": 90}
    ines.post(f"{evening.url}/opening")
    ines.post(evening.url, data=evening.typed(leon="here"))
    assert evening.minutes() == {"Tobi": 90, "Leon": 90}


def test_nobody_is_marked_before_the_day(as_, in_app):
    evening = Evening(in_app, "tobi")
    clock.freeze(planned.NEXT_THURSDAY - timedelta(days=1))
    assert as_("ines").post(evening.url, data=evening.typed(tobi="here")).status_code == 422


def test_the_sheet_is_for_coordinators_and_who_leads_the_session(as_, in_app):
    evening = Evening(in_app, "tobi", "leon")
    for who in ("tobi", "dafydd", "petra"):
        assert as_(who).get(evening.url).status_code == 403
        assert as_(who).post(evening.url, data=evening.typed(tobi="here")).status_code == 403
    as_("ines").post(evening.url, data=evening.typed(tobi="here") | {f"cap-{tobi(in_app)}": "facilitator"})
    assert as_("tobi").get(evening.url).status_code == 200


def tobi(in_app):
    with in_app():
        return cast.person_id("tobi")


def test_the_sheet_prints_and_exports(as_, in_app):
    evening = Evening(in_app, "tobi", observers=["petra"])
    ines = as_("ines")
    assert "Signature" in ines.get(f"{evening.url}/paper").get_data(as_text=True)
    assert "Tobi Larkhill" in ines.get(f"{evening.url}?format=csv").get_data(as_text=True)


def test_the_sheet_stays_within_its_queries(as_, in_app, queries):
    evening = Evening(in_app, "tobi", "leon", "dafydd", observers=["petra"])
    ines = as_("ines")
    ines.post(evening.url, data=evening.typed(tobi="here", leon="here"))
    with queries() as seen:
        ines.get(evening.url)
    assert len(seen) <= 12


def test_a_sheet_with_open_rows_waits_for_the_coordinator(as_, in_app):
    evening = Evening(in_app, "tobi", "leon")
    with in_app():
        [waiting] = unmarked_sessions(cast.network_id())
        assert (waiting.unmarked, waiting.marked, waiting.total) == (2, 0, 2)
    as_("ines").post(evening.url, data=evening.typed(tobi="here", leon="away"))
    with in_app():
        assert unmarked_sessions(cast.network_id()) == []


def test_five_people_one_walk_in_one_observer_and_one_correction_agree_everywhere(as_, in_app):
    """The session's sheet, each person's own hours, and the counted figures say the same."""
    evening = Evening(in_app, "ines", "tobi", "leon", observers=["petra"])
    ines = as_("ines")
    ines.post(evening.url, data=evening.typed(ines="here", tobi="here", leon="here", petra="here"))
    walk_in = {"name": "Hana Brindlecote", "address": "hana@tarn-and-tide.example", "capacity": "participant"}
    ines.post(f"{evening.url}/walk-in", data=walk_in)
    ines.post(evening.url, data=evening.typed(leon=("part", "17:30", "18:30")))
    expected = {"ines": 90, "tobi": 90, "leon": 60, "hana": 90}
    with in_app():
        sheet = sheet_of(evening.session_id)
        assert (sheet.here, sheet.observers, sheet.minutes) == (4, 1, 330)
        for key, minutes in expected.items():
            assert sum(row.minutes for row in hours_of(cast.person_id(key), *YEAR)) == minutes
        span = counting.Span((cast.network_id(),), *YEAR)
        figures = counting.figures(counting.RULES, span)
        assert (figures["people"], figures["attendances"]) == (4, 4)
        assert figures["person-hours"] == sum(expected.values())
        assert db.session.get(Activity, evening.session_id).minutes == 90
        assert len(db.session.execute(select(Booking)).all()) == 4
    assert "4 people were here, 1 observer besides" in ines.get(evening.url).get_data(as_text=True)
    html = as_("leon").get(f"{ROOM}my-hours", follow_redirects=True).get_data(as_text=True)
    assert "1 session, 1 h in all" in html
    assert "60" in as_("leon").get(f"{ROOM}my-hours?format=csv", follow_redirects=True).get_data(as_text=True)
