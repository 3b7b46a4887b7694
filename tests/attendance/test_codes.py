"""The code on the wall: which signs it has, when it works, and what a wrong one learns."""

import re
from datetime import timedelta

import pytest

from portal.attendance import rules_codes as rules
from portal.attendance.operations_codes import make_code
from portal.attendance.queries_codes import head_count
from portal.db import db
from portal.events.drafts import EventDraft, SessionDraft
from portal.events.models import Event
from portal.events.operations import plan_event
from portal.history.queries import lines_about
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast
from tests.attendance.evenings import START, SigningIn, at
from tests.events import planned

WRONG = "This code does not work now"


def test_no_word_comes_of_a_code_and_no_sign_has_a_double():
    codes = [rules.new_code() for _turn in range(3000)]
    assert all(re.fullmatch("[CDFHJKMNPQRTVWX2678]{4}", code) and len(set(code)) == 4 for code in codes)
    assert not [code for code in codes if re.search("[A-Z]{3}", code)]
    assert len(set(codes)) > 2500


@pytest.mark.parametrize(
    ("typed", "meant"), [(" k7qd ", "K7QD"), ("K7-0D", "K7QD"), ("k7od", "K7QD"), ("KZGB", "K268")]
)
def test_what_looks_alike_is_read_as_it_was_meant(typed, meant):
    assert rules.read_code(typed) == meant


def test_a_code_is_made_on_demand_and_stands_in_the_history(as_, in_app):
    evening = SigningIn(in_app, code=False)
    ines = as_("ines")
    page = ines.get(f"{evening.url}/code").text
    assert "Make the code" in page and "room-code" not in page
    assert ines.post(f"{evening.url}/code").status_code == 303
    page = ines.get(f"{evening.url}/code").text
    with in_app():
        code = evening.session().room_code
        assert [line.sentence for line in lines_about("activity", evening.id)] == ["Ines Quarrie made a room code"]
    assert "".join(re.findall(r"<li>(\w)</li>", page)) == code and "localhost" not in page
    assert "0</b> of 0" in page and "svg" in page and "stops working at 7:00 pm" in page


def test_a_new_code_stops_the_old_one(as_, client, in_app):
    evening = SigningIn(in_app, "tobi")
    assert client.get(evening.door).status_code == 200
    as_("ines").post(f"{evening.url}/code")
    with in_app():
        new = evening.session().room_code
        assert "made a new room code" in lines_about("activity", evening.id)[0].sentence
    assert new != evening.code
    assert client.get(evening.door).status_code == 410
    assert WRONG in client.post("/in", data={"code": evening.code}).text
    assert client.post("/in", data={"code": new}).status_code == 303


@pytest.mark.parametrize(("minutes", "works"), [(-61, False), (-60, True), (0, True), (120, True), (121, False)])
def test_a_code_works_from_an_hour_before_to_half_an_hour_after(client, in_app, minutes, works):
    evening = SigningIn(in_app, "tobi")
    at(minutes)
    assert client.post("/in", data={"code": evening.code}).status_code == (303 if works else 422)
    assert client.get(evening.door).status_code == (200 if works else 410)


def test_a_closed_sheet_and_a_called_off_session_stop_it(client, in_app):
    evening = SigningIn(in_app, "tobi")
    for field in ("attendance_closed_at", "cancelled_at"):
        with in_app():
            setattr(evening.session(), field, clock.now())
            db.session.commit()
        assert WRONG in client.post("/in", data={"code": evening.code}).text
        assert client.post(f"{evening.door}/here/{evening.who('tobi')}").status_code == 422
        with in_app():
            setattr(evening.session(), field, None)
            db.session.commit()
    with in_app():
        db.session.get(Event, evening.event_id).cancelled_at = clock.now()
        db.session.commit()
    assert WRONG in client.post("/in", data={"code": evening.code}).text
    assert evening.rows() == {}


def test_no_code_is_made_for_what_is_over_or_off(in_app):
    evening = SigningIn(in_app, code=False)
    at(121)
    with in_app(), pytest.raises(DomainError, match="over"):
        make_code(evening.session(), cast.person_id("ines"))
    at(0)
    with in_app():
        evening.session().cancelled_at = clock.now()
        db.session.commit()
    with in_app(), pytest.raises(DomainError, match="called off"):
        make_code(evening.session(), cast.person_id("ines"))


def test_no_two_sessions_have_one_code_whatever_their_network(in_app, monkeypatch):
    evening = SigningIn(in_app)
    signs = iter([evening.code, evening.code, "C2DF"])
    monkeypatch.setattr(rules, "new_code", lambda: next(signs))
    with in_app():
        draft = EventDraft("Theirs", sessions=[SessionDraft(START + timedelta(days=3), 60, "in_person", "", "", 3)])
        theirs = plan_event(cast.network_id("fell-and-furrow"), draft, cast.person_id("bryony"), True).sessions[0]
        assert make_code(theirs, cast.person_id("bryony")) == "C2DF"


def test_a_code_leads_to_its_own_network_alone(client, in_app):
    ours = SigningIn(in_app, "tobi")
    with in_app():
        draft = EventDraft("Theirs", sessions=[SessionDraft(START, 60, "in_person", "", "", 3)])
        event = plan_event(cast.network_id("fell-and-furrow"), draft, cast.person_id("bryony"), True)
        planned.booked(event, "kofi")
        theirs = make_code(event.sessions[0], cast.person_id("bryony"))
    page = client.post("/in", data={"code": theirs}, follow_redirects=True).text
    assert "Kofi M." in page and "Tobi" not in page
    # A pass of one session opens no other.
    signature = ours.door.partition("-")[2]
    assert client.get(f"/in/{theirs}-{signature}").status_code == 410


def test_a_wrong_code_learns_nothing_and_is_sent_to_the_paper_sheet(client, in_app):
    evening = SigningIn(in_app, "tobi")
    never = client.post("/in", data={"code": "XXXX"})
    at(200)
    ended = client.post("/in", data={"code": evening.code})
    keys = re.compile(r'value="[^"]*"')
    assert never.status_code == ended.status_code == 422
    assert keys.sub("", never.text) == keys.sub("", ended.text) and "paper sheet" in never.text
    assert "Build a hand" not in never.text


def test_guessing_is_limited_and_a_right_code_is_never_counted(client, in_app):
    evening = SigningIn(in_app, "tobi")
    for _person in range(110):
        assert client.post("/in", data={"code": evening.code}).status_code == 303
    for _try in range(rules.WRONG_PER_CLIENT):
        assert WRONG in client.post("/in", data={"code": "XXXX"}).text
    refused = client.post("/in", data={"code": evening.code})
    assert refused.status_code == 422 and "Many wrong codes" in refused.text
    # From elsewhere it works, and after half an hour from here.
    assert client.post("/in", data={"code": evening.code}, environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code == 303
    at(31)
    assert client.post("/in", data={"code": evening.code}).status_code == 303


def test_in_a_storm_of_guesses_an_honest_phone_gets_in(client, in_app, monkeypatch):
    monkeypatch.setattr(rules, "WRONG_ALTOGETHER", 12)
    evening = SigningIn(in_app, "tobi")
    for number in range(12):
        client.post("/in", data={"code": "XXXX"}, environ_base={"REMOTE_ADDR": f"10.0.{number}.1"})
    assert client.post("/in", data={"code": evening.code}).status_code == 303
    for _try in range(rules.WRONG_IN_A_STORM):
        client.post("/in", data={"code": "XXXX"})
    assert "Many wrong codes" in client.post("/in", data={"code": evening.code}).text


def test_the_count_on_the_wall_names_nobody_and_comes_as_a_fragment(as_, client, in_app):
    evening = SigningIn(in_app, "tobi", "leon", observers=["petra"])
    evening.tap(client, "tobi")
    at(3)
    evening.tap(client, "petra")
    ines = as_("ines")
    fragment = ines.get(f"{evening.url}/code", headers={"HX-Request": "true", "HX-Target": "div#count"}).text
    assert "<html" not in fragment and "2</b> of 3" in fragment and "Last one at 5:03 pm" in fragment
    page = ines.get(f"{evening.url}/code").text
    assert "Tobi" not in page and "Larkhill" not in page and "Count again" in page


def test_who_came_without_booking_is_counted_on_both_sides(client, in_app):
    evening = SigningIn(in_app, "tobi")
    client.post(f"{evening.door}/walk-in", data={"name": "Priya Wexcombe", "capacity": "participant"})
    with in_app():
        count = head_count(evening.id)
    assert (count.inside, count.expected) == (1, 2)


def test_the_page_on_the_wall_is_for_who_takes_the_attendance(as_, in_app, queries):
    evening = SigningIn(in_app, "tobi", kiosk=True)
    for who in ("tobi", "petra"):
        assert as_(who).get(f"{evening.url}/code").status_code == 403
        assert as_(who).post(f"{evening.url}/code").status_code == 403
        assert as_(who).get(f"{evening.url}/kiosk").status_code == 403
    assert as_("kofi").get(f"{evening.url}/code").status_code == 404
    ines = as_("ines")
    for page in ("code", "kiosk"):
        with queries() as seen:
            ines.get(f"{evening.url}/{page}")
        assert len(seen) <= 12


def test_the_square_opens_the_names_without_typing(as_, client, in_app):
    """What stands in it can't be guessed, so that opening it counts nothing."""
    evening = SigningIn(in_app, "tobi")
    assert "Tobi L." in client.get(evening.door).text
    assert client.get(f"/in/{evening.code}").status_code == 410
    assert client.get(f"{evening.door[:-1]}!").status_code == 410
    assert f'value="{evening.code}"' in client.get(f"/in?code={evening.code}").text
