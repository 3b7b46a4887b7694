"""An answer from a mail stands in the conversation under its writer's name."""

import pytest
from sqlalchemy import select

from portal.conversations.models import Post
from portal.conversations.operations_topics import close_topic
from portal.db import db
from portal.web.links import act_link
from tests import cast
from tests.conversations import talking

HOST = "http://127.0.0.1:8000"


@pytest.fixture
def topic_id(in_app):
    with in_app():
        return talking.topic()


@pytest.fixture
def link_of(in_app, topic_id):
    def make(key):
        with in_app():
            return act_link("answer", cast.person_id(key), topic_id, days=30).removeprefix(HOST)

    return make


def test_the_answer_is_posted_once(client, link_of, in_app):
    path = link_of("leon")
    page = client.get(path).text
    assert "Egg drop indoors?" in page and "Every member of" in page
    key = page.partition('name="form_key" value="')[2].partition('"')[0]
    for _time in range(2):
        client.post(path, data={"choice": "answer", "body": "From the balcony.", "form_key": key})
    with in_app():
        bodies = db.session.execute(select(Post.body).where(Post.author_id == cast.person_id("leon"))).scalars().all()
    assert bodies == ["From the balcony."]


def test_nothing_written_is_said_beside_the_field(client, link_of):
    answer = client.post(link_of("leon"), data={"choice": "answer", "body": " "})
    assert answer.status_code == 422 and "Write your answer first." in answer.text


@pytest.mark.parametrize("key", ["kofi", "petra"])
def test_a_stranger_and_an_observer_can_write_nothing(client, link_of, key):
    assert client.post(link_of(key), data={"choice": "answer", "body": "Let me in"}).status_code == 410


def test_a_closed_conversation_keeps_what_was_typed(client, link_of, in_app, topic_id):
    path = link_of("leon")
    with in_app():
        close_topic(talking.standing("ines"), topic_id, True)
    answer = client.post(path, data={"choice": "answer", "body": "Too late, alas"})
    assert answer.status_code == 422 and "Too late, alas" in answer.text
