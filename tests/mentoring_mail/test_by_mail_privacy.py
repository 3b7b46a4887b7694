"""Whatever becomes of an answer about mentoring, not one word of it is stored, passed on, sent back or logged.

A canary stands in its text, its subject, its writer's name, a file's name and a file. After each fate the bytes of the
database and its journal are read, and everybody's mails.
"""

import logging
import re
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from portal.db import db, empty_log
from portal.mail import operations_private, outbox
from portal.mail.answers import address_for
from portal.mail.models import OutboxMail
from portal.mail.models_receiving import ReceivedMail
from portal.mail.receiving import receive
from portal.mentoring_mail import answering
from portal.mentoring_mail.letters_month import KIND as MONTH
from portal.web import clock
from tests import cast
from tests.mentoring_mail.by_mail import pair_up, talked

CANARY = "plumbobcanary"
WORDS = f"{CANARY} worries about the inspection, and year 8 called her {CANARY}."


def letter(to, text=f"45 min, {WORDS}", sender="dafydd@tarn-and-tide.example", number=1, **headers):
    message = EmailMessage()
    message["From"] = f'"{CANARY} D" <{sender}>'
    message["To"] = to
    message["Subject"] = headers.pop("subject", f"Re: {CANARY}")
    message["Message-ID"] = f"<{number}@school.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    message.add_attachment(f"{CANARY} notes".encode(), maintype="text", subtype="csv", filename=f"{CANARY}.csv")
    return message.as_bytes()


@pytest.fixture
def place(mailing, in_app):
    """The pair, and the address at which Dafydd answers."""
    with in_app():
        pairing_id = pair_up()
        return pairing_id, address_for("talk", cast.person_id("dafydd"), pairing_id)


@pytest.fixture
def nothing_is_left(app, caplog):
    """Looks everywhere for the canary, after the test."""
    caplog.set_level(logging.DEBUG)
    yield
    database = app.config["SETTINGS"].database
    for path in database.parent.glob(database.name + "*"):
        assert CANARY.encode() not in path.read_bytes(), path.name
    with app.app_context():
        assert empty_log()
        assert CANARY.encode() not in database.read_bytes()
        coordinators = [cast.person_id("ines"), cast.person_id("mairead")]
        sent = db.session.execute(select(OutboxMail)).scalars().all()
        kept = (ReceivedMail.raw, ReceivedMail.subject, ReceivedMail.from_address, ReceivedMail.is_waiting)
        lines = db.session.execute(select(*kept)).all()
    assert not [mail.subject for mail in sent if mail.person_id in coordinators]
    assert not [mail for mail in sent if CANARY in mail.text + mail.subject + (mail.html or "") + str(mail.headers)]
    assert lines and not [line for line in lines if any(line)]
    assert CANARY not in caplog.text
    assert list((app.config["SETTINGS"].instance / "files").rglob("*.csv")) == []


def fate(app, raw, sent_to="", size=0):
    with app.app_context():
        return receive(raw, sent_to, size)


pytestmark = pytest.mark.usefixtures("nothing_is_left")


def test_of_one_that_is_taken(app, place):
    assert fate(app, letter(place[1])) == "read"


def test_of_one_that_is_not_certain(app, place):
    assert fate(app, letter(place[1], WORDS)) == "read"


def test_of_one_that_is_refused(app, place):
    assert fate(app, letter(place[1], f"20 Dec, 45 min, {WORDS}")) == "not-kept"


def test_of_one_from_another_address_and_its_owner_is_told_at_her_own(app, place):
    assert fate(app, letter(place[1], sender="dafydd@home.example")) == "not-kept"
    with app.app_context():
        [told] = db.session.execute(select(OutboxMail)).scalars()
    assert told.to_address == "dafydd@tarn-and-tide.example" and "don’t know as yours" in told.text


def test_what_strangers_send_in_her_name_is_told_twice_a_day_and_no_more(app, place):
    for number in range(4):
        assert fate(app, letter(place[1], sender="x@home.example", number=number)) == "not-kept"
    with app.app_context():
        assert len(db.session.execute(select(OutboxMail.id)).all()) == 2


def test_of_one_that_is_too_large(app, place):
    assert fate(app, letter(place[1], f"45 min {WORDS} " + "x " * 200_000)) == "not-kept"


def test_of_one_whose_beginning_alone_was_read(app, place):
    assert fate(app, letter(place[1])[:900], size=9_000_000) == "not-kept"


def test_of_one_that_nobody_could_take_apart(app, place, monkeypatch):
    monkeypatch.setattr("portal.mail.receiving_letter.held_in", lambda *_: 1 / int(""))
    assert fate(app, letter(place[1])) == "not-kept"


def test_of_one_that_the_portal_stumbles_over(app, place, monkeypatch):
    def stumble(text, reader):
        raise RuntimeError(text)

    monkeypatch.setattr(answering, "read", stumble)
    assert fate(app, letter(place[1])) == "not-kept"


def test_of_one_that_is_empty_or_locked(app, place):
    assert fate(app, letter(place[1], f"> {WORDS}\n> {WORDS}\n")) == "not-kept"


def test_of_one_of_a_year_ago(app, place):
    clock.freeze(cast.NOW + timedelta(days=400))
    assert fate(app, letter(place[1])) == "not-kept"


def test_of_one_about_a_pair_that_is_not_there(app, place):
    with app.app_context():
        to = address_for("talk", cast.person_id("dafydd"), 99)
    assert fate(app, letter(to)) == "not-kept"


def test_of_one_whose_address_was_cut_or_forged(app, place):
    assert fate(app, letter(re.sub(r".{3}@", "@", place[1]))) == "not-kept"
    assert fate(app, letter(re.sub(r"-[a-z2-7]{20}@", "@", place[1]), number=2)) == "not-kept"


def test_of_one_too_many(app, place, monkeypatch):
    monkeypatch.setattr(operations_private, "MOST_AN_HOUR", 1)
    assert [fate(app, letter(place[1], number=number)) for number in (1, 2)] == ["read", "not-kept"]


def test_of_an_absence_note(app, place):
    assert fate(app, letter(place[1], Auto_Submitted="auto-replied")) == "automatic"


def test_of_one_that_comes_twice(app, place):
    assert [fate(app, letter(place[1])) for _time in range(2)] == ["read", "not-kept"]


def test_of_an_answer_to_several_talks_at_once(app, place):
    with app.app_context():
        to = address_for("mentoring", cast.person_id("dafydd"), cast.network_id())
    assert fate(app, letter(to)) == "not-kept"


def test_of_a_yes_with_more(app, in_app, place):
    with in_app():
        talk = talked(place[0], by="tobi")
        to = address_for("met", cast.person_id("dafydd"), talk)
    assert fate(app, letter(to, f"Yes, {WORDS}")) == "read"


@pytest.mark.parametrize("header", ["In-Reply-To", "References"])
def test_of_an_answer_that_names_a_mail_of_ours_and_went_to_no_address_of_its_own(app, in_app, place, header):
    with in_app():
        sent = outbox.queue(
            MONTH, "dafydd@tarn-and-tide.example", "October", "sign_in_code", person_id=cast.person_id("dafydd"),
            network_id=cast.network_id(), code="", link="", minutes=1, first_name="",
        )  # fmt: skip
        db.session.commit()
        number = sent.message_id
    raw = letter("portal@tarn-and-tide.example", **{header.replace("-", "_"): number})
    assert fate(app, raw) == "not-kept"
