"""``flask packs``: reading what is inside the files of packs, here and now."""

import time

import click
from flask.cli import AppGroup

from portal.db import writing
from portal.files.operations_reading import read_anew
from portal.files.queries_reading import standing
from portal.files.reading_rounds import read_next
from portal.resources.operations_reading import ask_for_unread

pack_commands = AppGroup("packs", help="What lies in packs.")


@pack_commands.command("read")
@click.option("--anew", is_flag=True, help="Read everything once more, also what was read before.")
def read(anew: bool) -> None:
    """Read the files of packs that wait, for previews and search. The worker does the same, a few at a time."""
    with writing():
        ask_for_unread()
    if anew:
        with writing():
            read_anew()
    count, started = 0, time.monotonic()
    while read_next():
        count += 1
    click.echo(f"{count} read in {time.monotonic() - started:.0f} s.")
    found = standing()
    click.echo(f"Of all files: {found['read']} are read, {found['waiting']} wait, {found['failed']} could not be read.")
