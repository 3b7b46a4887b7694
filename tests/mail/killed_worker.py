"""A process from which mail workers are forked, each for being killed: loading the portal a hundred times is no test.

``python -m tests.mail.killed_worker <instance> <host> <port> <mails>`` writes that many mails and says "ready"; each
line it is sent starts a worker, whose number it says.
"""

import logging
import os
import sys
from datetime import timedelta
from pathlib import Path
from threading import Event

from portal import Base, create_app
from portal.config import Settings
from portal.db import db, operation, writing
from portal.mail import operations, sending, worker
from portal.mail.models import OutboxMail
from portal.web import clock, housekeeping

# The same course of things, in tenths of seconds instead of minutes.
operations.PAUSES = (timedelta(seconds=0.05),) * 60
sending.ANSWERS, sending.SPARE = 1, 0.5
sending.CUTS = 1000
worker.SECONDS = 0.02
housekeeping._each_round.clear()
logging.disable()


@operation
def write(count: int) -> None:
    """So many mails, each to somebody else."""
    for number in range(count):
        mail = OutboxMail(
            kind="test", to_address=f"p{number}@x.example", subject=f"Number {number}", text="Hello.\n" * 20,
            headers={}, message_id=f"<{number}@region.example>", queued_at=clock.now(), send_after=clock.now(),
        )  # fmt: skip
        db.session.add(mail)


def main(instance: str, host: str, port: str, mails: str) -> None:
    where = {"smtp_host": host, "smtp_port": int(port), "smtp_tls": "none", "smtp_timeout": 1.0}
    settings = Settings(instance=Path(instance), environment="production", mail_per_hour=10**6, **where)
    app = create_app(settings, testing=True)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        with writing():
            write(int(mails))
        db.session.remove()
        db.engine.dispose()
    print("ready", flush=True)
    for _line in sys.stdin:
        child = os.fork()
        if not child:
            worker.work(app, Event())
            os._exit(0)
        print(child, flush=True)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
