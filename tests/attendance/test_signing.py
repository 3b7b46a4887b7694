"""Signing in and out on one's own phone, without an account: every press once, every minute as it was."""

import re
import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.activities.models import Activity, Participation
from portal.attendance.queries_signing import faces_of
from portal.db import db
from portal.history.models import HistoryLine
from portal.history.queries import lines_about
from portal.people.consents import WORDINGS
from portal.people.models import Consent, Person
from portal.web import clock
from tests import cast
from tests.attendance.evenings import KEY, START, SigningIn, at
from tests.events import planned

KEY_A = "a" * 32


def test_three_steps_and_no_account(client, in_app):
    evening = SigningIn(in_app, "tobi", "leon")
    assert "The code on the wall" in client.get("/in").text
    answer = client.post("/in", data={"code": evening.code.lower()})
    page = client.get(answer.location).text
    assert "Tobi L." in page and "Low Garrick School" in page and "Larkhill" not in page
    page = client.get(evening.tap(client, "tobi")).text
    assert "You’re in, 4:58 pm" in page and "leaving now" in page
    assert evening.rows() == {"Tobi": (-2, None, None, "participant", "code")}


def test_no_names_without_the_code(client, in_app):
    evening = SigningIn(in_app, "tobi")
    pages = [client.get("/in").text, client.post("/in", data={"code": "XXXX"}).text, client.get("/in/XXXX-abc").text]
    at(121)
    pages.append(client.get(evening.door).text)
    assert not [page for page in pages if "Tobi" in page or "Build a hand" in page]


def test_only_names_of_this_session_can_be_tapped(client, in_app):
    evening = SigningIn(in_app, "tobi")
    assert client.post(f"{evening.door}/here/{evening.who('kofi')}").status_code == 404
    assert client.post(f"{evening.door}/here/{2**62}").status_code == 404
    assert evening.rows() == {}


def test_pressing_twice_two_phones_and_a_retry_are_one_row_with_the_first_arrival(app, in_app):
    evening = SigningIn(in_app, "tobi")
    one, other = app.test_client(), app.test_client()
    first = evening.tap(one, "tobi", form_key=KEY_A)
    at(4)
    assert evening.tap(one, "tobi", form_key=KEY_A) == first
    page = other.get(evening.tap(other, "tobi")).text
    assert "You are in since 4:58 pm" in page and "Sign out" in page
    assert evening.rows() == {"Tobi": (-2, None, None, "participant", "code")}


def test_one_key_serves_every_name_of_the_list(client, in_app):
    """A phone that went back to the list and is handed on: the second name is not taken for the first."""
    evening = SigningIn(in_app, "tobi", "leon")
    key = KEY.search(client.get(evening.door).text)[1]
    evening.tap(client, "tobi", form_key=key)
    evening.tap(client, "leon", form_key=key)
    assert set(evening.rows()) == {"Tobi", "Leon"}


def test_leaving_early_counts_the_minutes_within_the_session(client, in_app):
    evening = SigningIn(in_app, "tobi")
    you = evening.tap(client, "tobi")
    at(40)
    assert client.post(f"{you}/leaving").status_code == 303
    page = client.get(you).text
    assert "You left at 5:40 pm" in page and "40 min count" in page
    assert evening.rows() == {"Tobi": (-2, 40, 40, "participant", "code")}
    with in_app():
        assert db.session.get(Activity, evening.id).held_at == clock.now()


@pytest.mark.parametrize(("came", "left", "minutes"), [(-60, 120, 90), (10, 35, 25), (-60, -5, 0), (90, 110, 0)])
def test_early_and_late_add_nothing(client, in_app, came, left, minutes):
    evening = SigningIn(in_app, "tobi")
    at(came)
    you = evening.tap(client, "tobi")
    at(left)
    client.post(f"{you}/leaving")
    assert evening.rows()["Tobi"][:3] == (came, left, minutes)
    with in_app():
        assert (db.session.get(Activity, evening.id).held_at is not None) is (minutes > 0)


def test_leaving_twice_keeps_the_first_departure(client, in_app):
    evening = SigningIn(in_app, "tobi")
    you = evening.tap(client, "tobi")
    for minutes in (40, 60):
        at(minutes)
        client.post(f"{you}/leaving")
    assert evening.rows()["Tobi"][:3] == (-2, 40, 40)


def test_coming_back_clears_what_leaving_wrote_and_breaks_are_not_taken_off(client, in_app):
    evening = SigningIn(in_app, "tobi")
    you = evening.tap(client, "tobi")
    at(40)
    client.post(f"{you}/leaving")
    at(60)
    assert "breaks are not taken off" in client.get(you).text
    client.post(f"{you}/return")
    assert evening.rows()["Tobi"][:3] == (-2, None, None)
    at(80)
    client.post(f"{you}/leaving")
    assert evening.rows()["Tobi"][:3] == (-2, 80, 80)
    with in_app():
        row = db.session.execute(select(Participation)).scalar_one()
        said = [line.sentence for line in lines_about("participation", row.id)]
    assert said[::-1] == [
        "Tobi Larkhill signed in with the room code",
        "Tobi Larkhill signed out with the room code",
        "Tobi Larkhill came back",
        "Tobi Larkhill signed out with the room code",
    ]


def test_that_was_not_me_takes_it_back_with_a_trail(client, in_app):
    evening = SigningIn(in_app, "tobi")
    you = evening.tap(client, "tobi")
    at(5)
    assert "That was not me" in client.get(you).text
    assert client.post(f"{you}/not-me").location == "/in"
    assert evening.rows() == {}
    assert "You are not signed in" in client.get(you).text
    with in_app():
        assert "wrong name" in lines_about("activity", evening.id)[0].sentence


def test_taking_back_is_for_ten_minutes_and_only_for_ones_own_tap(app, in_app):
    evening = SigningIn(in_app, "tobi", "leon")
    one, other = app.test_client(), app.test_client()
    mine, theirs = evening.tap(one, "tobi"), evening.tap(other, "tobi")
    # The other phone signed nobody in: it only forgets her.
    assert other.post(f"{theirs}/not-me").status_code == 303
    assert "Tobi" in evening.rows()
    at(9)
    assert "That was not me" not in one.get(mine).text
    assert one.post(f"{mine}/not-me").status_code == 422
    late = evening.tap(one, "leon")
    one.post(f"{late}/leaving")
    assert one.post(f"{late}/not-me").status_code == 422
    assert set(evening.rows()) == {"Tobi", "Leon"}


def test_taking_back_a_return_puts_the_departure_back(app, in_app):
    evening = SigningIn(in_app, "tobi")
    one, other = app.test_client(), app.test_client()
    you = evening.tap(one, "tobi")
    at(40)
    one.post(f"{you}/leaving")
    at(50)
    wrong = evening.tap(other, "tobi")
    assert evening.rows()["Tobi"][:3] == (-2, None, None)
    other.post(f"{wrong}/not-me")
    assert evening.rows()["Tobi"][:3] == (-2, 40, 40)


def test_observers_and_who_presents_stay_what_they_are(as_, client, in_app):
    evening = SigningIn(in_app, "tobi", observers=["petra"])
    with in_app():
        presents = Participation(
            activity_id=evening.id,
            person_id=cast.person_id("dafydd"),
            capacity="presenter",
            recorded_at=clock.now(),
        )
        db.session.add(presents)
        db.session.commit()
    for key in ("tobi", "petra", "dafydd"):
        evening.tap(client, key)
    assert {name: row[3] for name, row in evening.rows().items()} == {
        "Tobi": "participant",
        "Petra": "observer",
        "Dafydd": "presenter",
    }


def test_an_observer_of_the_network_who_did_not_book_arrives_as_one(as_, in_app):
    evening = SigningIn(in_app, "tobi")
    petra = as_("petra")
    assert "I’m here: Petra Lindqvist" in petra.get(evening.door).text
    evening.tap(petra, "petra")
    assert evening.rows()["Petra"][3] == "observer"


def test_who_is_signed_in_presses_one_button_and_nobody_elses_is_hers(as_, in_app):
    evening = SigningIn(in_app, "leon")
    tobi = as_("tobi")
    evening.tap(tobi, "tobi")
    assert set(evening.rows()) == {"Tobi"}
    assert tobi.post(f"{evening.door}/here/{evening.who('kofi')}").status_code == 404


def test_what_was_marked_by_hand_stands(client, in_app, as_):
    evening = SigningIn(in_app, "tobi", "leon")
    ines, sheet = as_("ines"), f"{evening.url}/attendance"
    tobi, leon = evening.who("tobi"), evening.who("leon")
    marks = {f"was-{tobi}": "", f"is-{tobi}": "here", f"was-{leon}": "", f"is-{leon}": "away"}
    assert ines.post(sheet, data=marks).status_code == 303
    at(20)
    you = evening.tap(client, "tobi")
    assert "You are on the sheet" in client.get(you).text
    client.post(f"{you}/leaving")
    # "Not here" gives way to who stands there.
    evening.tap(client, "leon")
    rows = evening.rows()
    assert rows["Tobi"][2] == 90 and rows["Leon"][:3] == (20, None, None)
    with in_app():
        said = [line.sentence for line in lines_about("activity", evening.id)]
    assert "Leon Farrowby signed in, although marked as not here" in said


def test_a_phone_remembers_its_own_row_for_these_pages_only(client, in_app):
    evening = SigningIn(in_app, "tobi", "leon")
    evening.tap(client, "tobi")
    cookie = client.get_cookie("staffroom-in", path="/in")
    assert cookie.path == "/in" and cookie.http_only and cookie.same_site == "Lax"
    assert "You are in on this phone" in client.get("/in").text
    again = client.post("/in", data={"code": evening.code}, follow_redirects=True)
    assert "You’re in" in again.text
    assert "Leon F." in client.get(f"{evening.door}?another").text
    at(121)
    assert "You are in on this phone" not in client.get("/in").text


def test_a_receipt_that_we_did_not_write_opens_nothing(client, in_app):
    evening = SigningIn(in_app, "tobi")
    you = evening.tap(client, "tobi")
    for wrong in (you[:-2], "/in/you/abc", "/in/you/" + "a.b" * 40):
        assert client.get(wrong).status_code == 404
        assert client.post(f"{wrong}/leaving").status_code == 404


def test_after_its_hours_a_receipt_only_tells(client, in_app):
    evening = SigningIn(in_app, "tobi")
    you = evening.tap(client, "tobi")
    at(121)
    assert "Signing in and out is over" in client.get(you).text
    assert client.post(f"{you}/leaving").status_code == 422
    assert evening.rows()["Tobi"][:3] == (-2, None, None)


@pytest.mark.parametrize(
    ("waited", "arrived"), [("600", 10), ("0", 20), ("-60", 20), ("7201", 20), ("5400", 20), ("x", 20), ("4740", -59)]
)
def test_a_tap_that_waited_counts_from_the_tap_if_that_can_be_believed(client, in_app, waited, arrived):
    evening = SigningIn(in_app, "tobi")
    at(20)
    evening.tap(client, "tobi", waited=waited)
    assert evening.rows()["Tobi"][0] == arrived


def test_a_tap_made_in_time_is_taken_when_the_network_comes_back_late(client, in_app):
    evening = SigningIn(in_app, "tobi", "leon")
    at(150)
    evening.tap(client, "tobi", waited="5400")
    assert evening.rows()["Tobi"][0] == 60
    assert client.post(f"{evening.door}/here/{evening.who('leon')}").status_code == 422
    assert set(evening.rows()) == {"Tobi"}


def test_an_older_tap_that_arrives_later_is_the_first_arrival(app, in_app):
    evening = SigningIn(in_app, "tobi")
    one, other = app.test_client(), app.test_client()
    at(20)
    you = evening.tap(one, "tobi")
    at(30)
    one.post(f"{you}/leaving")
    evening.tap(other, "tobi", waited="1200")
    assert evening.rows()["Tobi"][:3] == (10, 30, 20)


WALK_IN = {"name": "Priya Wexcombe", "capacity": "observer"}


def test_who_is_not_on_the_list_signs_in_without_an_account(client, in_app):
    evening = SigningIn(in_app)
    data = WALK_IN | {"school": "low garrick school", "address": "priya@elsewhere.example", "wants_more": "y"}
    page = client.post(f"{evening.door}/walk-in", data=data, follow_redirects=True).text
    assert "You’re in, 4:58 pm" in page and "Priya Wexcombe" in page
    assert evening.rows() == {"Priya": (-2, None, None, "observer", "code")}
    with in_app():
        priya = db.session.execute(select(Person).where(Person.name == "Priya Wexcombe")).scalar_one()
        assert priya.admitted_at is None and priya.how_added == "walk-in"
        [agreed] = db.session.execute(select(Consent)).scalars()
        assert agreed.person_id == priya.id and agreed.wording == str(WORDINGS["contact"])
        assert db.session.execute(select(Participation.organisation_id)).scalar_one() is not None


def test_a_school_that_nobody_knows_stays_words_for_the_coordinator(client, in_app):
    from portal.organisations.models import Organisation

    evening = SigningIn(in_app)
    client.post(f"{evening.door}/walk-in", data=WALK_IN | {"school": "Hollins Green"})
    with in_app():
        assert len(db.session.execute(select(Organisation)).all()) == len(cast.SCHOOLS)
        assert (
            lines_about("activity", evening.id)[0].sentence
            == "Priya Wexcombe came without booking, from “Hollins Green”"
        )


def test_a_known_address_signs_its_person_in_if_the_name_can_be_hers_and_says_no_more_of_her(client, in_app):
    evening = SigningIn(in_app)
    data = {
        "name": "T. Larkhill",
        "address": "TOBI@tarn-and-tide.example",
        "capacity": "participant",
        "wants_more": "y",
    }
    page = client.post(f"{evening.door}/walk-in", data=data, follow_redirects=True).text
    assert set(evening.rows()) == {"Tobi"}
    assert "T. Larkhill" in page and "Tobi" not in page
    with in_app():
        # Whoever types an address agrees to nothing for somebody who is known.
        assert db.session.execute(select(func.count()).select_from(Consent)).scalar_one() == 0


def test_the_address_of_somebody_else_gives_her_no_hours_and_does_not_say_whose_it_is(client, in_app):
    evening = SigningIn(in_app, "leon")
    for name in ("Sam Stranger", "Leon Farrowby"):
        data = {"name": name, "address": "tobi@tarn-and-tide.example", "capacity": "participant"}
        client.post(f"{evening.door}/walk-in", data=data)
    assert set(evening.rows()) == {"Sam", "Leon"}
    assert "Tobi" not in client.get(f"{evening.door}?another").text


def test_who_overlooked_her_name_on_the_list_is_found_by_it(client, in_app):
    evening = SigningIn(in_app, "tobi", observers=["petra"])
    for name in ("tobi LARKHILL", "Petra Lindqvist"):
        client.post(f"{evening.door}/walk-in", data={"name": name, "capacity": "participant"})
    assert {name: row[3] for name, row in evening.rows().items()} == {"Tobi": "participant", "Petra": "observer"}
    with in_app():
        assert db.session.execute(select(func.count()).select_from(Person)).scalar_one() == len(cast.CAST)


def test_a_walk_in_twice_is_one_and_nonsense_is_refused_with_what_was_typed(app, client, in_app):
    evening = SigningIn(in_app)
    for browser in (client, app.test_client()):
        assert browser.post(f"{evening.door}/walk-in", data=WALK_IN | {"form_key": "b" * 32}).status_code == 303
        assert browser.post(f"{evening.door}/walk-in", data=WALK_IN).status_code == 303
    assert set(evening.rows()) == {"Priya"}
    wrong = client.post(f"{evening.door}/walk-in", data={"name": "", "address": "priya", "school": "Mine"})
    assert wrong.status_code == 422 and 'value="Mine"' in wrong.text and "An address looks like" in wrong.text
    assert client.post(f"{evening.door}/walk-in", data=WALK_IN | {"capacity": "presenter"}).status_code == 422


def test_namesakes_are_told_apart_by_as_many_letters_as_it_takes(in_app):
    evening = SigningIn(in_app)
    with in_app():
        people = [
            Person(name=name, sort_name=sort, listing={}, created_at=clock.now())
            for name, sort in (("Ada Marsh", "Marsh, Ada"), ("Ada Mallow", "Mallow, Ada"), ("Cher", "Cher"))
        ]
        db.session.add_all(people)
        db.session.flush()
        for one in people:
            row = Participation(activity_id=evening.id, person_id=one.id, recorded_at=clock.now())
            db.session.add(row)
        db.session.commit()
        assert [face.shown for face in faces_of(evening.id)] == ["Ada Mal.", "Ada Mar.", "Cher"]


def test_the_hand_of_another_site_is_refused(app, client, in_app):
    evening = SigningIn(in_app, "tobi")
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        path = f"{evening.door}/here/{evening.who('tobi')}"
        assert client.post(path).status_code == client.post("/in", data={"code": evening.code}).status_code == 400
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(evening.door).text)[1]
        assert client.post(path, data={"csrf_token": token}, headers={"Origin": "https://x.example"}).status_code == 403
        assert client.post(path, data={"csrf_token": token}).status_code == 303
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_every_page_stays_within_its_queries_however_many_booked(client, in_app, queries):
    evening = SigningIn(in_app, "tobi", "leon", "dafydd", "ines", observers=["petra"])
    you = evening.tap(client, "tobi")
    for page in ("/in", f"{evening.door}?another", you):
        with queries() as seen:
            assert client.get(page).status_code == 200
        assert len(seen) <= 8, seen
    with queries() as seen:
        client.post(f"{evening.door}/here/{evening.who('leon')}", data={"form_key": KEY_A})
    assert len(seen) <= 16, seen


def test_sign_ins_stand_with_the_row_and_leave_the_sheets_history_readable(client, in_app):
    evening = SigningIn(in_app, "tobi")
    evening.tap(client, "tobi")
    with in_app():
        kinds = db.session.execute(select(HistoryLine.subject_kind).where(HistoryLine.action == "arrival-code"))
        assert list(kinds.scalars()) == ["participation"]


def test_who_is_in_the_room_is_not_counted_yet(client, in_app):
    """Arrived and not left is no mark: the sheet still asks for her, and no figure has her."""
    from portal.activities import counting

    evening = SigningIn(in_app, "tobi")
    evening.tap(client, "tobi")
    at(100)
    with in_app():
        span = counting.Span((cast.network_id(),), START - timedelta(days=1), START + timedelta(days=1))
        assert counting.figures(counting.RULES, span)["attendances"] == 0


def test_the_day_before_mail_says_where_to_sign_in(in_app):
    from portal.events.operations_reminders import remind
    from portal.mail.models import OutboxMail

    with in_app():
        planned.booked(planned.event(), "tobi")
    clock.freeze(planned.NEXT_THURSDAY - timedelta(hours=8))
    with in_app():
        remind()
        bodies = [
            mail.text for mail in db.session.execute(select(OutboxMail)).scalars() if "the code that hangs" in mail.text
        ]
    assert len(bodies) == 1 and "/in\n" in bodies[0]


def test_a_double_click_leads_both_presses_to_the_same_page(app, in_app):
    """The second press may come between the first one's act and its note of where that led."""
    evening = SigningIn(in_app, "tobi")
    path, start, led = f"{evening.door}/here/{evening.who('tobi')}", threading.Barrier(2), []

    def press():
        start.wait()
        led.append(app.test_client().post(path, data={"form_key": KEY_A}).location)

    threads = [threading.Thread(target=press) for _press in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(led)) == 1 and led[0].startswith("/in/you/")
    assert evening.rows()["Tobi"][0] == -2


def test_closing_the_sheet_counts_who_stayed_and_stops_the_code(as_, client, in_app):
    evening = SigningIn(in_app, "tobi", "leon", "dafydd")
    evening.tap(client, "tobi")
    at(30)
    you = evening.tap(client, "leon")
    at(50)
    client.post(f"{you}/leaving")
    at(95)
    ines = as_("ines")
    page = ines.get(f"{evening.url}/attendance").text
    assert f"{evening.url}/code" in page and f"{evening.url}/kiosk" in page
    assert ines.post(f"{evening.url}/attendance/closing").status_code == 303
    assert {name: row[2] for name, row in evening.rows().items()} == {"Tobi": 90, "Leon": 20}
    assert client.get(evening.door).status_code == 410
    ines.post(f"{evening.url}/attendance/opening")
    assert evening.rows()["Tobi"][:3] == (-2, None, None)
    you = evening.tap(client, "tobi")
    client.post(f"{you}/leaving")
    assert evening.rows()["Tobi"][:3] == (-2, 95, 90)


def test_a_wrong_code_is_the_only_thing_that_was_typed(client, in_app):
    answer = client.post("/in", data={"code": "QQ77"})
    assert answer.status_code == 422 and "One thing to put right" in answer.text
    assert "Everything else you typed" not in answer.text
