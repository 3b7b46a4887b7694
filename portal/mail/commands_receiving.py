"""``flask mail receive``: mails handed over by a mail server's pipe, or as files."""

import logging
import os
import sys
from pathlib import Path

import click
from flask import current_app

from portal.mail.commands import mail_commands
from portal.mail.receiving import receive

logger = logging.getLogger("staffroom")
# What a pipe's exit code tells the mail server (sysexits.h). Anything else would send the mail back to its writer.
WELL, NO_INPUT, TRY_AGAIN = os.EX_OK, os.EX_NOINPUT, os.EX_TEMPFAIL


@mail_commands.command("receive")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--to", "sent_to", default="", help="The address that the mail server delivered it to.")
def receive_mails(files: tuple[Path, ...], sent_to: str) -> None:
    """Take in one mail from standard input, or each of FILES, and say what became of it.

    For postfix: staffroom unix - n n - - pipe user=… argv=…/flask --app wsgi mail receive --to ${recipient}.
    Exit code 75 when it should be tried again later, 66 when a file can't be read.
    """
    missing = False
    try:
        for path in files:
            try:
                raw = path.read_bytes()
            except OSError:
                click.echo(f"{path}: can’t be read", err=True)
                missing = True
                continue
            click.echo(f"{path}: {receive(raw, sent_to)}")
        if not files:
            raw, size = _handed_over(current_app.config["SETTINGS"].mail_most)
            click.echo(receive(raw, sent_to, size))
    except Exception as error:
        # Whatever it is: the mail server keeps the mail, and nothing goes back to its writer.
        logger.warning("a mail could not be stored now: %s", type(error).__name__)
        sys.exit(TRY_AGAIN)
    sys.exit(NO_INPUT if missing else WELL)


def _handed_over(most: int) -> tuple[bytes, int]:
    """One mail from standard input; of one that is larger than we take, its beginning and its size."""
    raw = sys.stdin.buffer.read(most + 1)
    size = len(raw)
    while rest := sys.stdin.buffer.read(1 << 20):
        size += len(rest)
    return raw, size
