"""Five people, one session, one walk-in, one observer, one correction: every place says the same, and opens its rows."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from portal.activities.counting import RULES, Span, figures
from portal.activities.models import Activity, Participation
from portal.db import db, operation
from portal.events.models import Event, Session
from portal.people.models import Affiliation
from portal.reports.periods import between, offered, school_year
from tests import cast

SPAN = (datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 12, 19, tzinfo=UTC))


@operation
def one_session(minutes: dict[str, int | None], observers: tuple[str, ...] = (), day: int = 5, month: int = 11) -> int:
    """A session of 90 minutes that took place, with these people there for so long."""
    at = datetime(2026, month, day, 17, tzinfo=UTC)
    ines = cast.person_id("ines")
    event = Event(network_id=cast.network_id(), title="Hands", owner_id=ines, created_at=at, published_at=at)
    session = Session(
        network_id=cast.network_id(), title="Hands", starts_at=at, minutes=90, held_at=at, created_at=at, event=event
    )
    db.session.add(session)
    db.session.flush()
    for key, there in minutes.items():
        person_id = cast.person_id(key)
        school = select(Affiliation.organisation_id).where(Affiliation.person_id == person_id)
        db.session.add(
            Participation(
                activity_id=session.id,
                person_id=person_id,
                organisation_id=db.session.execute(school).scalar(),
                capacity="observer" if key in observers else "participant",
                minutes=there,
                recorded_by=ines,
                recorded_at=at,
            )
        )
    return session.id


def counted(network="tarn-and-tide"):
    return figures(RULES, Span((cast.network_id(network),), *SPAN))


def test_each_number_is_its_own(in_app):
    with in_app():
        one_session(
            {"ines": 90, "tobi": 90, "leon": 60, "dafydd": 0, "mairead": None, "petra": 90}, observers=("petra",)
        )
        found = counted()
    assert found["people"] == 3
    assert found["attendances"] == 3
    assert found["person-hours"] == 240
    assert found["event-hours"] == 90
    assert found["sessions"] == 1
    assert found["organisations"] == 3
    assert found["observers"] == 1


def test_a_person_at_two_sessions_is_one_person_and_two_attendances(in_app):
    with in_app():
        one_session({"tobi": 90, "leon": 90})
        one_session({"tobi": 45}, day=9)
        found = counted()
    assert (found["people"], found["attendances"], found["person-hours"]) == (2, 3, 225)


def test_a_called_off_session_and_another_network_count_nothing(in_app):
    with in_app():
        session_id = one_session({"tobi": 90})
        db.session.get(Activity, session_id).cancelled_at = cast.NOW
        db.session.flush()
        assert counted()["attendances"] == 0
        assert counted("fell-and-furrow")["people"] == 0


def test_who_came_before_the_period_is_no_first_timer(in_app):
    with in_app():
        one_session({"tobi": 90}, month=6)
        one_session({"tobi": 90, "leon": 90})
        assert counted()["first-timers"] == 1


def test_page_rows_and_spreadsheet_agree(as_, in_app):
    with in_app():
        one_session({"ines": 90, "tobi": 90, "leon": 60, "petra": 90}, observers=("petra",))
    ines = as_("ines")
    page = ines.get("/n/tarn-and-tide/numbers/").get_data(as_text=True)
    assert "different people came" in page
    rows = ines.get("/n/tarn-and-tide/numbers/rows/people?format=csv").data.decode("utf-8-sig").strip().splitlines()
    assert len(rows) == 1 + 3
    sheet = ines.get("/n/tarn-and-tide/numbers/?format=csv").data.decode("utf-8-sig")
    assert "different people came,3," in sheet
    assert "person-hours,240,minutes" in sheet


def test_members_read_figures_but_do_not_open_rows(as_):
    assert as_("tobi").get("/n/tarn-and-tide/numbers/").status_code == 200
    assert as_("tobi").get("/n/tarn-and-tide/numbers/rows/people").status_code == 403
    assert as_("kofi").get("/n/tarn-and-tide/numbers/").status_code == 404


def test_a_figure_without_a_rule_is_not_here(as_):
    assert as_("ines").get("/n/tarn-and-tide/numbers/rows/nonsense").status_code == 404


@pytest.mark.parametrize(
    "query", ["?from=x&to=y", "?period=none", "?from=2026-12-01&to=2026-09-01", "?page=-4", "?sort=x"]
)
def test_odd_addresses_show_the_page_all_the_same(as_, query):
    assert as_("ines").get("/n/tarn-and-tide/numbers/" + query).status_code == 200


def test_the_page_of_figures_asks_few_questions(as_, in_app, queries):
    with in_app():
        one_session({"ines": 90, "tobi": 90})
    ines = as_("ines")
    with queries() as seen:
        ines.get("/n/tarn-and-tide/numbers/")
    assert len(seen) <= 12, "\n".join(seen)
    with queries() as seen:
        ines.get("/n/tarn-and-tide/numbers/rows/attendances")
    assert len(seen) <= 12, "\n".join(seen)


def test_periods_turn_round_and_years_turn_in_august(in_app):
    assert between(date(2026, 12, 1), date(2026, 9, 1)).starts_on == date(2026, 9, 1)
    assert (school_year(date(2026, 7, 31)), school_year(date(2026, 8, 1))) == (2025, 2026)
    with in_app():
        assert offered([], date(2026, 11, 10))[0].key == "months-12"
