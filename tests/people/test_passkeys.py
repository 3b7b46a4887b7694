"""A passkey opens the door without mail: for the person who made it, on our own page, once for each question."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from portal.db import db
from portal.history.models import HistoryLine
from portal.mail.models import OutboxMail
from portal.people.models import EmailAddress, SignInSession
from portal.people.models_passkeys import Passkey, PasskeyQuestion
from portal.people.operations_leaving import erase_person
from portal.people.operations_passkeys import forget_questions
from portal.people.operations_slips import forget_slips, give_slip
from portal.people.passkeys import NotProved, read_answer, where
from portal.web import clock
from tests import cast
from tests.people.authenticator import ORIGIN, PRESENT, Device


@pytest.fixture(autouse=True)
def named(app):
    """The portal under a name, to which passkeys can belong."""
    before = app.config["PORTAL_URL"]
    app.config["PORTAL_URL"] = ORIGIN
    yield
    app.config["PORTAL_URL"] = before


def question(browser, path="/sign-in/passkey/question"):
    answer = browser.post(path)
    assert answer.status_code == 200, answer.text
    return answer.json


def make(browser, device, name="My phone"):
    options = question(browser, "/me/passkeys/question")
    return browser.post("/me/passkeys/new", data={"name": name, "answer": device.make(options)})


def come_in(browser, device, **more):
    return browser.post("/sign-in/passkey", data={"answer": device.sign(question(browser), **more)})


@pytest.fixture
def phone(as_):
    """Tobi's phone, with a passkey on it."""
    device = Device()
    assert make(as_("tobi"), device).status_code == 303
    return device


def count(app, model):
    with app.app_context():
        return db.session.execute(select(func.count()).select_from(model)).scalar_one()


# Making one


def test_a_passkey_stands_on_my_page(as_, phone):
    page = as_("tobi").get("/me").text
    assert "My phone" in page and "not used yet" in page


def test_what_the_device_is_asked_for(as_):
    options = question(as_("tobi"), "/me/passkeys/question")
    assert options["rp"]["id"] == "staffroom.example"
    assert options["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }
    assert options["user"]["displayName"] == "Tobi Larkhill" and len(options["challenge"]) > 80


def test_she_hears_of_a_new_passkey_by_mail_and_in_her_history(app, phone):
    with app.app_context():
        mail = db.session.execute(select(OutboxMail)).scalar_one()
        assert mail.to_name == "Tobi Larkhill" and "My phone" in mail.text and 'class="press"' in mail.html
        assert "passkey.added" in db.session.execute(select(HistoryLine.action)).scalars().all()


def test_a_device_that_holds_one_is_not_asked_again(as_, phone):
    options = question(as_("tobi"), "/me/passkeys/question")
    assert len(options["excludeCredentials"]) == 1 and options["user"]["id"] == phone.handle


def test_a_key_that_is_known_is_not_kept_twice(app, as_, phone):
    assert make(as_("leon"), phone).status_code == 422
    assert count(app, Passkey) == 1


def test_a_key_made_for_another_page_is_refused(as_):
    assert make(as_("tobi"), Device(origin="https://staffroom.example.net")).status_code == 422


def test_the_question_put_to_one_person_is_not_answered_by_another(as_):
    tobi, leon, device = as_("tobi"), as_("leon"), Device()
    answer = device.make(question(tobi, "/me/passkeys/question"))
    assert leon.post("/me/passkeys/new", data={"name": "x", "answer": answer}).status_code == 422


def test_an_answer_makes_a_key_once(app, as_):
    browser, device = as_("tobi"), Device()
    answer = device.make(question(browser, "/me/passkeys/question"))
    browser.post("/me/passkeys/new", data={"name": "first", "answer": answer})
    device.credential_id = b"another"
    assert browser.post("/me/passkeys/new", data={"name": "again", "answer": answer}).status_code == 422
    assert count(app, Passkey) == 1


def test_a_name_is_wanted(as_):
    assert make(as_("tobi"), Device(), name=" ").status_code == 422


# Coming in


def test_a_passkey_opens_the_door(app, client, phone):
    answer = come_in(client, phone)
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Tobi Larkhill" in client.get("/me").text
    with app.app_context():
        assert db.session.execute(select(Passkey.used_at)).scalar_one() == cast.NOW


def test_she_goes_on_to_where_she_was_going_and_never_elsewhere(client, phone):
    data = {"answer": phone.sign(question(client)), "next": "/n/tarn-and-tide/"}
    assert client.post("/sign-in/passkey", data=data).location == "/n/tarn-and-tide/"
    data = {"answer": phone.sign(question(client)), "next": "//elsewhere.example"}
    assert client.post("/sign-in/passkey", data=data).location == "/"


def test_an_answer_opens_the_door_once(app, client, phone):
    answer = phone.sign(question(client))
    assert client.post("/sign-in/passkey", data={"answer": answer}).status_code == 303
    assert app.test_client().post("/sign-in/passkey", data={"answer": answer}).status_code == 422


def test_an_answer_works_only_in_the_browser_that_was_asked(app, client, phone):
    answer, other = phone.sign(question(client)), app.test_client()
    question(other)
    assert other.post("/sign-in/passkey", data={"answer": answer}).status_code == 422


def test_an_answer_is_out_of_date_after_five_minutes(client, phone):
    answer = phone.sign(question(client))
    clock.freeze(cast.NOW + timedelta(minutes=5))
    assert client.post("/sign-in/passkey", data={"answer": answer}).status_code == 422


def test_a_wrong_answer_uses_the_question_up(client, phone):
    options = question(client)
    phone.origin = "https://elsewhere.example"
    client.post("/sign-in/passkey", data={"answer": phone.sign(options)})
    phone.origin = ORIGIN
    assert client.post("/sign-in/passkey", data={"answer": phone.sign(options)}).status_code == 422


@pytest.mark.parametrize(
    "origin", ["https://staffroom.example:8443", "http://staffroom.example", "https://evil.example"]
)
def test_what_was_signed_for_another_page_is_refused(client, phone, origin):
    phone.origin = origin
    assert come_in(client, phone).status_code == 422


def test_without_finger_face_or_pin_nobody_comes_in(client, phone):
    assert come_in(client, phone, flags=PRESENT).status_code == 422


def test_a_count_that_goes_back_is_a_copied_key(client, phone):
    come_in(client, phone)
    phone.count = 0
    assert come_in(client, phone).status_code == 422


def test_another_persons_handle_is_refused(as_, client, phone):
    other = Device("laptop")
    make(as_("leon"), other)
    phone.handle = other.handle
    assert come_in(client, phone).status_code == 422


def test_a_key_that_nobody_registered_is_refused_like_any_other(client, phone):
    stranger = Device("stranger")
    stranger.handle = phone.handle
    assert come_in(client, stranger).data.count(b"does not open the door") == 1


def test_another_key_under_a_known_name_is_refused(client, phone):
    thief = Device()
    thief.handle = phone.handle
    assert come_in(client, thief).status_code == 422


@pytest.mark.parametrize(
    "answer", ["", "{", "[]", '{"id": 7}', '{"id": "x"}', '{"id": "x", "response": 3}', "x" * 30_000, "[" * 9000]
)
def test_nonsense_is_refused_in_words(client, phone, answer):
    question(client)
    assert client.post("/sign-in/passkey", data={"answer": answer}).status_code == 422


def test_nonsense_about_a_known_key_is_refused_in_words(client, phone):
    answer = json.loads(phone.sign(question(client)))
    for part in ("clientDataJSON", "authenticatorData", "signature", "userHandle"):
        broken = {**answer, "response": {**answer["response"], part: "AAAA"}}
        question(client)
        assert client.post("/sign-in/passkey", data={"answer": json.dumps(broken)}).status_code == 422


def test_sixty_questions_in_a_quarter_of_an_hour_are_enough_for_a_whole_staffroom(client):
    answers = [client.post("/sign-in/passkey/question").status_code for _try in range(61)]
    assert answers == [200] * 60 + [422]


def test_then_no_answer_is_looked_at_either(client, phone):
    answer = phone.sign(question(client))
    for _try in range(59):
        client.post("/sign-in/passkey/question")
    assert "many tries" in client.post("/sign-in/passkey", data={"answer": answer}).text


# Taking one away


def test_a_removed_passkey_opens_nothing(app, as_, client, phone):
    with app.app_context():
        key = db.session.execute(select(Passkey.id)).scalar_one()
    assert "My phone" in as_("tobi").get(f"/me/passkeys/{key}/remove").text
    assert as_("tobi").post(f"/me/passkeys/{key}/remove").status_code == 303
    assert come_in(client, phone).status_code == 422
    with app.app_context():
        assert "passkey.removed" in db.session.execute(select(HistoryLine.action)).scalars().all()


def test_nobody_removes_anothers(app, as_, phone):
    with app.app_context():
        key = db.session.execute(select(Passkey.id)).scalar_one()
    assert as_("leon").post(f"/me/passkeys/{key}/remove").status_code == 404


def test_who_deletes_herself_takes_her_passkeys_along(app, in_app, phone):
    with in_app():
        erase_person(cast.person_id("tobi"))
    assert count(app, Passkey) == 0 and count(app, PasskeyQuestion) == 0


def test_a_merge_carries_no_key_over_to_another_record(app, client, phone):
    with app.app_context():
        db.session.execute(select(Passkey)).scalar_one().person_id = cast.person_id("ravi")
        db.session.commit()
    assert come_in(client, phone).status_code == 422


def test_the_export_names_passkeys_and_holds_no_key(as_, phone):
    kept = as_("tobi").get("/me/export.json").json
    assert [list(one) for one in kept["passkeys"]] == [["name", "made_at", "used_at"]]
    assert "passkey" not in kept and "passkey_question" not in kept


def test_questions_are_forgotten(app, client, in_app):
    question(client)
    clock.freeze(cast.NOW + timedelta(days=2))
    with in_app():
        forget_questions()
    assert count(app, PasskeyQuestion) == 0


# After a slip


@pytest.fixture
def after_slip(app, in_app):
    """A device that was set up in a sign-in by slip."""
    with in_app():
        code = give_slip(cast.person_id("tobi"), cast.person_id("ines"), bytes(app.config["SETTINGS"].key("slips")))
    browser, device = app.test_client(), Device("slipped")
    browser.post("/sign-in/slip", data={"code": code})
    assert make(browser, device).status_code == 303
    return device


def test_a_passkey_made_after_a_slip_stays_apart_like_the_slip(client, after_slip):
    assert come_in(client, after_slip).location == "/"
    assert client.get("/n/tarn-and-tide/mentoring/").status_code == 422


def test_and_goes_when_she_knows_nothing_of_the_slip(app, as_, client, after_slip):
    as_("tobi").post("/me/slips/unknown")
    assert count(app, Passkey) == 0
    assert come_in(client, after_slip).status_code == 422


@pytest.mark.parametrize(("proved", "status"), [(None, 200), (cast.LONG_AGO, 422)])
def test_a_week_later_it_is_a_passkey_like_any_other_for_who_has_no_means_of_her_own(
    in_app, client, after_slip, proved, status
):
    """Whoever made the slip could have made the passkey too: by waiting she comes to read nothing."""
    clock.freeze(cast.NOW + timedelta(days=400))
    with in_app():
        forget_slips()
        db.session.execute(update(EmailAddress).values(verified_at=proved))
        db.session.commit()
    assert come_in(client, after_slip).location == "/"
    assert client.get("/n/tarn-and-tide/mentoring/").status_code == status
    assert client.post("/me/slips/known").status_code == (303 if status == 200 else 422)


# Where


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "https://[2001:db8::1]", ""])
def test_a_bare_number_can_hold_no_passkeys(app, as_, url):
    app.config["PORTAL_URL"] = url or "http://192.0.2.1"
    assert not where(url).can_hold_passkeys
    assert as_("tobi").get("/me/passkeys/new").status_code == 404
    assert "reached by a bare number" in as_("tobi").get("/me").text


def test_without_a_script_the_page_says_so(as_):
    page = as_("tobi").get("/me/passkeys/new").text
    assert "hidden data-passkey" in page and "<p data-no-passkey>" in page


def test_an_answer_that_is_no_json_object_is_read_as_none():
    with pytest.raises(NotProved):
        read_answer('"text"')


def test_a_sign_in_by_passkey_is_a_short_one(app, client, phone):
    come_in(client, phone)
    with app.app_context():
        newest = db.session.execute(select(SignInSession).order_by(SignInSession.id.desc())).scalars().first()
        assert newest.expires_at - newest.created_at == timedelta(hours=8) and not newest.own_device
