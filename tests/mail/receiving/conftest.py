"""A portal that takes answers by mail."""

from dataclasses import replace

import pytest

from tests.mail.receiving.writing import DOMAIN


@pytest.fixture
def answering(app):
    """The application with a reply domain."""
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, mail_reply_domain=DOMAIN, mail_most=300_000)
    yield app
    app.config["SETTINGS"] = before


@pytest.fixture
def topic_id(answering, in_app):
    """A conversation that Tobi began."""
    from tests.conversations.talking import topic

    with in_app():
        return topic()
