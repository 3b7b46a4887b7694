"""What the tests of the outbox share: a mail server that does as told, and mails to send."""

from dataclasses import replace

import pytest

from portal.db import db, operation
from portal.mail import kinds, outbox
from portal.mail.models import OutboxMail
from portal.mail.worker import send_waiting
from tests.mail.peer import Letterbox, serving

kinds.declare("test", why="You get this because it is tested.")


@pytest.fixture
def letterbox():
    with serving(Letterbox()) as server:
        yield server


@pytest.fixture
def settings(app, letterbox):
    host, port = letterbox.server_address
    server = {"smtp_host": host, "smtp_port": port, "smtp_tls": "none", "mail_from": "post@region.example"}
    return replace(app.config["SETTINGS"], environment="production", smtp_timeout=5, **server)


@operation
def _put(count=1, **more):
    values = {"code": "ABC234", "link": "https://x.example/s", "minutes": 10, "site": "T", "first_name": "Tobi", **more}
    address = values.pop("address", "tobi@tarn-and-tide.example")
    kind, subject = values.pop("kind", "test"), values.pop("subject", "Your code")
    mails = [outbox.queue(kind, address, subject, "sign_in_code", **values) for _one in range(count)]
    db.session.flush()
    return [mail.id for mail in mails]


@pytest.fixture
def written(in_app):
    """``written()`` puts a mail into the outbox and says its id; with ``count`` it says several."""

    def write(**more):
        with in_app():
            ids = _put(**more)
        return ids if "count" in more else ids[0]

    return write


@pytest.fixture
def state(app):
    """``state(mail_id)`` is the row as it stands."""

    def look(mail_id):
        with app.app_context():
            return db.session.get(OutboxMail, mail_id)

    return look


@pytest.fixture
def send(app, settings):
    """``send()`` sends what is due; it says how many left and how many did not."""

    def go(**changes):
        with app.app_context():
            return send_waiting(replace(settings, **changes), "Tarn and Tide")

    return go
