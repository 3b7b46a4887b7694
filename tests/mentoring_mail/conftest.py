"""A portal that takes answers by mail."""

from dataclasses import replace

import pytest

from tests.mail.receiving.writing import DOMAIN


@pytest.fixture
def mailing(app):
    """The application with a reply domain."""
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, mail_reply_domain=DOMAIN, mail_most=300_000)
    yield app
    app.config["SETTINGS"] = before
