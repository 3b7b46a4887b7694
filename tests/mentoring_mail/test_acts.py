"""The other one of a pair answers from a mail, which says when and how long, and not a word more."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from portal.db import db
from portal.mail.models import OutboxMail
from portal.mail.stopping import stop
from portal.mentoring.models import Pairing, PairTalk
from portal.mentoring.operations_contacts import change_contact, log_contact
from portal.mentoring_mail.operations_asking import ask_about_new_talks
from portal.networks.models import Membership
from portal.web import clock
from tests import cast
from tests.mentoring.test_pairs_and_talks import KEY, pair, talk

__all__ = ["pair"]
HOST = "http://127.0.0.1:8000"
SECRET = "She cried about the inspection."


@pytest.fixture
def logged(in_app, pair):
    """A talk that Dafydd wrote down, with private texts; its id."""
    with in_app():
        pairing = db.session.get_one(Pairing, pair)
        written = talk(parked=SECRET, only_me=SECRET)
        told = log_contact(pairing, cast.person_id("dafydd"), written, KEY, "Europe/London").id
    clock.freeze(cast.NOW + timedelta(minutes=11))
    return told


def mails(in_app):
    """What has been written to the other one by now."""
    with in_app():
        ask_about_new_talks()
    with in_app():
        rows = select(OutboxMail.to_address, OutboxMail.subject, OutboxMail.text, OutboxMail.html)
        return db.session.execute(rows.where(OutboxMail.kind == "you-met")).all()


def link(in_app, choice):
    """The address behind one of the two buttons."""
    [mail] = mails(in_app)
    found = [word for word in mail.text.split() if word.startswith(f"{HOST}/a/met-") and word.endswith(choice)]
    return found[0].removeprefix(HOST)


def answer(in_app):
    with in_app():
        return db.session.execute(select(PairTalk.confirmed_at, PairTalk.disputed_at)).one()


def test_the_mail_holds_a_date_and_minutes_and_no_word_of_content(in_app, logged):
    [mail] = mails(in_app)
    assert mail.to_address == "tobi@tarn-and-tide.example" and "45 min" in mail.text
    assert "cried" not in mail.text + mail.html + mail.subject


def test_yes_confirms_and_twice_yes_is_one(client, in_app, logged):
    path = link(in_app, "yes")
    page = client.get(path).text
    assert "Dafydd Okonjo-Reeve wrote down" in page and "cried" not in page
    for _time in range(2):
        assert client.post(path, data={"choice": "yes"}).status_code == 303
    assert answer(in_app).confirmed_at is not None and "You confirmed it." in client.get(path).text


def test_a_yes_is_a_yes_to_what_stood_on_the_page(client, in_app, logged):
    path = link(in_app, "yes")
    seen = re.search(r'name="seen"[^>]*value="([^"]+)"', client.get(path).text)[1]
    with in_app():
        told = db.session.get_one(PairTalk, logged)
        change_contact(told, cast.person_id("dafydd"), talk(minutes=90), KEY, "Europe/London")
    late = client.post(path, data={"choice": "yes", "seen": seen})
    assert late.status_code == 422 and "put right while you looked" in late.text and "1 h 30 min" in late.text
    assert answer(in_app).confirmed_at is None
    again = re.search(r'name="seen"[^>]*value="([^"]+)"', late.text)[1]
    assert client.post(path, data={"choice": "yes", "seen": again}).status_code == 303
    assert answer(in_app).confirmed_at is not None


def test_no_is_shown_to_the_one_who_wrote_it_down(client, in_app, logged):
    client.post(link(in_app, "no"), data={"choice": "no"})
    assert answer(in_app).disputed_at is not None


def test_after_she_left_the_network_her_link_opens_nothing(client, in_app, logged):
    path = link(in_app, "yes")
    with in_app():
        db.session.execute(delete(Membership).where(Membership.person_id == cast.person_id("tobi")))
        db.session.commit()
    assert client.get(path).status_code == 410 and client.post(path, data={"choice": "yes"}).status_code == 410
    assert answer(in_app).confirmed_at is None


def test_who_stopped_these_gets_none(in_app, pair):
    with in_app():
        stop(cast.person_id("tobi"), "you-met", cast.network_id())
        pairing = db.session.get_one(Pairing, pair)
        log_contact(pairing, cast.person_id("dafydd"), talk(), KEY, "Europe/London")
    clock.freeze(cast.NOW + timedelta(minutes=11))
    assert mails(in_app) == []
