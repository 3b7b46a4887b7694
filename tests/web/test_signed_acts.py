"""Links that do one thing: opened by anybody nothing happens, pressed by whoever holds them once is enough."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.db import db
from portal.mail import kinds, outbox
from portal.mail.models import MailStop
from portal.mail.stopping import declare_stops
from portal.people.models import Person
from portal.people.operations_mail import end_links
from portal.web import clock
from portal.web.links import act_link, read_link, signed_token
from tests import cast


@pytest.fixture
def link_of(app, in_app):
    """The path of a link for Tobi."""

    def make(act, thing_id=0, **more):
        with in_app():
            return act_link(act, cast.person_id("tobi"), thing_id, **more).removeprefix("http://127.0.0.1:8000")

    return make


@pytest.fixture
def rhythm(in_app):
    def now():
        with in_app():
            return db.session.execute(select(Person.rhythm).where(Person.id == cast.person_id("tobi"))).scalar()

    return now


def test_opening_shows_and_pressing_acts(client, link_of, rhythm):
    path = link_of("rhythm")
    shown = client.get(path)
    assert shown.status_code == 200 and "Tobi" in shown.text
    assert rhythm() == "weekly"
    assert client.post(path, data={"choice": "monthly"}).status_code == 303
    assert rhythm() == "monthly"


def test_the_button_that_the_mail_named_stands_first(client, link_of):
    shown = client.get(link_of("rhythm", choice="never")).text
    assert shown.index('value="never"') < shown.index('value="daily"')


def test_pressing_twice_is_once(client, link_of, rhythm):
    path = link_of("rhythm")
    answers = [client.post(path, data={"choice": "daily"}).status_code for _time in range(2)]
    assert answers == [303, 303] and rhythm() == "daily"


@pytest.mark.parametrize(
    "spoil", [lambda path: path[:-1], lambda path: path.replace("rhythm-", "left-"), lambda path: path + "x"]
)
def test_a_changed_link_opens_nothing(client, link_of, rhythm, spoil):
    path = spoil(link_of("rhythm"))
    assert client.get(path).status_code == 404
    assert client.post(path, data={"choice": "never"}).status_code == 404
    assert rhythm() == "weekly"


def test_a_link_ends(client, link_of, rhythm):
    path = link_of("rhythm", days=2)
    clock.freeze(cast.NOW + timedelta(days=3))
    assert client.get(path).status_code == 410
    assert client.post(path, data={"choice": "never"}).status_code == 410
    assert rhythm() == "weekly"


def test_she_ends_all_links_of_earlier_mails(client, link_of, in_app):
    path = link_of("rhythm")
    clock.freeze(cast.NOW + timedelta(minutes=5))
    with in_app():
        end_links(cast.person_id("tobi"))
    assert client.get(path).status_code == 410
    assert client.post(path, data={"choice": "never"}).status_code == 410


def test_a_nonsense_choice_is_refused_in_words(client, link_of):
    answer = client.post(link_of("rhythm"), data={"choice": "hourly"})
    assert answer.status_code == 422 and "Choose one of the rhythms" in answer.text


def test_a_token_says_what_was_signed(in_app):
    with in_app():
        link = read_link(signed_token("coming", 5, 77, days=30))
    assert (link.act, link.person_id, link.thing_id) == ("coming", 5, 77)


def test_a_mail_program_stops_a_kind_without_opening_the_link(app, client, in_app):
    kinds.declare("trial", why="A trial.", name="Trials")
    with in_app():
        declare_stops()
        mail = outbox.queue(
            "trial",
            "tobi@x.example",
            "T",
            "sign_in_code",
            person_id=cast.person_id("tobi"),
            network_id=1,
            code="X",
            minutes=1,
            link="",
            first_name="T",
        )
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = mail.headers["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    assert client.get(path).status_code == 200
    assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 303
    with in_app():
        stopped = db.session.execute(select(MailStop.kind, MailStop.network_id)).all()
    assert stopped == [("trial", 1)]
