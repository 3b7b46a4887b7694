"""``flask mail pause`` and ``resume``: the switch of the Mail page, for whoever sits at the machine."""

import click

from portal.admin.operations_mail import pause_mail, resume_mail
from portal.db import writing
from portal.mail.commands import mail_commands


@mail_commands.command("pause")
def pause() -> None:
    """Stop all mail but sign-in codes. What is written meanwhile waits."""
    with writing():
        changed = pause_mail(None)
    click.echo("Nothing but sign-in codes goes out now." if changed else "Mail was stopped already.")


@mail_commands.command("resume")
def resume() -> None:
    """Let mail go out again, with all that waited."""
    with writing():
        changed = resume_mail(None)
    click.echo("Mail goes out again." if changed else "Mail was going out already.")
