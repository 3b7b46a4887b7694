"""``flask mail``: the worker, and sending once."""

import signal
import sys
from threading import Event

import click
from flask import current_app
from flask.cli import AppGroup

from portal.mail.worker import send_waiting, work

mail_commands = AppGroup("mail", help="Send what waits in the outbox.")


@mail_commands.command("worker")
def worker() -> None:
    """Send mails as they come, until told to stop (SIGTERM or Ctrl-C); the mail at hand is finished first."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    _say_what_is_missing()
    click.echo("The mail worker is ready.")
    work(app, stop)
    click.echo("The mail worker has stopped.")


@mail_commands.command("send")
def send() -> None:
    """Send everything that is due, once. Exit code 1 when a mail did not leave."""
    _say_what_is_missing()
    sent, failed = send_waiting(current_app.config["SETTINGS"], "Staffroom")
    click.echo(f"{sent} sent, {failed} not.")
    sys.exit(1 if failed else 0)


def _say_what_is_missing() -> None:
    settings = current_app.config["SETTINGS"]
    if settings.is_development and not settings.smtp_host:
        click.echo("Development: mails are kept and shown at /dev/mail, none goes out.")
    elif not settings.smtp_host:
        click.echo("SMTP_HOST is not set: mails wait in the outbox until it is.", err=True)
