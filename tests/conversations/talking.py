"""Conversations made directly, for tests of the room."""

from portal.conversations.operations_posts import reply
from portal.conversations.operations_topics import start_topic
from portal.networks.scope import scope_of
from portal.web import gathered
from tests import cast

SLUG = "tarn-and-tide"
ROOM = f"/n/{SLUG}/conversations/"


def standing(key, slug=SLUG):
    """What one of the cast is in a network."""
    return scope_of(slug, cast.person_id(key)).membership


def topic(key="tobi", title="Egg drop indoors?", body="Our field is under water.", slug=SLUG):
    return start_topic(standing(key, slug), title, body).id


def answer(topic_id, key="dafydd", body="Yes, twice, from the balcony."):
    return reply(standing(key), topic_id, body).id


def forget_gathered():
    """What an earlier test read is not written here."""
    for waiting in gathered._baskets:
        waiting.take()
