"""What somebody makes of the doors without an account who should not: hours that were none, pages that outlive the evening."""

from datetime import timedelta

import pytest

from portal.activities.models import Participation
from portal.attendance.hours import Part
from portal.attendance.models import AttendanceClaim
from portal.attendance.operations import close_sheet
from portal.attendance.operations_claims import accept_claim
from portal.attendance.operations_codes import make_code
from portal.db import db
from portal.events.models import Session
from portal.history.queries import lines_about
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast
from tests.attendance.evenings import END, START, SigningIn, at


@pytest.fixture
def evening(in_app):
    return SigningIn(in_app, "tobi", "leon")


def session_of(evening):
    return db.session.get_one(Session, evening.id)


def test_signing_in_after_the_end_counts_nothing_whoever_closes_the_sheet(client, in_app, evening):
    at(0)
    evening.tap(client, "leon")
    at(100)
    evening.tap(client, "tobi")
    with in_app():
        close_sheet(session_of(evening), 0, cast.person_id("ines"))
    rows = evening.rows()
    assert (rows["Tobi"][2], rows["Leon"][2]) == (None, 90)


def test_no_tap_is_older_than_the_code_on_the_wall(client, in_app, evening):
    at(40)
    with in_app():
        make_code(session_of(evening), cast.person_id("ines"))
        from portal.attendance.tokens_signing import code_pass

        evening.door = f"/in/{code_pass(session_of(evening))}"
    at(60)
    evening.tap(client, "tobi", waited=str(55 * 60))
    assert evening.rows()["Tobi"][0] == 60


def test_an_hour_that_is_the_word_of_a_phone_says_so_to_who_keeps_the_sheet(client, in_app, evening):
    at(60)
    evening.tap(client, "tobi", waited=str(55 * 60))
    evening.tap(client, "leon", waited="20")
    assert evening.rows()["Tobi"][0] == 5
    with in_app():
        lines = [line.sentence for line in lines_about("activity", evening.id)]
    assert [line for line in lines if "55 minutes after" in line and "Tobi Larkhill" in line]
    assert not [line for line in lines if "minutes after" in line and "Leon" in line]


def test_nobody_leaves_before_she_came_nor_comes_before_the_doors_open(client, evening):
    at(30)
    page = evening.tap(client, "tobi")
    client.post(f"{page}/leaving", data={"waited": str(60 * 60)})
    came, left, minutes, *_rest = evening.rows()["Tobi"]
    assert came <= left and minutes == 0
    at(-70)
    assert client.post(f"{evening.door}/here/{evening.who('leon')}", data={"waited": "7000"}).status_code == 422


def test_the_page_of_who_signed_in_ends_with_the_evening(client, app, evening):
    at(0)
    page = evening.tap(client, "tobi")
    clock.freeze(END + timedelta(hours=5))
    assert "Tobi L." in client.get(page).text
    clock.freeze(END + timedelta(days=1))
    assert app.test_client().get(page).status_code == 404
    assert "Tobi" not in client.get("/in").text


@pytest.mark.parametrize("column", ["deleted_at", "published_at"])
def test_it_ends_with_its_event_too(client, in_app, evening, column):
    at(0)
    page = evening.tap(client, "tobi")
    with in_app():
        setattr(session_of(evening).event, column, START if column == "deleted_at" else None)
        db.session.commit()
    assert client.get(page).status_code == 404
    assert client.post(f"{page}/leaving").status_code == 404
    assert client.get(evening.door).status_code == 410


def test_no_page_with_a_name_on_it_is_kept_by_a_shared_browser(client, in_app):
    evening = SigningIn(in_app, "tobi", kiosk=True)
    at(0)
    for url in (evening.door, evening.tap(client, "tobi"), evening.kiosk, "/c/2026-000001?code=ABCDEFGH"):
        assert client.get(url).headers["Cache-Control"] == "no-store", url
    assert client.get("/in").headers["Cache-Control"] == "no-cache"


def test_a_word_that_is_longer_than_the_session_has_become_is_not_accepted(in_app, evening):
    with in_app():
        session = session_of(evening)
        claim = AttendanceClaim(
            session_id=session.id, person_id=cast.person_id("tobi"), minutes=Part(90, None, None).minutes, said_at=START
        )
        db.session.add(claim)
        session.minutes = 60
        db.session.commit()
    with in_app(), pytest.raises(DomainError, match="60 minutes"):
        accept_claim(
            session_of(evening), db.session.get_one(AttendanceClaim, claim_id(evening)), cast.person_id("ines")
        )
    with in_app():
        assert db.session.query(Participation).count() == 0


def claim_id(evening):
    return db.session.query(AttendanceClaim.id).filter_by(session_id=evening.id).scalar()


def test_a_date_into_which_somebody_has_signed_in_is_not_taken_out_of_its_event(client, in_app):
    from portal.events.drafts import SessionDraft
    from portal.events.operations_sessions import apply_sessions
    from tests.events import planned

    evening = SigningIn(in_app, sessions=2)
    at(0)
    client.post(f"{evening.door}/walk-in", data={"name": "Priya Wexcombe", "capacity": "participant"})
    with in_app():
        one = session_of(evening)
        gone = SessionDraft(one.starts_at, 90, "hybrid", planned.PLACE, planned.LINK, 24, id=one.id, is_removed=True)
        with pytest.raises(DomainError, match="signed in to this session already"):
            apply_sessions(one.event, [gone], cast.person_id("ines"))
    assert set(evening.rows()) == {"Priya"}
