"""Coming in with a code: it works once, not for long, and says nothing of who is known here."""

from datetime import timedelta

from sqlalchemy import select

from portal.db import db
from portal.mail.models import OutboxMail
from portal.people.models import SignInCode, SignInSession
from portal.web import clock
from tests import cast


def ask(client, address="ines@tarn-and-tide.example", **more):
    return client.post("/sign-in", data={"address": address, **more})


def code_of(client):
    with client.session_transaction() as session:
        return session["shown_code"]


def test_a_code_from_the_mail_opens_the_door(app, client):
    ask(client)
    answer = client.post("/sign-in/code", data={"code": code_of(client)})
    assert answer.status_code == 303
    with app.app_context():
        session = db.session.execute(select(SignInSession)).scalar_one()
        assert session.person_id == cast.person_id("ines")
        assert session.expires_at - session.created_at == timedelta(hours=8)


def test_blanks_and_small_letters_do_not_matter(client):
    ask(client)
    code = code_of(client).lower()
    assert client.post("/sign-in/code", data={"code": f" {code[:3]} {code[3:]} "}).status_code == 303


def test_the_mail_holds_code_and_link_but_the_database_only_their_hashes(app, client):
    ask(client)
    code = code_of(client)
    with app.app_context():
        mail = db.session.execute(select(OutboxMail)).scalar_one()
        row = db.session.execute(select(SignInCode)).scalar_one()
    assert code in mail.text and "/sign-in/link/" in mail.text
    assert code not in row.code_hash and row.link_hash not in mail.text


def test_an_unknown_address_gets_the_same_page_and_no_mail(app, client):
    known = ask(client)
    unknown = ask(app.test_client(), "nobody@elsewhere.example")
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    with app.app_context():
        assert len(db.session.execute(select(OutboxMail)).all()) == 1


def test_a_code_works_once(app, client):
    ask(client)
    with client.session_transaction() as session:
        code, code_id = session["shown_code"], session["code_id"]
    client.post("/sign-in/code", data={"code": code})
    other = app.test_client()
    with other.session_transaction() as session:
        session["code_id"] = code_id
    assert other.post("/sign-in/code", data={"code": code}).status_code == 422


def test_a_code_is_out_of_date_after_ten_minutes(client):
    ask(client)
    clock.freeze(cast.NOW + timedelta(minutes=10, seconds=1))
    assert client.post("/sign-in/code", data={"code": code_of(client)}).status_code == 422


def test_five_wrong_tries_close_a_code(client):
    ask(client)
    for _try in range(5):
        assert client.post("/sign-in/code", data={"code": "WRONG2"}).status_code == 422
    answer = client.post("/sign-in/code", data={"code": code_of(client)})
    assert answer.status_code == 422


def test_a_newer_code_replaces_the_older_one(client):
    ask(client)
    older = code_of(client)
    ask(client)
    if older != code_of(client):
        assert client.post("/sign-in/code", data={"code": older}).status_code == 422


def test_codes_are_limited_for_an_address_over_all_clients(app):
    answers = [ask(app.test_client()).status_code for _time in range(6)]
    assert answers == [303] * 5 + [422]


def test_opening_the_mailed_link_signs_nobody_in_pressing_its_button_does(app, client):
    ask(client)
    with app.app_context():
        text = db.session.execute(select(OutboxMail.text)).scalar_one()
    path = next(line for line in text.splitlines() if "/sign-in/link/" in line).partition(":8000")[2]
    reader = app.test_client()
    assert reader.get(path).status_code == 200
    with app.app_context():
        assert db.session.execute(select(SignInSession)).first() is None
    assert reader.post(path).status_code == 303
    assert reader.post(path).status_code == 422


def test_my_own_device_stays_signed_in_for_thirty_days(app, client):
    ask(client)
    client.post("/sign-in/code", data={"code": code_of(client), "own_device": "y"})
    with app.app_context():
        session = db.session.execute(select(SignInSession)).scalar_one()
        assert session.expires_at - session.created_at == timedelta(days=30)


def test_signing_out_ends_the_session_for_good(app, as_):
    ines = as_("ines")
    assert ines.post("/sign-out").status_code == 303
    with app.app_context():
        assert db.session.execute(select(SignInSession.ended_at)).scalar_one() is not None


def test_an_open_redirect_is_not_followed(client):
    for onward in ("//evil.example", "/\\evil.example", "https://evil.example", "/\tevil"):
        ask(client, next=onward)
        answer = client.post("/sign-in/code", data={"code": code_of(client)})
        assert answer.location == "/"
        client.post("/sign-out")


def test_a_foreign_form_is_refused(client):
    answer = client.post("/sign-in", data={"address": "x@y.example"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert client.post("/sign-in", headers={"Origin": "https://evil.example"}).status_code == 403


def test_nonsense_is_refused_beside_the_field_and_kept(client):
    answer = client.post("/sign-in", data={"address": "not an address"})
    assert answer.status_code == 422
    assert b"not an address" in answer.data
